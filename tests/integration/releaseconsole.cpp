// SPDX-License-Identifier: GPL-3.0-or-later
#include "releaseconsole.h"

#include "app/diagnostics/clock.h"
#include "app/process/localplace.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"

#include <QTest>

namespace tests {

using models::RunState;
using models::StepStatus;

namespace {

constexpr int patience = 60'000;

bool isOver(StepStatus status) {
    return status == StepStatus::Passed || status == StepStatus::Skipped;
}

} // namespace

ReleaseConsole::ReleaseConsole(std::function<app::SshSurroundings()> surroundings)
    : m_engine(std::make_shared<app::EngineThread>())
    , m_hosts(m_engine, m_secrets, std::move(surroundings))
    , m_runs(
          m_journal, m_secrets,
          [this](const models::PlanContext& context, const QString& name) {
              const models::Host* const host = context.host(name);
              return placeOf(host != nullptr ? *host : models::Host());
          },
          m_engine)
    , m_prober(
          m_engine,
          [this](const models::Host& host, models::AskedBy askedBy) {
              return placeOf(host, askedBy);
          },
          m_network)
    , m_health(m_prober, m_trust)
    , m_metrics(m_secrets)
    , m_watch(m_health, m_prober, m_metrics)
    , m_containers(m_engine, [this](const models::Host& host) { return m_hosts.makeReach(host); })
    , m_versions({m_prober, m_containers, m_commits, m_journal}, m_trust)
    , m_check(m_runs)
    , m_runWatch({m_runs, m_journal, m_silent}) {
    m_check.attend(m_versions, m_health);
    m_runWatch.attend(m_watch);
    connect(&m_runs, &app::RunService::runOpened, this, [this](const models::RunId& run) {
        const bool isBack = m_runs.state(run)->plan->isRollback();
        (isBack ? m_back : m_run) = run;
    });
    connect(&m_runs, &app::RunService::intentRefused, this,
            [this](const models::RunId&, const models::StepId& step, const models::Error& error) {
                m_problem = step.text() + u": "_qs + error.message;
            });
}

std::unique_ptr<app::Place> ReleaseConsole::placeOf(const models::Host& host,
                                                    models::AskedBy askedBy) const {
    if (host.ssh.isEmpty())
        return std::make_unique<app::LocalPlace>();
    return m_hosts.makePlace(host, askedBy);
}

void ReleaseConsole::watch(const models::Workspace& workspace) {
    m_trust.vouchFor(workspace.root);
    m_health.watch(workspace);
    m_versions.watch(workspace);
}

models::Target ReleaseConsole::deployed(const QString& environment,
                                        const QStringList& services) const {
    models::Target seen;
    for (const QString& service : services) {
        const auto standing = m_versions.standing(environment, service, app::presentInstant());
        if (standing && !standing->version.isEmpty())
            seen.insert(service, standing->version);
    }
    return seen;
}

bool ReleaseConsole::start(const models::PlanPointer& plan,
                           const QMap<QString, QString>& variables) {
    m_run = {};
    m_back = {};
    m_taken = {};
    const auto started = m_runs.start(plan, variables);
    if (!QTest::qWaitFor([&] { return started.isFinished() && !m_run.isEmpty(); }, patience)) {
        m_problem = started.isFinished() && !started.result() ? started.result().error().message
                                                              : u"It did not start."_qs;
        return false;
    }
    return true;
}

void ReleaseConsole::carryOn() {
    const RunState state = m_back.isEmpty() ? run() : back();
    if (!state.plan || state.status != models::RunStatus::Open)
        return;
    for (int index = 0; index < state.plan->steps.size(); ++index) {
        const models::Step& step = state.plan->steps[index].step;
        const bool isMine = step.lane == state.plan->mainLane() && state.plan->isLeaf(index) &&
                            state.plan->steps[index].applicable;
        const StepStatus status = models::effectiveStatus(state, index);
        if (!isMine || isOver(status))
            continue;
        if (status == StepStatus::Failed && m_problem.isEmpty())
            m_problem = step.title + u" failed"_qs;
        if (status != StepStatus::Pending || m_taken == step.id || models::isObserved(step))
            return;
        m_taken = step.id;
        if (models::canRun(step) && m_back.isEmpty())
            // Those of a rollback start by themselves. What is destructive was confirmed.
            m_runs.startStep(state.id, step.id, {{}, {}, true, {}});
        else if (!models::canRun(step))
            m_runs.confirmStep(state.id, step.id, true);
        return;
    }
}

QString ReleaseConsole::heldTrigger() const {
    const RunState state = run();
    for (auto one = state.triggers.cbegin(); one != state.triggers.cend(); ++one) {
        if (one->holds)
            return one.key() + u": "_qs + one->words;
    }
    return {};
}

QString ReleaseConsole::problem() const {
    QStringList lines{m_problem};
    for (const RunState& state : {run(), back()}) {
        if (!state.plan)
            continue;
        lines.append(u"%1: %2"_qs.arg(models::runStatusName(state.status),
                                      models::runOutcomeName(state.outcome)));
        for (int index = 0; index < state.plan->steps.size(); ++index) {
            const StepStatus status = models::effectiveStatus(state, index);
            if (!isOver(status) && state.plan->isLeaf(index))
                lines.append(u"  %1: %2"_qs.arg(models::stepStatusName(status),
                                                state.plan->steps[index].step.title));
        }
        if (state.verification)
            lines.append(state.verification->reason);
    }
    for (const app::HealthService::Watched& service : m_health.services()) {
        const auto now = app::presentInstant();
        const auto version = m_versions.standing(service.environment, service.service, now);
        lines.append(u"%1: %2; %3"_qs.arg(service.service, m_health.standing(service, now).words,
                                          version ? version->words : QString()));
    }
    return lines.join(u'\n');
}

RunState ReleaseConsole::stateOf(const models::RunId& run) const {
    const RunState* const state = run.isEmpty() ? nullptr : m_runs.state(run);
    return state != nullptr ? *state : RunState();
}

} // namespace tests
