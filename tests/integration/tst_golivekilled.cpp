// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 of a real console at random moments of a go-live: its steps, its gate, its watch, and the
// way back.
#include "app/diagnostics/clock.h"
#include "app/journal/journalfile.h"
#include "app/journal/sqlitejournal.h"
#include "tests/support/filecontent.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using models::EventKind;
using models::RunId;
using models::RunState;
using models::RunStatus;
using tests::writeFile;

namespace {

constexpr int patience = 60'000; // ms
constexpr int stepsBeforeGate = 6;
constexpr int stepsAfterGate = 4;
constexpr int stepsBack = 6;

/// In all: what GANTRY_KILLS says, or a few that every run of the suite can afford.
int wantedKills() {
    const int given = qEnvironmentVariableIntValue("GANTRY_KILLS");
    return given > 0 ? given : 30;
}

/// A run as the journal has it.
struct Recorded {
    QList<models::Event> events;
    RunState state;

    [[nodiscard]] int count(EventKind kind) const {
        return int(std::count_if(events.cbegin(), events.cend(),
                                 [kind](const models::Event& one) { return one.kind == kind; }));
    }
};

} // namespace

class TestGoLiveKilled : public QObject {
    Q_OBJECT

private:
    tests::TemporaryHome m_home;
    QRandomGenerator m_random{QRandomGenerator::global()->generate()};
    int m_killed = 0;
    QByteArray m_said; ///< by the last console that ended by itself, on standard error
    QString m_folder;  ///< the workspace

    [[nodiscard]] QString recordPath() const { return m_folder + u"/record"_qs; }
    [[nodiscard]] QStringList record() const {
        QFile file(recordPath());
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    }
    static QByteArray steps(const QByteArray& word, int first, int count, const QString& record) {
        QByteArray text;
        for (int i = first; i < first + count; ++i) {
            const QByteArray name = word + QByteArray::number(i);
            text += "\n- [ ] Do " + name + "\n\n  ```sh\n  sleep 0.03; echo " + name + " >> '" +
                    record.toUtf8() + "'\n  ```\n";
        }
        return text;
    }
    /// A new one each time, so that nothing of an earlier round is about it.
    void makeWorkspace(int round, const QByteArray& watch) {
        m_folder = m_home.path() + u"/workspace-%1"_qs.arg(round);
        QVERIFY(QDir().mkpath(m_folder));
        writeFile(
            m_folder + u"/gantry.yaml"_qs,
            "gantry: 1\nid: killed-" + QByteArray::number(round) +
                "\nname: Killed\nenvironments:\n  stage:\n    services:\n      portal:\n"
                "        health:\n          - { command: \"true\", every: 1s, pass: \"exit == "
                "0\" }\n    gates: { every: 1s, samples: 2 }\n    watch: { for: " +
                watch +
                ", every: 1s, coverage: 60%, success: [ \"portal.exit == 0\" ] }\n"
                "    triggers:\n      - { name: portal failing, when: \"portal.exit != 0\" }\n"
                "runbooks: [ golive.md ]\n");
        writeFile(m_folder + u"/golive.md"_qs,
                  "# Go live\n\n## Some <!-- wave: some -->\n" +
                      steps("s", 1, stepsBeforeGate, recordPath()) +
                      "\n- [ ] Healthy <!-- gate: portal.exit == 0 -->\n" +
                      "\n## Everyone <!-- wave: everyone -->\n" +
                      steps("s", stepsBeforeGate + 1, stepsAfterGate, recordPath()) +
                      "\n## Rollback\n" + steps("b", 1, stepsBack, recordPath()));
    }

    enum class Ending { Killed, ByItself };
    /// Lets a console work for a random while.
    Ending runForAWhile(const QStringList& arguments, int& status) {
        QProcess console;
        console.start(QStringLiteral(GANTRY_PROGRAM), arguments);
        if (!console.waitForStarted())
            return Ending::Killed;
        // Most kills are to fall into the work itself, some into opening it; now and then one has
        // the time that a gate needs.
        if (m_random.bounded(6) != 0)
            console.waitForReadyRead(patience);
        const int longest = m_random.bounded(4) == 0 ? 4000 : 500;
        if (!console.waitForFinished(m_random.bounded(10, longest))) {
            console.kill();
            console.waitForFinished();
            ++m_killed;
            return Ending::Killed;
        }
        status = console.exitCode();
        m_said = console.readAllStandardError();
        return Ending::ByItself;
    }
    [[nodiscard]] QStringList goLive() const {
        return {u"run"_qs,   m_folder,           u"--environment"_qs,
                u"stage"_qs, u"--unattended"_qs, u"--resume-or-start"_qs};
    }

