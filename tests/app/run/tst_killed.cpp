// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalfile.h"
#include "app/journal/sqlitejournal.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using models::EventKind;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true; // everything takes several times as long
#else
constexpr bool isSanitized = false;
#endif

/// Killed so often in all: what GANTRY_KILLS says, or a few that every run of the suite can afford.
int wantedKills() {
    const int given = qEnvironmentVariableIntValue("GANTRY_KILLS");
    return given > 0 ? given : isSanitized ? 4 : 20;
}

/// As much as the full number of kills needs to hit every moment; fewer kills, fewer steps.
int stepsFor(int kills) {
    return kills < 20 ? 15 : 60;
}

} // namespace

/// kill -9 of a real console at random moments of a run, and taking it up again.
class TestKilled : public QObject {
    Q_OBJECT

private:
    tests::TemporaryHome m_home;
    QRandomGenerator m_random{QRandomGenerator::global()->generate()};
    int m_betweenIntentAndExit = 0;
    const int m_kills = wantedKills();
    const int m_steps = stepsFor(m_kills);

    [[nodiscard]] QString file(const QString& name) const { return m_home.path() + u'/' + name; }

    void writeRunbook(const QString& name, const QString& record) const {
        QFile runbook(file(name));
        QVERIFY(runbook.open(QIODevice::WriteOnly));
        QByteArray text = "# Killed\n\n## Steps\n";
        for (int i = 1; i <= m_steps; ++i) {
            text += "\n- [ ] Step " + QByteArray::number(i) + "\n  ```sh\n  echo start-" +
                    QByteArray::number(i) + "; sleep 0.05; echo " + QByteArray::number(i) +
                    " >> '" + record.toUtf8() + "'; echo end-" + QByteArray::number(i) +
                    "\n  ```\n";
        }
        runbook.write(text);
    }

    /// Runs for a random while; true when the run came to its end.
    bool runForAWhile(const QString& runbook) {
        QProcess console;
        console.start(QStringLiteral(GANTRY_PROGRAM),
                      {u"run"_qs, file(runbook), u"--unattended"_qs, u"--resume-or-start"_qs});
        if (!console.waitForStarted())
            return false;
        // Most kills are to fall into the run itself, some into opening it.
        if (m_random.bounded(5) != 0)
            console.waitForReadyRead(60'000);
        if (console.waitForFinished(m_random.bounded(10, 400)))
            return console.exitCode() == 0;
        console.kill();
        console.waitForFinished();
        return false;
    }

    [[nodiscard]] static QList<models::Event> newestRun() {
        app::SqliteJournal journal;
        const auto runs = journal.runs().result();
        if (!runs)
            qFatal("the runs cannot be listed: %s", qPrintable(runs.error().detail));
        if (runs->isEmpty())
            return {};
        const app::RunSummary* newest = &runs->first();
        for (const app::RunSummary& run : *runs) {
            if (newest->startedAt < run.startedAt)
                newest = &run;
        }
        const auto stored = journal.load(newest->id, false).result();
        if (!stored)
            qFatal("the run cannot be read: %s", qPrintable(stored.error().detail));
        return stored->events;
    }

    void checkAfterKill(QList<models::Event>& known) {
        const QList<models::Event> events = newestRun();
        const bool sameRun =
            !known.isEmpty() && !events.isEmpty() && known.first().run == events.first().run;
        if (sameRun) {
            QVERIFY2(events.size() >= known.size(), "events were lost");
            for (qsizetype i = 0; i < known.size(); ++i)
                QCOMPARE(events[i].hash, known[i].hash);
        }
        known = events;
        int started = 0;
        int finished = 0;
        for (const models::Event& event : events) {
            started += event.kind == EventKind::StepStarted ? 1 : 0;
            finished += event.kind == EventKind::StepFinished ? 1 : 0;
        }
        m_betweenIntentAndExit += started > finished ? 1 : 0;
    }

    void checkRecord(const QString& record, const QList<models::Event>& events) {
        QFile lines(record);
        QVERIFY(lines.open(QIODevice::ReadOnly));
        QByteArray expected;
        for (int i = 1; i <= m_steps; ++i)
            expected += QByteArray::number(i) + '\n';
        QCOMPARE(lines.readAll(), expected);
        app::SqliteJournal journal;
        int outputs = 0;
        for (const models::Event& event : events) {
            if (event.kind != EventKind::StepFinished)
                continue;
            QCOMPARE(event.payload.value(u"attempt").toInt(), 1);
            const models::AttemptKey key{
                event.run, models::StepId(event.payload.value(u"step").toString()), 1};
            const QByteArray output = journal.output(key, 0, 1000).result().value();
            const QByteArray number = QByteArray::number(++outputs);
            QCOMPARE(output, "start-" + number + "\nend-" + number + '\n');
        }
        QCOMPARE(outputs, m_steps);
    }

private Q_SLOTS:
    void nothingIsLostAndNothingRunsTwice() {
        int killed = 0;
        for (int round = 0; killed < m_kills; ++round) {
            const QString record = file(u"record-%1"_qs.arg(round));
            const QString runbook = u"killed-%1.md"_qs.arg(round);
            writeRunbook(runbook, record);
            QList<models::Event> known;
            while (!runForAWhile(runbook)) {
                ++killed;
                checkAfterKill(known);
                // The kill may hit a console that has just closed its run.
                if (!known.isEmpty() && known.last().kind == EventKind::RunClosed)
                    break;
                QVERIFY2(killed < 20 * m_kills, "the run does not come to its end");
                if (QTest::currentTestFailed())
                    return;
            }
            checkRecord(record, newestRun());
            if (QTest::currentTestFailed())
                return;
        }
        const auto verification = app::verifyJournal(app::JournalOptions().databasePath());
        QVERIFY(verification);
        QVERIFY2(verification->isIntact(), qPrintable(verification->text()));
        qInfo("%d kills in runs of %d steps, %d of them between an intent and its exit status",
              killed, m_steps, m_betweenIntentAndExit);
        if (isSanitized && m_kills < 20)
            qInfo("Fewer kills under a sanitizer: GANTRY_KILLS=200 asks for the full form.");
        QVERIFY(m_betweenIntentAndExit >= m_kills / 4);
    }
};

QTEST_GUILESS_MAIN(TestKilled)
#include "tst_killed.moc"
