// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/lock.h"

#include "models/run/next.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using tests::RunFixture;
using tests::stepOn;

namespace {

constexpr Instant since{1'700'000'000'000'000'000};

LockHolder holder() {
    return {RunId(u"other"_qs), u"lead@laptop"_qs, u"Release (portal v2)"_qs, since, {}};
}

/// A run that would change two of three hosts.
RunFixture twoOfThree() {
    PlanContext context = tests::contextWithHosts(3);
    context.hosts[1].ssh.clear(); // nobody can go there
    return RunFixture({stepOn(StepId(u"a"_qs), u"web-1"_qs), stepOn(StepId(u"b"_qs), u"web-3"_qs),
                       stepOn(StepId(u"c"_qs), u"web-3,web-2"_qs)},
                      context);
}

} // namespace

class TestLock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNameIsThatOfOneFile_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("file");
        QTest::newRow("plain") << u"prod"_qs << u"prod"_qs;
        QTest::newRow("two words") << u"prod eu"_qs << u"prod%20eu"_qs;
        QTest::newRow("a folder above") << u"../prod"_qs << u"%2E%2E%2Fprod"_qs;
        QTest::newRow("hidden") << u".prod"_qs << u"%2Eprod"_qs;
        QTest::newRow("shell") << u"$(id)`~"_qs << u"%24%28id%29%60%7E"_qs;
        QTest::newRow("not ASCII") << u"prüf"_qs << u"pr%C3%BCf"_qs;
    }
    void aNameIsThatOfOneFile() {
        QFETCH(QString, name);
        QTEST(lockFileName(name), "file");
    }
    void longNamesStayApart() {
        const QString one = lockFileName(QString(400, u'a') + u'1');
        const QString other = lockFileName(QString(400, u'a') + u'2');
        QVERIFY(one != other);
        QVERIFY(one.size() < 200);
    }

    void aRecordIsReadAsItWasWritten() {
        LockHolder written = holder();
        written.reason = u"Lead's laptop is dead"_qs;
        QVERIFY(!lockRecord(written).contains('\n'));
        QCOMPARE(lockHolder(written.run, lockRecord(written)), written);
    }
    void whatOthersWroteIsBoundedText() {
        const LockHolder read =
            lockHolder(RunId(u"x"_qs), "{\"who\":\"a\\u001b[31m\\u202eb\\nc\",\"what\":\"" +
                                           QByteArray(5000, 'x') + "\",\"since\":\"soon\"}");
        QCOMPARE(read.who, u"a [31mb c"_qs);
        QCOMPARE(read.what.size(), 300);
        QVERIFY(read.since.isNull());
        QCOMPARE(lockHolder(RunId(u"x"_qs), "no JSON").who, QString());
    }
    void tellsWhoWhatAndSinceWhen() {
        QCOMPARE(holderText(holder()),
                 u"“Release (portal v2)” of lead@laptop since 2023-11-14 22:13 UTC"_qs);
        QCOMPARE(obstacleText({u"web-1"_qs, LockObstacle::Kind::Held, holder(), {}}),
                 u"web-1 is locked by “Release (portal v2)” of lead@laptop since 2023-11-14 22:13 "
                 "UTC."_qs);
    }

    void whyAChangeIsHeldIsToldFirst_data() {
        QTest::addColumn<QList<LockObstacle>>("obstacles");
        QTest::addColumn<QString>("first");
        const LockObstacle held{u"web-1"_qs, LockObstacle::Kind::Held, holder(), {}};
        const LockObstacle lost{u"local"_qs, LockObstacle::Kind::Lost, holder(), {}};
        const LockObstacle unsure{u"web-2"_qs, LockObstacle::Kind::Unsure, {}, u"Away."_qs};
        QTest::newRow("held") << QList{unsure, held} << u"prod is being changed by another run."_qs;
        QTest::newRow("lost") << QList{unsure, lost} << u"This run does not hold prod any more."_qs;
        QTest::newRow("not sure") << QList{unsure}
                                  << u"Nobody knows whether another run changes prod."_qs;
    }
    void whyAChangeIsHeldIsToldFirst() {
        QFETCH(QList<LockObstacle>, obstacles);
        QFETCH(QString, first);
        const QString text = obstaclesText(u"prod"_qs, obstacles);
        QVERIFY2(text.startsWith(first + u' '), qPrintable(text));
        for (const LockObstacle& obstacle : obstacles)
            QVERIFY2(text.contains(obstacleText(obstacle)), qPrintable(text));
    }

    void involvesTheHostsOfTheDocument() {
        const RunFixture run = twoOfThree();
        QCOMPARE(hostsInvolved(*run.state.plan), (QStringList{u"web-1"_qs, u"web-3"_qs}));
        QCOMPARE(lockPlaces(*run.state.plan), (QStringList{u"local"_qs, u"web-1"_qs, u"web-3"_qs}));
    }

    void holdsWhatItTookUntilItIsReleased() {
        RunFixture run = twoOfThree();
        for (const QString& place : {u"local"_qs, u"web-1"_qs, u"web-3"_qs}) {
            QVERIFY(!holdsLocks(run.state));
            run.feed(draft::lockTaken(place));
        }
        QVERIFY(holdsLocks(run.state));
        QVERIFY(!run.state.overrodeLock);
        run.feed(draft::lockLost(u"web-1"_qs, holder()));
        QVERIFY(!holdsLocks(run.state));
    }

    void closedRunGivesBackWhatHostsHave() {
        RunFixture run = twoOfThree();
        run.feed(draft::lockTaken(u"local"_qs));
        run.feed(draft::lockTaken(u"web-1"_qs));
        run.feed(draft::lockLacking(u"web-3"_qs, u"Read-only file system"_qs, u"It is urgent"_qs));
        run.feed(draft::runClosed(RunOutcome::Aborted, {}));
        QCOMPARE(locksLeft(run.state), QStringList{u"web-1"_qs});
        QCOMPARE(next(run.state), (QList<Effect>{CleanUp{}, ReleaseLocks{{u"web-1"_qs}}}));
        run.feed(draft::lockReleased(u"web-1"_qs));
        QCOMPARE(locksLeft(run.state), QStringList());
        QCOMPARE(next(run.state), QList<Effect>{CleanUp{}});
        // What is closed takes none.
        run.feed(draft::lockTaken(u"web-1"_qs));
        QCOMPARE(locksLeft(run.state), QStringList());
    }

    void overridingIsADeviation_data() {
        QTest::addColumn<EventDraft>("draft");
        QTest::addColumn<RunOutcome>("outcome");
        QTest::newRow("free") << draft::lockTaken(u"web-1"_qs) << RunOutcome::Succeeded;
        QTest::newRow("from the run that is taken back")
            << draft::lockTakenOver(u"web-1"_qs, holder(), {}) << RunOutcome::Succeeded;
        QTest::newRow("taken over") << draft::lockTakenOver(u"web-1"_qs, holder(), u"Dead"_qs)
                                    << RunOutcome::SucceededWithDeviations;
        QTest::newRow("without") << draft::lockLacking(u"web-1"_qs, u"Read-only"_qs, u"Urgent"_qs)
                                 << RunOutcome::SucceededWithDeviations;
    }
    void overridingIsADeviation() {
        QFETCH(EventDraft, draft);
        RunFixture run({tests::manualStep(u"a"_qs)});
        run.feed(draft);
        run.feed(draft::stepConfirmed(StepId(u"a"_qs), true, {}));
        QTEST(goodOutcome(run.state), "outcome");
    }
};

QTEST_GUILESS_MAIN(TestLock)
#include "tst_lock.moc"