    static Recorded load(app::SqliteJournal& journal, const RunId& run) {
        Recorded recorded;
        if (run.isEmpty())
            return recorded;
        const auto stored = journal.load(run, false).result();
        if (!stored)
            return recorded; // it was not made yet
        recorded.events = stored->events;
        for (const models::Event& event : stored->events)
            recorded.state = models::apply(std::move(recorded.state), event);
        return recorded;
    }
    /// Of this workspace; empty ids where there is none yet.
    [[nodiscard]] RunId newestRun(app::SqliteJournal& journal) const {
        const auto runs = journal.runs().result();
        for (const app::RunSummary& run : runs ? *runs : QList<app::RunSummary>()) {
            if (run.workspaceRoot == m_folder && run.rollbackOf.isEmpty())
                return run.id;
        }
        return {};
    }

    /// What was known before stands where it stood.
    static void compare(const Recorded& before, const Recorded& after) {
        QVERIFY2(after.events.size() >= before.events.size(), "events were lost");
        for (qsizetype i = 0; i < before.events.size(); ++i)
            QCOMPARE(after.events[i].hash, before.events[i].hash);
        // Each trigger is armed once, and stays so.
        QVERIFY(after.count(EventKind::TriggerArmed) <= 1);
        QVERIFY(before.state.triggers.isEmpty() || !after.state.triggers.isEmpty());
    }
    /// Each wave is recorded as entered once, and before anything of it began.
    static void checkWaves(const Recorded& recorded) {
        QStringList entered;
        for (const models::Event& event : recorded.events) {
            const models::StepId id(event.payload.value(u"step").toString());
            const models::PlanStep* const step = recorded.state.plan->find(id);
            if (event.kind == EventKind::WaveEntered) {
                const QString wave = event.payload.value(u"wave").toString();
                QVERIFY2(!entered.contains(wave), qPrintable(wave));
                entered.append(wave);
            } else if (event.kind == EventKind::StepStarted && step && step->waveIndex >= 0) {
                QVERIFY2(entered.contains(step->wave), qPrintable(step->wave));
            }
        }
        QCOMPARE(recorded.state.wavesEntered.size(), entered.size());
    }
    /// Nothing twice, and in the order of the document.
    void checkRecord(bool isWhole, bool isBack) {
        QStringList forward;
        QStringList back;
        for (const QString& line : record())
            (line.startsWith(u's') ? forward : back).append(line);
        for (qsizetype i = 0; i < forward.size(); ++i)
            QCOMPARE(forward[i], u"s%1"_qs.arg(i + 1));
        if (isWhole)
            QCOMPARE(forward.size(), stepsBeforeGate + stepsAfterGate);
        for (qsizetype i = 0; i < back.size(); ++i)
            QCOMPARE(back[i], u"b%1"_qs.arg(i + 1));
        QCOMPARE(back.size(), isBack ? stepsBack : 0);
    }

