// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/preflight.h"

#include "models/core/worstverdict.h"
#include "models/runbook/runbookparser.h"

#include <QTest>

using namespace models;
using Topic = PreflightTopic;

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr Instant now{1'000'000 * second};

constexpr char goLive[] = R"(# Go live

## Deploy

- [ ] Pull

  ```sh {"on":"web-1"}
  docker compose pull
  ```

- [ ] Migrate <!-- irreversible -->

  ```sh {"on":"web-2"}
  alembic upgrade $REVISION
  ```

- [ ] Tell the team

## Rollback

- [ ] Put back

  ```sh {"on":"web-1"}
  docker compose up -d
  ```
)";

PlanContext contextOf(const QString& environment) {
    PlanContext context;
    context.environment = environment;
    for (const QString& name : {u"web-1"_qs, u"web-2"_qs}) {
        Host host;
        host.name = name;
        host.ssh = name + u".example.com"_qs;
        context.hosts.append(host);
    }
    return context;
}

RunState stateOf(const char* document, const PlanContext& context = contextOf(u"prod"_qs)) {
    return initialState(
        std::make_shared<Plan>(makePlan(parseRunbook(QByteArray(document)), context)));
}

PreflightFacts factsNow() {
    PreflightFacts facts;
    facts.now = now;
    return facts;
}

/// "VERDICT subject: reason" of each line of a topic.
QStringList told(const std::vector<PreflightLine>& lines, Topic topic) {
    QStringList words;
    for (const PreflightLine& line : lines) {
        if (line.topic == topic)
            words.append(verdictName(line.verdict) + u' ' + line.subject + u": "_qs + line.reason);
    }
    return words;
}

EarlierRun earlier(RunOutcome outcome, int minutes) {
    return {now, Instant{now.nanoseconds + minutes * 60 * second}, outcome};
}

} // namespace

