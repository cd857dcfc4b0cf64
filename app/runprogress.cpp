// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runprogress.h"

#include "app/commandlineoutput.h"
#include "app/run/runrecord.h"
#include "models/run/hosts.h"

namespace app {

using models::EventKind;
using models::StepStatus;

namespace {

/// The step's title; where it has several hosts, with the one that is meant.
QString titleAt(const models::Step& step, const QString& place) {
    return place.isEmpty() || !models::hasSeveralHosts(step) ? step.title
                                                             : step.title + u" · "_qs + place;
}

} // namespace

RunProgress::RunProgress(RunService& runs)
    : m_runs(runs) {}

void RunProgress::follow(const models::RunId& run) {
    m_run = run;
    m_plan = m_runs.state(run)->plan;
    m_watched.reset();
}

void RunProgress::report(const QList<models::Event>& events) {
    QList<models::StepId> further; // steps on several hosts that came further
    for (const models::Event& event : events) {
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
bool RunProgress::reportObserved(const models::Event& event) {
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
    case EventKind::RollbackVerified: {
        const models::RunState* state = m_runs.state(m_run);
        for (const models::RollbackObservation& seen : state->verification->observations)
            print(u"  %1  %2: %3"_qs.arg(
                models::verdictName(seen.finding.verdict).leftJustified(7), seen.what,
                seen.finding.reason.isEmpty() ? seen.finding.observed : seen.finding.reason));
        print(u"  %1  the way back: %2"_qs.arg(
            models::verdictName(state->verification->verdict).leftJustified(7),
            state->verification->reason));
        return true;
    }
    case EventKind::WatchStarted:
    case EventKind::WatchObserved:
    case EventKind::WatchEnded:
        reportWatch(event);
        return true;
    default:
        return false;
    }
}

void RunProgress::reportGate(const models::Step& step, const models::Event& event) {
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

void RunProgress::reportWatch(const models::Event& event) {
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
}

/// The result of one attempt: of the step, or of it on one of its hosts.
void RunProgress::reportEnd(const models::Step& step, const models::AttemptKey& key) {
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
void RunProgress::reportHosts(const models::StepId& step) {
    const models::RunState& state = *m_runs.state(m_run);
    const int index = state.plan->indexOf.value(step);
    const models::StepStatus status = state.step(step).status;
    if (status == StepStatus::Running || models::isBetweenBatches(state, index))
        return;
    print(u"  %1  %2: %3"_qs.arg(models::stepStatusName(status).leftJustified(7),
                                 state.plan->steps[index].step.title,
                                 models::hostSummary(models::hostProgress(state, index))));
}

void RunProgress::reportOutput(const models::AttemptKey& attempt, int stream,
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

void RunProgress::flushOutput(const models::AttemptKey& attempt) {
    for (int stream = 0; stream < 2; ++stream) {
        const QByteArray rest = m_lines.take({attempt, stream});
        if (!rest.isEmpty())
            print(outputMark(attempt, stream) + harmless(QString::fromUtf8(rest)));
    }
}

/// What stands before a line of output: which stream, and where a step has several hosts, which.
QString RunProgress::outputMark(const models::AttemptKey& key, int stream) const {
    const QString mark = stream == 0 ? u"  | "_qs : u"  ! "_qs;
    const models::RunState* state = m_runs.state(m_run);
    const models::PlanStep* step = m_plan ? m_plan->find(key.step) : nullptr;
    if (!state || !step || !models::hasSeveralHosts(step->step))
        return mark;
    const QList<models::Attempt>& attempts = state->step(key.step).attempts;
    const bool isKnown = key.number >= 1 && key.number <= attempts.size();
    return isKnown ? mark + attempts[key.number - 1].place + u": "_qs : mark;
}

} // namespace app
