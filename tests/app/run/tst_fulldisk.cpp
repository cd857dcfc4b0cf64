// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runservice.h"

#include "app/journal/journalfile.h"
#include "models/run/plan.h"
#include "tests/app/journal/journalfixture.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"

#include <QDir>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace app;
using models::StepId;
using models::StepStatus;

namespace {

constexpr int steps = 20;

QString nameOf(int step) {
    return u"step-%1"_qs.arg(step);
}

models::PlanPointer plan() {
    models::Runbook runbook;
    for (int i = 0; i < steps; ++i) {
        models::Step step;
        step.id = StepId(nameOf(i));
        step.kind = models::StepKind::Command;
        models::Command command;
        command.text = u"say %1"_qs.arg(i);
        command.language = u"sh"_qs;
        step.commands = {command};
        runbook.steps.append(step);
    }
    return std::make_shared<const models::Plan>(models::makePlan(runbook, {}));
}

/// Compresses to nothing less.
QByteArray noise(int seed) {
    QRandomGenerator random{quint32(seed)};
    QByteArray bytes(64 * 1024, '\0');
    for (char& byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

} // namespace

/// The disk of the journal fills up in the middle of a run.
class TestFullDisk : public QObject {
    Q_OBJECT

private:
    tests::FakeHost m_host;
    tests::MemorySecretStore m_secrets;
    std::optional<RunService> m_runs;

    void openRuns(tests::JournalFixture& fixture) {
        m_runs.reset();
        m_runs.emplace(fixture.reopen(), m_secrets, [this](const auto&, const QString&) {
            return std::make_unique<tests::FakePlace>(m_host);
        });
    }

private Q_SLOTS:
    void runStopsAndLosesNothingAcknowledged() {
        for (int i = 0; i < steps; ++i)
            m_host.define(u"say %1"_qs.arg(i), {noise(i), {}, 0, true});
        tests::JournalFixture fixture;
        // As SQLite answers where the disk is full, without filling one.
        fixture.options.pragmas = {u"max_page_count=150"_qs};
        openRuns(fixture);
        QList<models::Event> acknowledged;
        QSignalSpy opened(&*m_runs, &RunService::runOpened);
        QSignalSpy refused(&*m_runs, &RunService::intentRefused);
        connect(&*m_runs, &RunService::eventsAppended, this,
                [&acknowledged](const models::RunId&, const QList<models::Event>& events) {
                    acknowledged += events;
                });
        (void)m_runs->start(plan(), {});
        QVERIFY(opened.wait());
        const auto run = opened.first().first().value<models::RunId>();
        acknowledged = opened.first()[1].value<QList<models::Event>>() + acknowledged;
        m_runs->runAll(run);

        QTRY_VERIFY(!refused.isEmpty());
        const auto error = refused.first()[2].value<models::Error>();
        QCOMPARE(error.code, models::ErrorCode::NotWritable);
        QVERIFY2(error.message.contains(u"full"), qPrintable(error.message));
        const int begun = int(m_host.scripts().size());
        QVERIFY(begun > 1 && begun < steps);
        QCOMPARE(m_runs->attemptsUnderWay(), 1); // what it said waits for room in the journal
        QVERIFY(!m_host.isAcknowledged({run, StepId(nameOf(begun - 1)), 1}));

        // The console goes, somebody makes room, another one takes the run up.
        m_runs.reset();
        fixture.close();
        const auto before = verifyJournal(fixture.options.databasePath());
        QVERIFY(before);
        QVERIFY2(before->isIntact(), qPrintable(before->text()));
        fixture.options.pragmas.clear();
        openRuns(fixture);
        QSignalSpy reopened(&*m_runs, &RunService::runOpened);
        (void)m_runs->open(run);
        QVERIFY(reopened.wait());
        const auto events = reopened.first()[1].value<QList<models::Event>>();
        QCOMPARE(events.size(), acknowledged.size());
        for (qsizetype i = 0; i < events.size(); ++i)
            QCOMPARE(events[i].hash, acknowledged[i].hash);

        QTRY_COMPARE(m_runs->attemptsUnderWay(), 0);
        m_runs->runAll(run);
        QTRY_COMPARE(m_runs->state(run)->step(StepId(nameOf(steps - 1))).status,
                     StepStatus::Passed);
        for (int i = 0; i < steps; ++i) {
            const models::AttemptKey key{run, StepId(nameOf(i)), 1};
            QCOMPARE(m_host.starts(key), 1);
            QVERIFY(tests::done(m_runs->output(key, 0, 1'000'000)).value() == noise(i));
        }
        m_runs.reset();
    }

    void aRunThatCannotBeHeldSaysWhy() {
        tests::JournalFixture fixture;
        openRuns(fixture);
        QSignalSpy opened(&*m_runs, &RunService::runOpened);
        (void)m_runs->start(plan(), {});
        QVERIFY(opened.wait());
        const auto run = opened.first().first().value<models::RunId>();
        QCOMPARE(opened.first()[3].toString(), QString());
        m_runs.reset();
        fixture.close();

        // As where there is no room for its file: nobody holds it, and it cannot be taken.
        QVERIFY(QDir().mkpath(u"%1/locks/%2.lock"_qs.arg(fixture.options.folder, run.text())));
        openRuns(fixture);
        QSignalSpy reopened(&*m_runs, &RunService::runOpened);
        (void)m_runs->open(run);
        QVERIFY(reopened.wait());
        QCOMPARE(reopened.first()[2].toString(), QString());
        const QString problem = reopened.first()[3].toString();
        QVERIFY2(problem.contains(u"lock file"), qPrintable(problem));
        m_runs.reset();
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