class TestPreflight : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatNobodyLookedAt() {
        const auto lines = preflight(stateOf(goLive), factsNow());
        QCOMPARE(told(lines, Topic::Commands),
                 QStringList{u"PASS : 2 commands are known as they will run."_qs});
        QCOMPARE(told(lines, Topic::Values),
                 QStringList{u"UNKNOWN REVISION: It has no value: “Migrate” asks for it."_qs});
        QCOMPARE(told(lines, Topic::Hosts),
                 (QStringList{u"UNKNOWN web-1: Nobody looked at it yet."_qs,
                              u"UNKNOWN web-2: Nobody looked at it yet."_qs}));
        QCOMPARE(told(lines, Topic::WayBack),
                 (QStringList{u"UNKNOWN Migrate: It cannot be undone: from there on there is no "
                              "whole way back."_qs,
                              u"PASS : 1 step leads back."_qs}));
        QCOMPARE(told(lines, Topic::Duration).first().left(7), u"UNKNOWN"_qs);
        QCOMPARE(worstVerdict(lines), Verdict::Unknown);
    }

    void aDocumentForOthersSaysSo() {
        const QByteArray text = QByteArray("---\nrunbook:\n  environments: [dev]\n---\n") + goLive;
        const auto isFor = [&text](const QString& environment) {
            return told(preflight(stateOf(text.constData(), contextOf(environment)), factsNow()),
                        Topic::Environment);
        };
        QCOMPARE(isFor(u"prod"_qs), QStringList{u"FAIL prod: The document is for dev."_qs});
        QCOMPARE(isFor(u"dev"_qs), QStringList());
        QCOMPARE(isFor(u"local"_qs), QStringList());
    }

    void risksAreNotUnknown() {
        PlanContext context = contextOf(u"prod"_qs);
        Risk sessions;
        sessions.text = u"Sessions end."_qs;
        context.risks = {sessions};
        const auto lines = preflight(stateOf(goLive, context), factsNow());
        const auto risk = std::find_if(lines.cbegin(), lines.cend(), [](const PreflightLine& line) {
            return line.topic == Topic::Risks;
        });
        QCOMPARE(preflightWord(*risk), u"RISK"_qs);
        QVERIFY2(countsOf(lines).contains(u", 1 risk, "), qPrintable(countsOf(lines)));
    }

    void aGivenValueIsNotMissing() {
        RunState state = stateOf(goLive);
        state.variables.insert(u"REVISION"_qs, u"head"_qs);
        const auto lines = preflight(state, factsNow());
        QCOMPARE(told(lines, Topic::Values), QStringList{u"PASS : No value is missing."_qs});
        QCOMPARE(told(lines, Topic::Commands),
                 QStringList{u"PASS : 3 commands are known as they will run."_qs});
    }

    void aStepWithoutAHostFails() {
        const auto lines = preflight(
            stateOf("# A\n\n## Deploy\n\n- [ ] Pull\n\n  ```sh\n  docker pull x\n  ```\n"),
            factsNow());
        const QStringList words = told(lines, Topic::Commands);
        QCOMPARE(words.size(), 1);
        QVERIFY2(words.first().startsWith(u"FAIL Pull: "_qs), qPrintable(words.first()));
        QCOMPARE(told(lines, Topic::WayBack),
                 QStringList{u"FAIL : The document says no way back."_qs});
        QCOMPARE(worstVerdict(lines), Verdict::Fail);
    }

    void saysWhatHostsAnswered() {
        PreflightFacts facts = factsNow();
        facts.hosts[u"web-1"_qs] = {Verdict::Pass, u"24 ms"_qs, {}, now};
        facts.hosts[u"web-2"_qs] = {Verdict::Fail, u"It refused the key."_qs, u"Add it."_qs, now};
        const auto lines = preflight(stateOf(goLive), facts);
        QCOMPARE(told(lines, Topic::Hosts),
                 (QStringList{u"FAIL web-2: It refused the key."_qs, u"PASS web-1: 24 ms"_qs}));
    }

    void aFreezeObjects_data() {
        QTest::addColumn<qint64>("from"); // seconds from now
        QTest::addColumn<qint64>("until");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("before") << qint64(1) << qint64(10) << Verdict::Pass;
        QTest::newRow("from its first moment") << qint64(0) << qint64(10) << Verdict::Fail;
        QTest::newRow("over at its last") << qint64(-10) << qint64(0) << Verdict::Pass;
    }
    void aFreezeObjects() {
        QFETCH(qint64, from);
        QFETCH(qint64, until);
        QFETCH(Verdict, verdict);
        PreflightFacts facts = factsNow();
        facts.freezes = {{{now.nanoseconds + from * second},
                          {now.nanoseconds + until * second},
                          u"Quarter's end."_qs}};
        for (const PreflightLine& line : preflight(stateOf(goLive), facts)) {
            if (line.topic != Topic::Freeze)
                continue;
            QCOMPARE(line.verdict, verdict);
            QCOMPARE(line.objects, verdict == Verdict::Fail);
            QCOMPARE(line.reason.contains(u"Quarter's end."_qs), verdict == Verdict::Fail);
            return;
        }
        QFAIL("nothing was said of the freeze");
    }

    void aFreezeThatCannotBeReadObjects() {
        PreflightFacts facts = factsNow();
        facts.freezes = {{{now.nanoseconds + second}, {now.nanoseconds + 2 * second}, {}}};
        facts.unreadFreezes = {{6, 23, Severity::Error, u"\"soon\" is no time."_qs}};
        const auto lines = preflight(stateOf(goLive), facts);
        QCOMPARE(told(lines, Topic::Freeze),
                 (QStringList{u"FAIL gantry.yaml: Line 6, column 23: \"soon\" is no time. Until "
                              "that can be read, prod counts as frozen."_qs}));
        const auto line = std::find_if(lines.cbegin(), lines.cend(), [](const PreflightLine& one) {
            return one.topic == Topic::Freeze;
        });
        QVERIFY(line->objects);
    }

    void aFreezeWithoutAnEndNamesNone() {
        PreflightFacts facts = factsNow();
        facts.freezes = {{{}, {std::numeric_limits<std::int64_t>::max()}, {}}};
        QCOMPARE(told(preflight(stateOf(goLive), facts), Topic::Freeze),
                 (QStringList{u"FAIL : prod is frozen without an end."_qs}));
    }

    void anotherRunObjects() {
        PreflightFacts facts = factsNow();
        facts.lockedBy = u"run 4711 of operator@console-1"_qs;
        const auto lines = preflight(stateOf(goLive), facts);
        QCOMPARE(told(lines, Topic::Lock),
                 (QStringList{u"FAIL : prod is being changed: run 4711 of operator@console-1."_qs,
                              u"UNKNOWN web-1: Nobody looked at it yet."_qs,
                              u"UNKNOWN web-2: Nobody looked at it yet."_qs}));
    }

    void anOpenRunThatChangedNothingDoesNot() {
        PreflightFacts facts = factsNow();
        facts.openRun = u"run 4711 is open"_qs;
        const auto lines = preflight(stateOf(goLive), facts);
        QVERIFY2(told(lines, Topic::Lock)
                     .contains(u"PASS : No run that is known here changes prod: run 4711 is open, "
                               "and has changed nothing."_qs),
                 qPrintable(told(lines, Topic::Lock).join(u'\n')));
    }

    void aLockAtAHostObjects() {
        PreflightFacts facts = factsNow();
        facts.locks[u"web-1"_qs] = {Verdict::Fail, u"It is locked by Lead."_qs, {}, now};
        facts.locks[u"web-2"_qs] = {Verdict::Unknown, u"Read-only file system"_qs,
                                    u"Make it writable."_qs, now};
        facts.locks[u"elsewhere"_qs] = {Verdict::Fail, u"It is locked by Deputy."_qs, {}, now};
        const auto lines = preflight(stateOf(goLive), facts);
        QCOMPARE(told(lines, Topic::Lock),
                 (QStringList{u"FAIL web-1: It is locked by Lead."_qs,
                              u"UNKNOWN web-2: Read-only file system"_qs,
                              u"PASS : No run that is known here changes prod."_qs}));
        for (const PreflightLine& line : lines) {
            if (line.topic == Topic::Lock)
                QCOMPARE(line.objects, line.verdict == Verdict::Fail);
        }
    }

    void anApprovalThatNobodyCanGiveFails() {
        constexpr char document[] = "# Go live\n\n## Release steps\n\n"
                                    "- [ ] Lead agrees <!-- gate: approve role=release -->\n";
        PlanContext context = contextOf(u"prod"_qs);
        QCOMPARE(told(preflight(stateOf(document, context), factsNow()), Topic::Approvals),
                 QStringList());
        context.isProtected = true;
        const QString nobody =
            told(preflight(stateOf(document, context), factsNow()), Topic::Approvals).value(0);
        QVERIFY2(nobody.startsWith(u"FAIL Lead agrees: "), qPrintable(nobody));
        QVERIFY(nobody.contains(u"people: { NAME: { roles: [release]"));
        context.people = {{u"lead"_qs, {u"release"_qs}, {}, {u"ssh-ed25519 A"_qs}}};
        QCOMPARE(told(preflight(stateOf(document, context), factsNow()), Topic::Approvals),
                 QStringList{u"PASS Lead agrees: lead can sign it: 1 person with the role "
                             "release."_qs});
    }

    void tooLittleRoomFails_data() {
        QTest::addColumn<std::optional<qint64>>("free");
        QTest::addColumn<QString>("told");
        QTest::newRow("plenty") << std::optional<qint64>(73'400'000'000)
                                << u"PASS web-1, home: 73 GB are free."_qs;
        QTest::newRow("enough") << std::optional<qint64>(200'000'000)
                                << u"PASS web-1, home: 200 MB are free."_qs;
        QTest::newRow("too little")
            << std::optional<qint64>(199'999'999)
            << u"FAIL web-1, home: 199 MB are free, and less than 200 MB is too little."_qs;
        QTest::newRow("none") << std::optional<qint64>(0)
                              << u"FAIL web-1, home: 0 MB are free, and less than 200 MB is too "
                                 "little."_qs;
        QTest::newRow("not seen") << std::optional<qint64>()
                                  << u"UNKNOWN web-1, home: df: not found"_qs;
    }
    void tooLittleRoomFails() {
        QFETCH(std::optional<qint64>, free);
        QFETCH(QString, told);
        PreflightFacts facts = factsNow();
        facts.disks.push_back({u"web-1"_qs, u"home"_qs, free, u"df: not found"_qs, now});
        QCOMPARE(::told(preflight(stateOf(goLive), facts), Topic::Disk), QStringList{told});
    }

    void isolationOfOtherEnvironmentsIsNotTold() {
        PreflightFacts facts = factsNow();
        facts.isolation = {{{{u"DATABASE_URL"_qs}, {u"dev"_qs, u"prod"_qs}},
                            Verdict::Fail,
                            u"dev and prod share DATABASE_URL."_qs,
                            now},
                           {{{u"TOKEN"_qs}, {u"dev"_qs, u"test"_qs}}, Verdict::Fail, {}, now}};
        QCOMPARE(told(preflight(stateOf(goLive), facts), Topic::Isolation),
                 QStringList{u"FAIL DATABASE_URL: dev and prod share DATABASE_URL."_qs});
    }

    void theUsualDurationIsOfWhatEndedWell() {
        QVERIFY(!usualDuration({}));
        QVERIFY(!usualDuration({earlier(RunOutcome::Failed, 5)}));
        QCOMPARE(usualDuration({earlier(RunOutcome::Aborted, 1), earlier(RunOutcome::Succeeded, 10),
                                earlier(RunOutcome::SucceededWithDeviations, 30),
                                earlier(RunOutcome::Succeeded, 12)}),
                 std::optional<std::chrono::milliseconds>(std::chrono::minutes(12)));
    }

    void whatFailsComesFirst() {
        PreflightFacts facts = factsNow();
        facts.lockedBy = u"another run"_qs;
        const auto lines = preflight(stateOf(goLive), facts);
        QCOMPARE(lines.front().topic, Topic::Lock);
        QCOMPARE(lines.back().verdict, Verdict::Pass);
    }

    void countsVerdicts() {
        PreflightLine fail;
        fail.verdict = Verdict::Fail;
        PreflightLine pass;
        pass.verdict = Verdict::Pass;
        QCOMPARE(countsOf({pass, fail, pass}), u"1 fail, 2 pass"_qs);
        QCOMPARE(worstVerdict(std::vector{pass}), Verdict::Pass);
        QCOMPARE(countsOf({}), QString());
    }
};

QTEST_GUILESS_MAIN(TestPreflight)
#include "tst_preflight.moc"
