// SPDX-License-Identifier: GPL-3.0-or-later
// A run that is taken back by another one, and every moment between the two at which a console may
// end.
#include "app/run/runservice.h"
#include "models/run/draft.h"
#include "models/run/rollbackplan.h"
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/releaseplan.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace app;
using models::EventKind;
using models::RunId;
using models::RunOutcome;
using models::RunStatus;
using models::StepId;
using models::Verdict;
using tests::FakeCommand;

namespace {

const RunId wanted(QString(26, u'r'));

} // namespace

class TestRollback : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<tests::FakeHost> m_host;
    std::optional<tests::FakeJournal> m_journal;
    tests::MemorySecretStore m_secrets;
    std::optional<RunService> m_service;
    RunId m_run;
    RunId m_back;

    void openService() {
        m_service.emplace(*m_journal, m_secrets, [this](const auto&, const QString&) {
            return std::make_unique<tests::FakePlace>(*m_host);
        });
        connect(&*m_service, &RunService::runOpened, this,
                [this](const RunId& run, const QList<models::Event>& events) {
                    if (events.first().payload.value(u"plan")[u"context"][u"of"].isString())
                        m_back = run;
                });
    }
    models::Result<RunId> start() {
        const auto started = m_service->start(tests::releasePlan(), {});
        if (!QTest::qWaitFor([&] { return started.isFinished(); }, 10'000))
            return models::failure(models::ErrorCode::Internal, u"no answer"_qs);
        return started.result();
    }
    /// What is described as to happen without a word, as after kill -9.
    void restart(const RunId& run) {
        m_service.reset();
        openService();
        m_back = {};
        QSignalSpy opened(&*m_service, &RunService::runOpened);
        (void)m_service->open(run);
        QVERIFY(opened.wait());
    }
    [[nodiscard]] bool deploys() {
        const auto run = start();
        m_run = run ? *run : RunId();
        m_service->startStep(m_run, StepId(u"deploy"_qs));
        return QTest::qWaitFor(
            [this] {
                const models::RunState* state = m_service->state(m_run);
                return state &&
                       state->step(StepId(u"deploy"_qs)).status == models::StepStatus::Passed;
            },
            10'000);
    }
    [[nodiscard]] const models::RunState* back() const {
        return m_back.isEmpty() ? nullptr : m_service->state(m_back);
    }
    [[nodiscard]] bool isDone() const {
        return back() && models::progressOf(*back(), models::Lane::Rollback).done == 1;
    }
    [[nodiscard]] RunOutcome outcomeOf(const RunId& run) const {
        models::RunState state;
        for (const models::Event& event : m_journal->events(run))
            state = models::apply(std::move(state), event);
        return state.outcome;
    }
    [[nodiscard]] int starts(const QString& script) const {
        return static_cast<int>(m_host->scripts().count(script));
    }
    /// Of the last event of this kind; 0 for none.
    [[nodiscard]] qint64 timeOf(const RunId& run, EventKind kind) const {
        qint64 at = 0;
        for (const models::Event& event : m_journal->events(run))
            at = event.kind == kind ? event.at.nanoseconds : at;
        return at;
    }

private Q_SLOTS:
    void init() {
        m_host = std::make_unique<tests::FakeHost>();
        m_host->define(u"up v2"_qs, {"", "", 0, true});
        m_host->define(u"up v1"_qs, {"", "", 0, true});
        m_host->define(u"check"_qs, {"", "", 0, true});
        m_journal.emplace();
        m_back = {};
        openService();
    }
    void cleanup() {
        m_service.reset();
        m_journal.reset();
    }

    void isRefusedBeforeTheFirstChange() {
        m_run = *start();
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->startRollback(m_run, u"errors"_qs, {});
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 10'000);
        QCOMPARE(m_journal->kinds(m_run), QList<EventKind>{EventKind::RunStarted});
    }

    void oneOrderUndoesAndClosesBoth() {
        QVERIFY(deploys());
        m_service->startRollback(m_run, u"errors above 10 %"_qs, {});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 10'000);
        QCOMPARE(back()->plan->context.rollbackOf, m_run);
        QCOMPARE(back()->plan->context.target, models::Target({{u"portal"_qs, u"v1"_qs}}));
        QCOMPARE(starts(u"up v1"_qs), 1);
        QVERIFY(m_service->state(m_run)->releaseBlock);
        // Nobody has looked yet where it led.
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->close(m_back, RunOutcome::RolledBack, {});
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 10'000);
        m_service->verifyRollback(m_back, Verdict::Pass, u"v1 answers"_qs, {});
        m_service->close(m_back, RunOutcome::RolledBack, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_service->state(m_run)->outcome, RunOutcome::RolledBack, 10'000);
        QCOMPARE(back()->outcome, RunOutcome::RolledBack);
    }

    void nothingGoesForwardMeanwhile() {
        QVERIFY(deploys());
        m_service->startRollback(m_run, u"errors"_qs, {});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 10'000);
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->startStep(m_run, StepId(u"check"_qs));
        m_service->close(m_run, RunOutcome::Aborted, {});
        m_service->startRollback(m_run, u"again"_qs, {});
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 3, 10'000);
        QCOMPARE(starts(u"check"_qs), 0);
    }

    void whatDidNotWorkSaysSo() {
        QVERIFY(deploys());
        m_service->startRollback(m_run, u"errors"_qs, {});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 10'000);
        m_service->verifyRollback(m_back, Verdict::Fail, u"v2 still answers"_qs, {});
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->close(m_back, RunOutcome::RolledBack, {});
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 10'000);
        QVERIFY(refused.first().at(2).value<models::Error>().message.contains(u"v2 still answers"));
        m_service->close(m_back, RunOutcome::Failed, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_service->state(m_run)->outcome, RunOutcome::RollbackFailed,
                                  10'000);
        QCOMPARE(back()->outcome, RunOutcome::RollbackFailed);
    }

    void theReleaseIsBlockedUntilSomebodyLiftsIt() {
        QVERIFY(deploys());
        m_service->startRollback(m_run, u"errors above 10 %"_qs, {});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 10'000);
        const auto again = start();
        QVERIFY(!again);
        QVERIFY2(again.error().message.contains(u"errors above 10 %"),
                 qPrintable(again.error().message));
        m_service->verifyRollback(m_back, Verdict::Pass, {}, {});
        m_service->close(m_back, RunOutcome::RolledBack, {});
        QTRY_COMPARE_WITH_TIMEOUT(outcomeOf(m_run), RunOutcome::RolledBack, 10'000);
        (void)m_service->release(m_run);
        m_service->unblockRelease(m_run, u"fixed at the provider"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(m_journal->kinds(m_run).last() == EventKind::ReleaseUnblocked,
                                 10'000);
        QVERIFY(start().has_value());
    }

    void afterACrashTheRunThatWasRecordedIsMadeOnce() {
        QVERIFY(deploys());
        (void)m_service->release(m_run);
        Append order;
        order.run = m_run;
        order.drafts = {models::draft::rollbackStarted(wanted, u"errors"_qs, {})};
        QVERIFY(m_journal->append(order).result().has_value());
        QVERIFY(m_journal->events(wanted).isEmpty());
        restart(m_run);
        QTRY_COMPARE_WITH_TIMEOUT(m_back, wanted, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 10'000);
        restart(m_run);
        m_service->addNote(m_run, {}, u"looked again"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(m_journal->kinds(m_run).last(), EventKind::NoteAdded, 10'000);
        QCOMPARE(m_journal->kinds(wanted).count(EventKind::RunStarted), 1);
        QCOMPARE(m_journal->runs().result()->size(), 2);
        QCOMPARE(starts(u"up v1"_qs), 1);
    }

    void aRollbackThatClosedBeforeACrashClosesItsRun() {
        QVERIFY(deploys());
        m_service->startRollback(m_run, u"errors"_qs, {});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 10'000);
        const RunId back = m_back;
        m_service.reset();
        Append end;
        end.run = back;
        end.drafts = {models::draft::runClosed(RunOutcome::RolledBack, {})};
        QVERIFY(m_journal->append(end).result().has_value());
        openService();
        QSignalSpy opened(&*m_service, &RunService::runOpened);
        (void)m_service->open(m_run);
        QVERIFY(opened.wait());
        QTRY_COMPARE_WITH_TIMEOUT(outcomeOf(m_run), RunOutcome::RolledBack, 10'000);
    }

    void undoingWaitsForWhatStillRuns() {
        m_host->define(u"up v2"_qs, {"", "", 0, false});
        m_run = *start();
        m_service->startStep(m_run, StepId(u"deploy"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(starts(u"up v2"_qs), 1, 10'000);
        m_service->startRollback(m_run, u"errors"_qs, {});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 10'000);
        // One clock for both runs.
        QVERIFY(timeOf(m_run, EventKind::Cancelled) < timeOf(m_back, EventKind::StepStarted));
        QVERIFY(timeOf(m_run, EventKind::Cancelled) > timeOf(m_run, EventKind::RollbackStarted));
    }
};

QTEST_GUILESS_MAIN(TestRollback)
#include "tst_rollback.moc"