    /// Until it is closed, or so many kills have hit it after its first change.
    void goLiveUnderKills(Recorded& known, int killsBeforeBack) {
        const int before = m_killed;
        for (int turn = 0; turn < 400; ++turn) {
            int status = -1;
            const Ending ending = runForAWhile(goLive(), status);
            app::SqliteJournal journal;
            const Recorded now = load(journal, newestRun(journal));
            compare(known, now);
            if (QTest::currentTestFailed())
                return;
            known = now;
            if (known.state.status == RunStatus::Closed) {
                // Time that nobody watched is none: it passes on what was seen alone.
                QVERIFY(known.state.watch &&
                        models::watchFinding(*known.state.watch).verdict == models::Verdict::Pass);
                return;
            }
            if (ending == Ending::ByItself) {
                // Watched for too short a time between the kills: it says so and closes nothing.
                QVERIFY2(status == 1, m_said.constData());
                QVERIFY(known.state.watch && !known.state.watch->isUnderWay());
                QVERIFY(known.state.watch->result != models::Verdict::Pass);
                return;
            }
            if (killsBeforeBack > 0 && m_killed - before >= killsBeforeBack &&
                known.state.firstChange)
                return;
        }
        QFAIL("The go-live does not come to its end.");
    }
    /// Until every step of the way back is done and was looked at: that nobody can see here whether
    /// it led back is for a person to say.
    void goBackUnderKills(Recorded& known) {
        Recorded back;
        for (int turn = 0; turn < 400 && !back.state.verification; ++turn) {
            int status = -1;
            runForAWhile({u"rollback"_qs, known.state.id.text(), u"--yes"_qs, u"stage"_qs}, status);
            QVERIFY2(status != 2, m_said.constData());
            app::SqliteJournal journal;
            const Recorded now = load(journal, known.state.id);
            const Recorded backNow =
                load(journal, now.state.rollback ? now.state.rollback->run : RunId());
            compare(known, now);
            compare(back, backNow);
            QVERIFY(now.count(EventKind::RollbackStarted) <= 1);
            if (QTest::currentTestFailed())
                return;
            known = now;
            back = backNow;
        }
        QVERIFY2(back.state.verification, "The way back does not come to its end.");
        QCOMPARE(back.state.verification->verdict, models::Verdict::Unknown);
        QCOMPARE(back.state.locks.contains(models::localPlace), true);
        QVERIFY(known.state.status != RunStatus::Closed);
    }

private Q_SLOTS:
    void nothingHappensTwice() {
        const int wanted = wantedKills();
        int rounds = 0;
        int backs = 0;
        while (m_killed < wanted) {
            const bool isBack = ++rounds % 3 != 0;
            makeWorkspace(rounds, "2s");
            Recorded known;
            goLiveUnderKills(known, isBack ? m_random.bounded(1, 8) : 0);
            if (QTest::currentTestFailed())
                return;
            const bool isWhole = known.state.status == RunStatus::Closed;
            if (known.state.plan)
                checkWaves(known);
            const bool goesBack = !isWhole && known.state.firstChange;
            if (goesBack) {
                ++backs;
                goBackUnderKills(known);
                if (QTest::currentTestFailed())
                    return;
            }
            checkRecord(isWhole, goesBack);
            if (QTest::currentTestFailed())
                return;
        }
        const auto verification = app::verifyJournal(app::JournalOptions().databasePath());
        QVERIFY(verification);
        QVERIFY2(verification->isIntact(), qPrintable(verification->text()));
        qInfo("%d kills in %d go-lives, %d of them taken back", m_killed, rounds, backs);
        QVERIFY(backs > 0);
    }

    /// Killed at the beginning of its watch, and back when that is over.
    void theWatchClaimsNothingThatItDidNotSee() {
        makeWorkspace(0, "3s");
        QProcess console;
        console.start(QStringLiteral(GANTRY_PROGRAM), goLive());
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT((said += console.readAllStandardOutput()).contains("watching"),
                                 patience);
        console.kill();
        QVERIFY(console.waitForFinished(patience));
        models::Instant until;
        {
            app::SqliteJournal journal;
            const Recorded known = load(journal, newestRun(journal));
            QVERIFY(known.state.watch && known.state.watch->isUnderWay());
            until = known.state.watch->until;
        }
        QTRY_VERIFY_WITH_TIMEOUT(until < app::presentInstant(), patience);
        console.start(QStringLiteral(GANTRY_PROGRAM), goLive());
        QVERIFY(console.waitForFinished(patience));
        QCOMPARE(console.exitCode(), 1);
        app::SqliteJournal journal;
        const Recorded known = load(journal, newestRun(journal));
        QCOMPARE(known.state.status, RunStatus::Open);
        QVERIFY(!known.state.watch->isUnderWay());
        QCOMPARE(known.state.watch->result, models::Verdict::Unknown);
        QVERIFY2(!known.state.watch->words.isEmpty(), "It says what it did not see.");
        QVERIFY(models::watchCoverage(*known.state.watch, until) < 0.6);
        QCOMPARE(known.count(EventKind::TriggerArmed), 1);
    }
};

QTEST_GUILESS_MAIN(TestGoLiveKilled)
#include "tst_golivekilled.moc"
