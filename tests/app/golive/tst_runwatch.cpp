// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/clock.h"
#include "app/golive/runwatch.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"

#include <QSignalSpy>
#include <QTest>

using app::RunWatch;
using models::EventKind;
using models::RunId;
using models::StepId;
using models::StepStatus;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30'000; ///< ms

models::Workspace shop() {
    models::Workspace workspace = models::parseWorkspace(
        "gantry: 1\nid: shop\nname: Shop\nenvironments:\n  prod:\n"
        "    prometheus: http://127.0.0.1:9090\n"
        "    metrics:\n      errors: { prometheus: \"sum(errors)\", unit: ratio, every: 1s }\n");
    workspace.root = u"/srv/shop"_qs;
    return workspace;
}

/// Answers at once, with what the test says.
class Errors final : public app::MetricSource {
public:
    void read(const models::PrometheusServer&, const models::Metric&, models::Instant,
              Done done) override {
        done({app::presentInstant(), value});
    }
    void readPast(const models::PrometheusServer&, const models::Metric&, models::Instant,
                  models::Instant, PastDone done) override {
        done({});
    }

    models::HealthValue value = models::Quantity{0.02, models::Unit::None};
};

models::Step step(const QString& id) {
    models::Step one;
    one.id = StepId(id);
    one.title = id;
    return one;
}

models::Step deploy() {
    models::Step one = step(u"deploy"_qs);
    one.kind = models::StepKind::Command;
    models::Command command;
    command.text = u"deploy"_qs;
    command.language = u"sh"_qs;
    one.commands = {command};
    return one;
}

models::Step gate(const QString& deadline = u"10m"_qs) {
    models::Step one = step(u"gate"_qs);
    one.kind = models::StepKind::Gate;
    one.condition = u"errors < 10%"_qs;
    one.options.values.insert(u"deadline"_qs, deadline);
    return one;
}

/// Everything is read twenty times a second.
models::PlanContext inProd() {
    models::PlanContext context;
    context.workspaceId = u"shop"_qs;
    context.workspaceRoot = u"/tmp"_qs;
    context.environment = u"prod"_qs;
    context.goLive.gates = {50ms, 3, 10min};
    context.goLive.observed = {u"errors"_qs};
    return context;
}

models::PlanPointer planOf(const QList<models::Step>& steps, const models::PlanContext& context) {
    models::Runbook runbook;
    runbook.title = u"Deploy"_qs;
    runbook.steps = steps;
    return std::make_shared<const models::Plan>(models::makePlan(runbook, context));
}

} // namespace

class TestRunWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_host = std::make_unique<tests::FakeHost>();
        m_journal = std::make_unique<tests::FakeJournal>();
        m_trust = std::make_unique<app::TrustKeeper>();
        m_trust->vouchFor(shop().root);
        m_errors.value = models::Quantity{0.02, models::Unit::None};
        m_notifier.notices.clear();
        open();
    }
    void cleanup() { close(); }

    void aGatePassesByWhatIsRead() {
        start({gate(), step(u"after"_qs)}, inProd());
        QTRY_COMPARE_WITH_TIMEOUT(status(u"gate"_qs), StepStatus::Passed, patience);
        const models::GateState& entered = state().gates[StepId(u"gate"_qs)];
        QCOMPARE(entered.decidedOn.size(), 3);
        QVERIFY(entered.decidedOn.first().words.contains(u"errors was 2 %"));
        QVERIFY(entered.enteredAt < entered.observedAt);
        // Not one event for each reading.
        QVERIFY(count(EventKind::GateObserved) <= 3);
    }

    void aGateIsHeldByWhatIsRead() {
        m_errors.value = models::Quantity{0.5, models::Unit::None};
        start({gate()}, inProd());
        QTRY_VERIFY_WITH_TIMEOUT(
            state().gates.value(StepId(u"gate"_qs)).verdict == models::Verdict::Fail, patience);
        QCOMPARE(status(u"gate"_qs), StepStatus::Waiting);
        m_errors.value = models::Quantity{0.01, models::Unit::None};
        QTRY_COMPARE_WITH_TIMEOUT(status(u"gate"_qs), StepStatus::Passed, patience);
    }

    void theDeadlineEndsAGateThatIsNotKnown() {
        m_errors.value = models::Missing{u"It is away."_qs};
        start({gate(u"500ms"_qs)}, inProd());
        QTRY_COMPARE_WITH_TIMEOUT(status(u"gate"_qs), StepStatus::Unknown, patience);
        QVERIFY2(state().step(StepId(u"gate"_qs)).reason.contains(u"not known within 500 ms"),
                 qPrintable(state().step(StepId(u"gate"_qs)).reason));
        QCOMPARE(m_notifier.notices.size(), 1);
        QVERIFY2(m_notifier.notices.first().text.contains(u"not known within 500 ms"),
                 qPrintable(m_notifier.notices.first().text));
    }

    void anotherWorkspaceAnswersNothing() {
        models::PlanContext context = inProd();
        context.workspaceId = u"other"_qs;
        start({gate()}, context);
        QTRY_VERIFY_WITH_TIMEOUT(!state().gates.value(StepId(u"gate"_qs)).observedAt.isNull(),
                                 patience);
        const models::GateState entered = state().gates[StepId(u"gate"_qs)];
        QCOMPARE(entered.verdict, models::Verdict::Unknown);
        QVERIFY(entered.words.contains(u"workspace of this run is not open"));
    }

    void runAllGoesThroughAGate() {
        start({gate(), deploy()}, inProd());
        m_service->runAll(m_run);
        QTRY_COMPARE_WITH_TIMEOUT(status(u"deploy"_qs), StepStatus::Passed, patience);
    }

    void aTriggerTellsOnce() {
        start({deploy(), step(u"after"_qs)}, withTrigger());
        m_service->startStep(m_run, StepId(u"deploy"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(state().triggers.size(), 1, patience);
        m_errors.value = models::Quantity{0.5, models::Unit::None};
        QTRY_VERIFY_WITH_TIMEOUT(trigger().asks(), patience);
        QVERIFY(trigger().words.contains(u"errors was 50 %"));
        QCOMPARE(m_notifier.notices.size(), 1);
        QVERIFY(m_notifier.notices.first().text.contains(u"errors was 50 %"));
        QSignalSpy refused(&*m_service, &app::RunService::intentRefused);
        m_watching->acknowledgeTrigger(m_run, u"failing"_qs, u" "_qs);
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
        m_watching->acknowledgeTrigger(m_run, u"failing"_qs, u"a known peak"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(trigger().acknowledged, patience);
        m_errors.value = models::Quantity{0.01, models::Unit::None};
        QTRY_VERIFY_WITH_TIMEOUT(!trigger().holds, patience);
        m_errors.value = models::Quantity{0.5, models::Unit::None};
        QTRY_VERIFY_WITH_TIMEOUT(trigger().holds, patience);
        QVERIFY(!trigger().asks());
        QCOMPARE(m_notifier.notices.size(), 1);
    }

    void triggersAreReadAgainAfterARestart() {
        start({deploy(), step(u"after"_qs)}, withTrigger());
        m_service->startStep(m_run, StepId(u"deploy"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(state().triggers.size(), 1, patience);
        restart();
        QCOMPARE(state().triggers.size(), 1);
        m_errors.value = models::Quantity{0.5, models::Unit::None};
        QTRY_VERIFY_WITH_TIMEOUT(trigger().asks(), patience);
        QCOMPARE(count(EventKind::TriggerArmed), 1);
    }

    void theWatchClosesTheRun() {
        models::PlanContext context = withTrigger();
        context.goLive.watch = {2s, 50ms, 0.5, {u"errors < 10%"_qs}};
        start({step(u"only"_qs)}, context);
        m_service->confirmStep(m_run, StepId(u"only"_qs), true, {});
        QTRY_COMPARE_WITH_TIMEOUT(state().status, models::RunStatus::Watching, patience);
        QTRY_COMPARE_WITH_TIMEOUT(state().status, models::RunStatus::Closed, patience);
        QCOMPARE(state().outcome, models::RunOutcome::Succeeded);
        QVERIFY(state().watch->seen > 0ns);
        QCOMPARE(m_watching->watched(m_run), nullptr);
    }

    void aWatchThatEndsBadlyAsksAPerson() {
        m_errors.value = models::Quantity{0.5, models::Unit::None};
        models::PlanContext context = inProd();
        context.goLive.watch = {3s, 50ms, 0.5, {u"errors < 10%"_qs}};
        start({step(u"only"_qs)}, context);
        m_service->confirmStep(m_run, StepId(u"only"_qs), true, {});
        QTRY_VERIFY_WITH_TIMEOUT(state().watch && !state().watch->isUnderWay(), patience);
        QCOMPARE(state().status, models::RunStatus::Open);
        QCOMPARE(state().watch->result, models::Verdict::Fail);
        QSignalSpy refused(&*m_service, &app::RunService::intentRefused);
        m_service->close(m_run, models::RunOutcome::Succeeded, {});
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
        m_service->close(m_run, models::RunOutcome::Succeeded, u"a known peak"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(state().outcome, models::RunOutcome::SucceededWithDeviations,
                                  patience);
    }

    void aPersonEndsTheWatch() {
        models::PlanContext context = inProd();
        context.goLive.watch = {24h, 50ms, 0.95, {u"errors < 10%"_qs}};
        start({step(u"only"_qs)}, context);
        m_service->confirmStep(m_run, StepId(u"only"_qs), true, {});
        QTRY_COMPARE_WITH_TIMEOUT(state().status, models::RunStatus::Watching, patience);
        restart();
        QCOMPARE(state().status, models::RunStatus::Watching);
        m_watching->endWatch(m_run, u"the next release is due"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(state().status, models::RunStatus::Open, patience);
        QCOMPARE(state().watch->result, models::Verdict::Unknown);
        QCOMPARE(state().watch->endedBecause, u"the next release is due"_qs);
        QCOMPARE(count(EventKind::WatchStarted), 1);
    }

    void prodWaitsForDev() {
        models::Step promoted = step(u"dev first"_qs);
        promoted.kind = models::StepKind::Gate;
        promoted.requiresEnvironment = u"dev"_qs;
        const QString wanted = u"9f2c1d7a00112233445566778899aabbccddeeff"_qs;
        ranInDev(u"82caa1d0aabbccddeeff00112233445566778899"_qs);
        models::PlanContext context = inProd();
        context.target = {{u"books"_qs, wanted}};
        start({promoted}, context);
        const StepId id(u"dev first"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(state().gates.value(id).verdict == models::Verdict::Fail,
                                 patience);
        QVERIFY(
            state().gates[id].words.contains(u"dev has books 82caa1d0aa, not books 9f2c1d7a00."));
        const RunId prod = m_run;
        ranInDev(wanted);
        m_run = prod;
        QTRY_COMPARE_WITH_TIMEOUT(status(id.text()), StepStatus::Passed, patience);
        QVERIFY(state().step(id).reason.contains(u"dev passed for books 9f2c1d7a00"));
    }

    void aProtectedEnvironmentAsksForASecondPerson() {
        m_errors.value = models::Quantity{0.5, models::Unit::None};
        models::PlanContext context = inProd();
        context.isProtected = true;
        start({gate()}, context);
        const StepId id(u"gate"_qs);
        QSignalSpy refused(&*m_service, &app::RunService::intentRefused);
        m_service->overrideGate(m_run, id, u"known noise"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
        const QString driver = state().startedBy.section(u'@', 0, 0);
        m_service->overrideGate(m_run, id, u"known noise"_qs, driver.toUpper());
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 2, patience);
        m_service->overrideGate(m_run, id, u"known noise"_qs, u"somebody-else"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(status(id.text()), StepStatus::Passed, patience);
        QCOMPARE(state().step(id).reason, u"known noise (with somebody-else)"_qs);
    }

private:
    void open() {
        m_service.emplace(*m_journal, m_secrets, [this](const auto&, const QString&) {
            return std::make_unique<tests::FakePlace>(*m_host);
        });
        m_health = std::make_unique<app::HealthService>(m_prober, *m_trust);
        m_environment = std::make_unique<app::EnvironmentWatch>(*m_health, m_prober, m_errors);
        m_watching =
            std::make_unique<RunWatch>(RunWatch::Parts{*m_service, *m_journal, m_notifier});
        m_watching->attend(*m_environment);
        m_health->watch(shop());
    }
    void close() {
        m_watching.reset();
        m_environment.reset();
        m_health.reset();
        m_service.reset();
    }
    void start(const QList<models::Step>& steps, const models::PlanContext& context) {
        QSignalSpy opened(&*m_service, &app::RunService::runOpened);
        (void)m_service->start(planOf(steps, context), {});
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
        m_run = opened.first().first().value<RunId>();
    }
    /// As after kill -9: nothing is said to the engine, a new one takes over.
    void restart() {
        close();
        open();
        QSignalSpy opened(&*m_service, &app::RunService::runOpened);
        (void)m_service->open(m_run);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
    }
    void ranInDev(const QString& commit) {
        models::PlanContext context = inProd();
        context.environment = u"dev"_qs;
        context.target = {{u"books"_qs, commit}};
        start({step(u"only"_qs)}, context);
        m_service->confirmStep(m_run, StepId(u"only"_qs), true, {});
        m_service->close(m_run, models::RunOutcome::Succeeded, {});
        QTRY_COMPARE_WITH_TIMEOUT(state().status, models::RunStatus::Closed, patience);
    }
    static models::PlanContext withTrigger() {
        models::PlanContext context = inProd();
        context.goLive.triggers = {{u"failing"_qs, u"errors > 10%"_qs, {}, 50ms}};
        return context;
    }

    [[nodiscard]] const models::RunState& state() const { return *m_service->state(m_run); }
    [[nodiscard]] StepStatus status(const QString& id) const {
        return state().step(StepId(id)).status;
    }
    [[nodiscard]] models::TriggerStanding trigger() const {
        return state().triggers.value(u"failing"_qs);
    }
    [[nodiscard]] qsizetype count(EventKind kind) const {
        return m_journal->kinds(m_run).count(kind);
    }

    const tests::TemporaryHome m_home;
    std::unique_ptr<tests::FakeHost> m_host;
    std::unique_ptr<tests::FakeJournal> m_journal;
    tests::MemorySecretStore m_secrets;
    tests::FakeProber m_prober;
    Errors m_errors;
    tests::FakeNotifier m_notifier;
    std::unique_ptr<app::TrustKeeper> m_trust;
    std::optional<app::RunService> m_service;
    std::unique_ptr<app::HealthService> m_health;
    std::unique_ptr<app::EnvironmentWatch> m_environment;
    std::unique_ptr<RunWatch> m_watching;
    RunId m_run;
};

QTEST_GUILESS_MAIN(TestRunWatch)
#include "tst_runwatch.moc"
