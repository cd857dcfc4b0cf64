// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/actionrunner.h"

#include "app/diagnostics/clock.h"
#include "app/run/runrecord.h"
#include "app/run/whenfinished.h"

namespace app {

namespace {

using State = ActionProgress::State;

constexpr qint64 lastWords = 4096; ///< bytes of a stream that are looked at

QString lastLine(const QByteArray& output) {
    const QStringList lines = readableOutput(output).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (const QString words = line->simplified(); !words.isEmpty())
            return words;
    }
    return {};
}

} // namespace

ActionRunner::ActionRunner(RunService& runs, QObject* parent)
    : QObject(parent)
    , m_runs(runs) {
    connect(&runs, &RunService::runOpened, this, &ActionRunner::settleRun);
    connect(&runs, &RunService::eventsAppended, this, &ActionRunner::settleRun);
    connect(&runs, &RunService::runReleased, this, &ActionRunner::takeUpAgain);
    connect(&runs, &RunService::intentRefused, this,
            [this](const models::RunId& run, const models::StepId&, const models::Error& error) {
                onRefused(run, error);
            });
}

int ActionRunner::start(const models::PlanPointer& plan, const models::StepId& step,
                        const QMap<QString, QString>& variables,
                        const QMap<QString, QString>& secrets) {
    const int number = ++m_last;
    Action action;
    action.progress.title = plan->runbook.title;
    action.progress.startedAt = presentInstant();
    action.step = step;
    m_actions.emplace(number, action);
    whenFinished(m_runs.start(plan, variables), this,
                 [this, number, secrets](const models::Result<models::RunId>& run) {
                     if (run) {
                         begin(number, *run, secrets);
                         return;
                     }
                     tell(number, State::Refused, run.error().message);
                     m_actions.erase(number);
                 });
    return number;
}

void ActionRunner::begin(int number, const models::RunId& run,
                         const QMap<QString, QString>& secrets) {
    Action& action = m_actions.at(number);
    action.progress.run = run;
    if (!secrets.isEmpty())
        m_runs.giveSecrets(run, secrets);
    StartOptions options;
    options.confirmed = true;
    m_runs.startStep(run, action.step, options);
    Q_EMIT changed(number, ActionProgress(action.progress));
}

void ActionRunner::settleRun(const models::RunId& run) {
    for (const auto& [number, action] : m_actions) {
        if (action.progress.run == run) {
            settle(number);
            return;
        }
    }
}

void ActionRunner::settle(int number) {
    const Action& action = m_actions.at(number);
    const models::RunState* const state = m_runs.state(action.progress.run);
    if (!state)
        return;
    if (state->status == models::RunStatus::Closed)
        finish(number, *state);
    else
        settleStep(number, *state);
}

void ActionRunner::settleStep(int number, const models::RunState& state) {
    Action& action = m_actions.at(number);
    const models::StepState& step = state.step(action.step);
    if (!step.attempts.isEmpty()) {
        QStringList places;
        for (const models::Attempt& attempt : step.attempts) {
            if (!places.contains(attempt.place))
                places.append(attempt.place);
        }
        action.progress.place = places.join(QStringLiteral(", "));
    }
    switch (step.status) {
    case models::StepStatus::Running:
        tell(number, State::Running);
        return;
    case models::StepStatus::Passed:
    case models::StepStatus::Failed: {
        if (action.isClosing)
            return;
        action.isClosing = true;
        const bool isPassed = step.status == models::StepStatus::Passed;
        m_runs.close(state.id,
                     isPassed ? models::RunOutcome::Succeeded : models::RunOutcome::Failed,
                     step.reason);
        return;
    }
    case models::StepStatus::Waiting:
    case models::StepStatus::Unknown:
        tell(number, State::NeedsPerson, step.reason);
        return;
    case models::StepStatus::Pending:
    case models::StepStatus::Blocked:
    case models::StepStatus::Skipped:
        return;
    }
}

void ActionRunner::finish(int number, const models::RunState& state) {
    Action& action = m_actions.at(number);
    const models::StepState& step = state.step(action.step);
    action.progress.finishedAt = presentInstant();
    const models::RunId run = state.id;
    const bool isPassed = state.outcome == models::RunOutcome::Succeeded ||
                          state.outcome == models::RunOutcome::SucceededWithDeviations;
    if (action.progress.state != State::Refused)
        tell(number, isPassed ? State::Passed : State::Failed, step.reason);
    if (isPassed || step.attempts.isEmpty())
        m_actions.erase(number);
    else
        fetchLastOutput(number, {run, action.step, step.attempts.last().number});
    (void)m_runs.release(run);
}

/// Of the standard error, or where that is silent of the other.
void ActionRunner::fetchLastOutput(int number, const models::AttemptKey& attempt) {
    const auto take = [this, number](const QString& line) {
        ActionProgress progress = m_actions.at(number).progress;
        m_actions.erase(number);
        progress.lastOutput = line;
        if (!line.isEmpty())
            Q_EMIT changed(number, progress);
    };
    whenFinished(m_runs.output(attempt, int(OutputStream::Stderr), lastWords), this,
                 [this, take, attempt](const models::Result<QByteArray>& err) {
                     if (const QString line = err ? lastLine(*err) : QString(); !line.isEmpty()) {
                         take(line);
                         return;
                     }
                     whenFinished(m_runs.output(attempt, int(OutputStream::Stdout), lastWords),
                                  this, [take](const models::Result<QByteArray>& out) {
                                      take(out ? lastLine(*out) : QString());
                                  });
                 });
}

/// A page that showed the run has let it go: it is still to be brought to its end.
void ActionRunner::takeUpAgain(const models::RunId& run) {
    for (const auto& [number, action] : m_actions) {
        if (action.progress.run == run && action.progress.finishedAt.isNull())
            (void)m_runs.open(run);
    }
}

void ActionRunner::onRefused(const models::RunId& run, const models::Error& error) {
    for (auto& [number, action] : m_actions) {
        if (action.progress.run != run || !action.progress.finishedAt.isNull())
            continue;
        action.isClosing = false;
        const bool hasBegun = action.progress.state != State::Starting;
        tell(number, hasBegun ? State::NeedsPerson : State::Refused, error.message);
        if (!hasBegun)
            m_runs.close(run, models::RunOutcome::Aborted, error.message);
        return;
    }
}

void ActionRunner::tell(int number, ActionProgress::State state, const QString& words) {
    ActionProgress& progress = m_actions.at(number).progress;
    if (progress.state == state && progress.words == words)
        return;
    progress.state = state;
    progress.words = words;
    Q_EMIT changed(number, ActionProgress(progress));
}

} // namespace app
