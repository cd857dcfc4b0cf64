// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headlessrun.h"

#include "app/commandlineoutput.h"
#include "app/run/runrecord.h"
#include "app/run/whenfinished.h"
#include "app/unixsignals.h"
#include "models/run/event.h"
#include "models/run/hosts.h"
#include "models/run/observations.h"
#include "models/run/rollbackplan.h"

#include <QCoreApplication>
#include <QTimer>

namespace app {

using namespace std::chrono_literals;
using models::EventKind;
using models::StepStatus;

namespace {

/// The step's title; where it has several hosts, with the one that is meant.
QString titleAt(const models::Step& step, const QString& place) {
    return place.isEmpty() || !models::hasSeveralHosts(step) ? step.title
                                                             : step.title + u" · "_qs + place;
}

/// Every step is done, and the run is watched or about to be.
bool isWatchAhead(const models::RunState& state) {
    const models::Observations wanted = models::observations(state);
    return wanted.watch || wanted.startWatch;
}

} // namespace

HeadlessRun::HeadlessRun(RunService& runs)
    : m_runs(runs) {
    connect(&runs, &RunService::runOpened, this,
            [this](const models::RunId& run, const QList<models::Event>&, const QString& heldBy,
                   const QString& damage) { opened(run, heldBy, damage); });
    connect(&runs, &RunService::eventsAppended, this,
            [this](const models::RunId&, const QList<models::Event>& events) { report(events); });
    connect(&runs, &RunService::outputReceived, this, &HeadlessRun::reportOutput);
    connect(&runs, &RunService::runAllStopped, this,
            [this](const models::RunId&, const models::StepId& step, const QString& reason) {
                stopped(step, reason);
            });
    connect(&runs, &RunService::intentRefused, this,
            [](const models::RunId&, const models::StepId& step, const models::Error& error) {
                if (step.isEmpty())
                    printError(error.message);
            });
}

models::Result<models::RunId> HeadlessRun::unfinished(const models::RunId& run,
                                                      const models::Plan* plan) {
    const auto runs = m_runs.runs().result();
    if (!runs)
        return tl::unexpected(runs.error());
    const RunSummary* newest = nullptr;
    for (const RunSummary& summary : *runs) {
        const bool meant = run.isEmpty()
                               ? plan && summary.workspaceId == plan->context.workspaceId &&
                                     summary.runbookPath == plan->context.runbookPath &&
                                     summary.environment == plan->context.environment
                               : summary.id == run;
        if (meant && summary.status != models::RunStatus::Closed &&
            (!newest || newest->startedAt < summary.startedAt))
            newest = &summary;
    }
    if (newest)
        return newest->id;
    return models::failure(
        models::ErrorCode::NotFound,
        run.isEmpty() ? u"There is no unfinished run of this runbook in this environment."_qs
                      : u"There is no unfinished run %1."_qs.arg(run.text()));
}

QString HeadlessRun::workspaceOf(const models::RunId& run) {
    const auto runs = m_runs.runs().result();
    for (const RunSummary& summary : runs ? *runs : QList<RunSummary>()) {
        if (summary.id == run)
            return summary.workspaceRoot;
    }
    return {};
}

int HeadlessRun::start(const models::PlanPointer& plan, const QMap<QString, QString>& variables) {
    return turn(m_runs.start(plan, variables));
}

int HeadlessRun::resume(const models::RunId& run) {
    return turn(m_runs.open(run));
}

int HeadlessRun::turn(const QFuture<models::Result<models::RunId>>& opening) {
    UnixSignals signals_;
    connect(&signals_, &UnixSignals::received, this, &HeadlessRun::interrupted);
    whenFinished(opening, this, [this](const models::Result<models::RunId>& run) {
        if (!run)
            leave(fail(run.error()));
    });
    return QCoreApplication::exec();
}

void HeadlessRun::opened(const models::RunId& run, const QString& heldBy, const QString& damage) {
    m_run = run;
    const models::RunState* state = m_runs.state(run);
    if (!damage.isEmpty() || !state) {
        leave(fail({models::ErrorCode::Damaged,
                    u"The run %1 is damaged and can only be read: %2"_qs.arg(run.text(), damage),
                    {}}));
        return;
    }
    if (!heldBy.isEmpty()) {
        leave(fail({models::ErrorCode::Locked,
                    u"The run %1 is held by %2."_qs.arg(run.text(), heldBy),
                    {}}));
        return;
    }
    m_plan = state->plan;
    print(u"run %1: %2 in %3"_qs.arg(run.text(),
                                     m_plan->runbook.title.isEmpty() ? m_plan->context.runbookPath
                                                                     : m_plan->runbook.title,
                                     m_plan->context.environment));
    m_runs.runAll(run);
}

void HeadlessRun::report(const QList<models::Event>& events) {
    QList<models::StepId> further; // steps on several hosts that came further
    for (const models::Event& event : events) {
        if (event.kind == EventKind::RunClosed) {
            const models::RunState* state = m_runs.state(m_run);
            print(u"run %1: %2"_qs.arg(m_run.text(), models::runOutcomeName(state->outcome)));
            leave(exitGood);
            return;
        }
        if (reportObserved(event))
            continue;
        const models::StepId id(event.payload.value(u"step").toString());
        const models::PlanStep* step = m_plan ? m_plan->find(id) : nullptr;
        if (!step)
            continue;
        const models::AttemptKey key{m_run, id, event.payload.value(u"attempt").toInt()};
        const bool isSeveral = models::hasSeveralHosts(step->step);
        if (event.kind == EventKind::StepStarted || event.kind == EventKind::TimerSet) {
            const bool isPause = isSeveral && event.kind == EventKind::TimerSet;
            print((isPause ? u"  waiting  "_qs : u"  started  "_qs) +
                  titleAt(step->step, event.payload.value(u"place").toString()));
        } else if (event.kind == EventKind::StepFinished || event.kind == EventKind::Cancelled ||
                   event.kind == EventKind::OutcomeUnknown) {
            reportEnd(step->step, key);
            if (isSeveral && !further.contains(id))
                further.append(id);
        } else if (event.kind == EventKind::TimerFired && !isSeveral) {
            print(u"  passed   "_qs + step->step.title);
        }
    }
    for (const models::StepId& step : std::as_const(further))
        reportHosts(step);
}

/// What was observed of the run: its gates, its triggers and its watch. False for all else.
bool HeadlessRun::reportObserved(const models::Event& event) {
    const auto text = [&event](QStringView key) { return event.payload.value(key).toString(); };
    const models::StepId id(text(u"step"));
    switch (event.kind) {
    case EventKind::GateEntered:
    case EventKind::GateObserved:
    case EventKind::GatePassed:
    case EventKind::TimerFired: {
        const models::RunState* state = m_runs.state(m_run);
        if (!state || !state->gates.contains(id))
            return false;
        reportGate(m_plan->find(id)->step, event);
        return true;
    }
    case EventKind::TriggerHeld:
        print(u"  trigger  %1 holds: %2"_qs.arg(text(u"trigger"), text(u"words")));
        return true;
    case EventKind::TriggerCleared:
        print(u"  trigger  %1 is over: %2"_qs.arg(text(u"trigger"), text(u"words")));
        return true;
    case EventKind::WatchStarted:
    case EventKind::WatchObserved:
    case EventKind::WatchEnded:
        reportWatch(event);
        return true;
    default:
        return false;
    }
}

void HeadlessRun::reportGate(const models::Step& step, const models::Event& event) {
    const models::GateState& gate = m_runs.state(m_run)->gates[step.id];
    const models::StepState& standing = m_runs.state(m_run)->step(step.id);
    switch (event.kind) {
    case EventKind::GateEntered:
        print(u"  waiting  %1: %2; until %3"_qs.arg(
            step.title,
            step.condition.isEmpty() ? u"the same version passed in "_qs + step.requiresEnvironment
                                     : step.condition,
            readableTime(gate.deadline)));
        return;
    case EventKind::GateObserved:
        print(u"  %1  %2: %3 (%4 of %5 readings)"_qs.arg(
            models::verdictName(gate.verdict).leftJustified(7), step.title, gate.words,
            QString::number(gate.samples), QString::number(gate.rule.samples)));
        return;
    default:
        print(u"  %1  %2: %3"_qs.arg(models::stepStatusName(standing.status).leftJustified(7),
                                     step.title, standing.reason));
    }
}

void HeadlessRun::reportWatch(const models::Event& event) {
    const std::optional<models::WatchState>& watch = m_runs.state(m_run)->watch;
    if (!watch)
        return;
    if (event.kind == EventKind::WatchStarted) {
        print(u"  watching until %1"_qs.arg(readableTime(watch->until)));
        return;
    }
    const bool isOver = event.kind == EventKind::WatchEnded;
    const models::Verdict verdict = isOver ? watch->result : watch->verdict;
    if (!isOver && std::exchange(m_watched, verdict) == verdict)
        return;
    QStringList words{watch->words};
    for (const models::CriterionSeen& criterion : watch->criteria) {
        if (!isOver && criterion.verdict == verdict)
            words.append(criterion.words);
    }
    words.removeAll(QString());
    print(u"  %1  the watch: %2"_qs.arg(models::verdictName(verdict).leftJustified(7),
                                        words.join(u"; "_qs)));
    if (isOver && verdict != models::Verdict::Pass)
        stopped({}, u"The watch did not end well: %1"_qs.arg(watch->words));
}

/// The result of one attempt: of the step, or of it on one of its hosts.
void HeadlessRun::reportEnd(const models::Step& step, const models::AttemptKey& key) {
    flushOutput(key);
    const QList<models::Attempt>& attempts = m_runs.state(m_run)->step(step.id).attempts;
    if (key.number < 1 || key.number > attempts.size())
        return;
    const models::Attempt& attempt = attempts[key.number - 1];
    const double seconds =
        double(attempt.finishedAt.nanoseconds - attempt.startedAt.nanoseconds) / 1e9;
    // Of a step at one place it is said at the end; of several hosts each has a reason of its own.
    const bool hasReason = models::hasSeveralHosts(step) && !attempt.reason.isEmpty();
    print(u"  %1  %2 (%3 s)%4"_qs.arg(
        models::stepStatusName(attempt.verdict).leftJustified(7), titleAt(step, attempt.place),
        QString::number(seconds, 'f', 1), hasReason ? u": "_qs + attempt.reason : QString()));
    if (!attempt.evidence.isEmpty())
        print(u"           "_qs + attempt.evidence);
}

/// What the hosts come to, once nothing more follows by itself.
void HeadlessRun::reportHosts(const models::StepId& step) {
    const models::RunState& state = *m_runs.state(m_run);
    const int index = state.plan->indexOf.value(step);
    const models::StepStatus status = state.step(step).status;
    if (status == StepStatus::Running || models::isBetweenBatches(state, index))
        return;
    print(u"  %1  %2: %3"_qs.arg(models::stepStatusName(status).leftJustified(7),
                                 state.plan->steps[index].step.title,
                                 models::hostSummary(models::hostProgress(state, index))));
}

void HeadlessRun::reportOutput(const models::AttemptKey& attempt, int stream,
                               const QByteArray& bytes) {
    QByteArray& pending = m_lines[{attempt, stream}];
    pending += bytes;
    const qsizetype end = pending.lastIndexOf('\n');
    if (end < 0)
        return;
    const QByteArray lines = pending.left(end);
    pending.remove(0, end + 1);
    const QString mark = outputMark(attempt, stream);
    QStringList shown;
    for (const QByteArray& line : lines.split('\n'))
        shown.append(mark + harmless(QString::fromUtf8(line)));
    print(shown.join(u'\n'));
}

void HeadlessRun::flushOutput(const models::AttemptKey& attempt) {
    for (int stream = 0; stream < 2; ++stream) {
        const QByteArray rest = m_lines.take({attempt, stream});
        if (!rest.isEmpty())
            print(outputMark(attempt, stream) + harmless(QString::fromUtf8(rest)));
    }
}

/// What stands before a line of output: which stream, and where a step has several hosts, which.
QString HeadlessRun::outputMark(const models::AttemptKey& key, int stream) const {
    const QString mark = stream == 0 ? u"  | "_qs : u"  ! "_qs;
    const models::RunState* state = m_runs.state(m_run);
    const models::PlanStep* step = m_plan ? m_plan->find(key.step) : nullptr;
    if (!state || !step || !models::hasSeveralHosts(step->step))
        return mark;
    const QList<models::Attempt>& attempts = state->step(key.step).attempts;
    const bool isKnown = key.number >= 1 && key.number <= attempts.size();
    return isKnown ? mark + attempts[key.number - 1].place + u": "_qs : mark;
}

void HeadlessRun::stopped(const models::StepId& step, const QString& reason) {
    const models::RunState* state = m_runs.state(m_run);
    if (step.isEmpty() && state && isWatchAhead(*state))
        return; // its end is the run's
    if (step.isEmpty() && state && models::isWatchSettled(*state) &&
        models::goodOutcome(*state) != models::RunOutcome::None) {
        m_runs.close(m_run, models::RunOutcome::Succeeded, u"Every step is done."_qs);
        return;
    }
    const models::PlanStep* at = m_plan ? m_plan->find(step) : nullptr;
    printError(
        at ? u"Stopped at “%1” (line %2): %3"_qs.arg(at->step.title,
                                                     QString::number(at->step.range.first), reason)
           : u"Stopped: %1"_qs.arg(reason.isEmpty() ? u"There is nothing to run."_qs : reason));
    printError(resumeHint());
    leave(exitFellShort);
}

void HeadlessRun::interrupted() {
    const bool running = m_runs.attemptsUnderWay() > 0;
    printError(running
                   ? u"Interrupted. The command goes on at its place, and the run stays open."_qs
                   : u"Interrupted. The run stays open."_qs);
    printError(resumeHint());
    leave(exitFellShort);
}

QString HeadlessRun::resumeHint() const {
    return m_run.isEmpty() ? QString()
                           : u"To go on: gantry run --unattended --resume %1"_qs.arg(m_run.text());
}

void HeadlessRun::leave(int status) {
    if (m_left)
        return;
    m_left = true;
    const auto exit = [status] { QCoreApplication::exit(status); };
    // A keychain that waits for its owner to unlock it does not hold the command up for long.
    QTimer::singleShot(2s, qApp, exit);
    if (m_run.isEmpty())
        QMetaObject::invokeMethod(qApp, exit, Qt::QueuedConnection);
    else
        whenFinished(m_runs.release(m_run), qApp, [exit](const models::Result<void>&) { exit(); });
}

namespace {

void rehearseGate(const models::Plan& plan, const models::Step& step) {
    const models::GateRule rule = models::gateRuleOf(plan, step);
    const auto words = [](std::chrono::milliseconds time) {
        return models::valueWords(
            models::Quantity{std::chrono::duration<double>(time).count(), models::Unit::Time});
    };
    print(step.condition.isEmpty()
              ? u"   waits for a run of the same version in %1"_qs.arg(step.requiresEnvironment)
              : u"   waits for: %1"_qs.arg(step.condition));
    print(u"   read every %1, at least %2 times, for at most %3"_qs.arg(
        words(rule.every), QString::number(rule.samples), words(rule.deadline)));
}

/// One step of a rehearsal; false where it could not be run as it stands.
bool rehearseStep(const models::RunState& state, int index, int number) {
    const models::Step& step = state.plan->steps[index].step;
    print(u"%1. %2 (line %3)"_qs.arg(number).arg(step.title).arg(step.range.first));
    const StepNeeds needs = RunService::needs(state, step.id);
    if (models::isObserved(step)) {
        rehearseGate(*state.plan, step);
        return true;
    }
    if (step.commands.isEmpty() && !step.http) {
        print(u"   "_qs + needs.needsPerson);
        return true;
    }
    StartOptions options;
    options.choice = needs.choices.value(0);
    if (!needs.choices.isEmpty())
        print(u"   one of: "_qs + needs.choices.join(u", "_qs));
    if (!needs.terminalCommand.isEmpty())
        print(u"   in a terminal: "_qs + needs.terminalCommand.trimmed());
    const ResolvedCommand command = RunService::resolve(state, step.id, options);
    if (!command.missing.isEmpty()) {
        if (!needs.terminalCommand.isEmpty())
            return true;
        print(u"   cannot run: "_qs + command.missing);
        printError(u"“%1” (line %2): %3"_qs.arg(step.title, QString::number(step.range.first),
                                                command.missing));
        return false;
    }
    print(u"   %1 at %2, in %3"_qs.arg(command.shell, command.place, command.workingDirectory));
    if (step.options.contains(QLatin1String("batch")) && command.places.size() > 1) {
        const QString wait = step.options.text(QLatin1String("wait"));
        print(u"   hosts at a time: %1%2"_qs.arg(
            step.options.text(QLatin1String("batch")),
            wait.isEmpty() ? QString() : u", with %1 between"_qs.arg(wait)));
    }
    for (auto it = command.variables.cbegin(); it != command.variables.cend(); ++it)
        print(u"   %1=%2"_qs.arg(it.key(), it.value()));
    for (const QString& name : command.secrets)
        print(u"   %1 (secret)"_qs.arg(name));
    for (const QString& line : command.script.split(u'\n'))
        print(u"   > "_qs + line);
    if (!needs.needsPerson.isEmpty())
        print(u"   "_qs + needs.needsPerson);
    return true;
}

/// The way back from the end; false where it could not be gone as it stands.
bool rehearseRollback(const models::RunState& state) {
    const models::RollbackPlan back = models::rollbackPlanAtEnd(state);
    print(u"The way back, once all of it ran:"_qs);
    int number = 0;
    for (const models::RollbackItem& item : back.items) {
        const bool isDone = item.need != models::Need::NotNeeded;
        const QString undoes =
            item.undoesTitle.isEmpty() ? QString() : u" (undoes “%1”)"_qs.arg(item.undoesTitle);
        print((isDone ? u"%1. "_qs.arg(++number) : u"-  "_qs) + item.title + undoes);
        if (!item.because.isEmpty())
            print(u"   "_qs + item.because);
        if (!isDone)
            continue;
        print(item.where.isEmpty() ? u"   done by hand"_qs : u"   at "_qs + item.where);
        for (const QString& line : item.script.trimmed().split(u'\n', Qt::SkipEmptyParts))
            print(u"   > "_qs + line);
        if (!item.problem.isEmpty())
            print(u"   cannot run: "_qs + item.problem);
    }
    for (const models::RollbackRemainder& remainder : back.remainders) {
        print((remainder.isIrreversible ? u"cannot be undone: "_qs : u"names no inverse: "_qs) +
              remainder.title);
    }
    for (const QString& problem : back.problems())
        printError(u"The way back: %1"_qs.arg(problem));
    return back.problems().isEmpty();
}

} // namespace

int rehearse(const models::PlanPointer& plan, const QMap<QString, QString>& variables) {
    models::RunState state = RunService::preview(plan);
    state.variables.insert(variables);
    print(u"%1 in %2: a rehearsal, nothing is run."_qs.arg(
        plan->runbook.title.isEmpty() ? plan->context.runbookPath : plan->runbook.title,
        plan->context.environment));
    int number = 0;
    bool complete = true;
    for (int index = 0; index < plan->steps.size(); ++index) {
        const models::PlanStep& step = plan->steps[index];
        if (plan->isLeaf(index) && step.applicable && step.step.lane == plan->mainLane())
            complete = rehearseStep(state, index, ++number) && complete;
    }
    if (plan->mainLane() == models::Lane::Main)
        complete = rehearseRollback(state) && complete;
    return complete ? exitGood : exitFellShort;
}

} // namespace app
