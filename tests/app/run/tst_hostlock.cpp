// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/hostlock.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace app;
using Kind = LockAnswer::Kind;

namespace {

constexpr int patience = 30'000; // ms
const models::RunId lead(u"01lead"_qs);
const models::RunId deputy(u"01deputy"_qs);
const models::RunId trainee(u"01trainee"_qs);

} // namespace

/// The script that hosts run, in this machine's sh.
class TestHostLock : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QStringList command(LockOrder order, const models::RunId& run,
                                      const models::RunId& other = {},
                                      const QString& reason = {}) const {
        LockQuestion question;
        question.order = order;
        question.directory = m_folder->path() + u"/locks"_qs;
        question.workspaceId = u"shop"_qs;
        question.environment = u"prod/../eu"_qs;
        question.run = run;
        question.other = other;
        question.record = {run, run.text() + u"@laptop"_qs, u"It's a \"release\"\n$(id)"_qs,
                           models::Instant{1'700'000'000'000'000'000}, reason};
        return lockCommand(question);
    }
    static LockAnswer answerOf(QProcess& process) {
        if (!process.waitForFinished(patience))
            return {Kind::Unsure, {}, u"It does not end."_qs};
        ExecResult result;
        result.exitCode = process.exitCode();
        result.out = process.readAllStandardOutput();
        return lockAnswer(result);
    }
    [[nodiscard]] LockAnswer ask(LockOrder order, const models::RunId& run,
                                 const models::RunId& other = {},
                                 const QString& reason = {}) const {
        const QStringList argv = command(order, run, other, reason);
        QProcess process;
        process.start(argv.first(), argv.mid(1));
        return answerOf(process);
    }
    [[nodiscard]] QString lockPath() const {
        return m_folder->path() + u"/locks/shop/prod%2F%2E%2E%2Feu"_qs;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void oneTakesItAndTheOtherIsToldWho() {
        QCOMPARE(ask(LockOrder::Look, lead).kind, Kind::Free);
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
        const LockAnswer told = ask(LockOrder::Take, deputy);
        QCOMPARE(told.kind, Kind::Other);
        QCOMPARE(told.holder.run, lead);
        QCOMPARE(told.holder.who, u"01lead@laptop"_qs);
        QCOMPARE(told.holder.what, u"It's a \"release\" $(id)"_qs);
        QCOMPARE(told.holder.since.nanoseconds, 1'700'000'000'000'000'000);
        QCOMPARE(ask(LockOrder::Look, deputy).holder.run, lead);
        // A name stays below the folder of the locks.
        QVERIFY(QDir(lockPath()).exists());
    }
    void itsOwnIsKnownAgain() {
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Held); // killed before it was recorded
        QCOMPARE(ask(LockOrder::Keep, lead).kind, Kind::Held);
    }
    void oneThatIsGoneIsTakenAgain() {
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
        QVERIFY(QDir(m_folder->path() + u"/locks"_qs).removeRecursively());
        QCOMPARE(ask(LockOrder::Keep, lead).kind, Kind::Taken);
        QCOMPARE(ask(LockOrder::Look, deputy).holder.run, lead);
    }
    void aReleasedOneIsFree() {
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
        QCOMPARE(ask(LockOrder::Release, deputy).kind, Kind::Free); // not its own: nothing happens
        QCOMPARE(ask(LockOrder::Look, deputy).kind, Kind::Other);
        QCOMPARE(ask(LockOrder::Release, lead).kind, Kind::Free);
        QCOMPARE(ask(LockOrder::Take, deputy).kind, Kind::Taken);
    }

    void whoTakesBackTakesTheLockAlong() {
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
        QCOMPARE(ask(LockOrder::Take, deputy, lead).kind, Kind::Passed);
        QCOMPARE(ask(LockOrder::Look, trainee).holder.run, deputy);
        // The one that closes with it gives nothing away.
        QCOMPARE(ask(LockOrder::Release, lead).kind, Kind::Free);
        QCOMPARE(ask(LockOrder::Look, trainee).holder.run, deputy);
    }
    void whoLosesItIsToldWhy() {
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
        QCOMPARE(ask(LockOrder::Seize, deputy, lead, u"The laptop is dead"_qs).kind, Kind::Passed);
        for (int asked = 0; asked < 2; ++asked) {
            const LockAnswer told = ask(LockOrder::Keep, lead);
            QCOMPARE(told.kind, Kind::Lost);
            QCOMPARE(told.holder.run, deputy);
            QCOMPARE(told.holder.reason, u"The laptop is dead"_qs);
        }
        // Also when that run is over.
        QCOMPARE(ask(LockOrder::Release, deputy).kind, Kind::Free);
        QCOMPARE(ask(LockOrder::Keep, lead).holder.reason, u"The laptop is dead"_qs);
        // It is told once: who takes it anew has it.
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
        QCOMPARE(ask(LockOrder::Keep, lead).kind, Kind::Held);
    }
    void onlyTheOneThatWasSeenIsTakenFrom() {
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
        QCOMPARE(ask(LockOrder::Seize, deputy, lead, u"Dead"_qs).kind, Kind::Passed);
        const LockAnswer told = ask(LockOrder::Seize, trainee, lead, u"Dead"_qs);
        QCOMPARE(told.kind, Kind::Other);
        QCOMPARE(told.holder.run, deputy);
        QCOMPARE(ask(LockOrder::Keep, deputy).kind, Kind::Held);
    }

    void ofManyAtOnceOneHasIt_data() {
        QTest::addColumn<LockOrder>("order");
        QTest::newRow("free") << LockOrder::Take;
        QTest::newRow("taken over") << LockOrder::Seize;
    }
    void ofManyAtOnceOneHasIt() {
        QFETCH(LockOrder, order);
        constexpr int many = 12;
        for (int round = 0; round < 5; ++round) {
            init();
            if (order == LockOrder::Seize)
                QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
            std::vector<std::unique_ptr<QProcess>> processes;
            for (int i = 0; i < many; ++i) {
                const QStringList argv =
                    command(order, models::RunId(u"02r%1"_qs.arg(i)), lead, u"Dead"_qs);
                processes.push_back(std::make_unique<QProcess>());
                processes.back()->start(argv.first(), argv.mid(1));
            }
            int winners = 0;
            for (const auto& process : processes) {
                const Kind kind = answerOf(*process).kind;
                QVERIFY(kind == Kind::Taken || kind == Kind::Passed || kind == Kind::Other);
                winners += kind == Kind::Other ? 0 : 1;
            }
            QCOMPARE(winners, 1);
            QCOMPARE(QDir(lockPath()).entryList(QDir::Files).size(), 1);
        }
    }
    void oneThatNobodyFinishedIsTaken() {
        QVERIFY(QDir().mkpath(lockPath()));
        QCOMPARE(ask(LockOrder::Look, lead).kind, Kind::Other);
        QCOMPARE(ask(LockOrder::Take, lead).kind, Kind::Taken);
    }

    void aFileInTheWayIsTold() {
        QFile file(m_folder->path() + u"/locks"_qs);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const LockOrder order : {LockOrder::Look, LockOrder::Take, LockOrder::Keep}) {
            const LockAnswer told = ask(order, lead);
            QCOMPARE(told.kind, Kind::Unsure);
            QVERIFY2(!told.problem.isEmpty(), "It says why.");
        }
    }
    void otherWordsAreNotBelieved() {
        QCOMPARE(lockAnswer(ExecResult{0, "Welcome to web-1\n", {}}).kind, Kind::Unsure);
        QCOMPARE(lockAnswer(ExecResult{127, {}, "sh: not found"}).kind, Kind::Unsure);
        QCOMPARE(lockAnswer(ExecResult{0, "other ../../x\n{}\n", {}}).holder.run, models::RunId());
    }
};

QTEST_GUILESS_MAIN(TestHostLock)
#include "tst_hostlock.moc"
