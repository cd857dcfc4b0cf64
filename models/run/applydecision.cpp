// SPDX-License-Identifier: GPL-3.0-or-later
// What people and timers decide about a step.
#include "models/run/approvalrule.h"
#include "models/run/folder.h"
#include "models/run/standing.h"

#include <algorithm>

namespace models {

/// A judgement is one of the attempts that wait for it; without one it is of the step.
void Folder::confirm() {
    if (!decidable())
        return;
    const StepStatus verdict =
        m_event.payload.value(u"passed").toBool() ? StepStatus::Passed : StepStatus::Failed;
    if (verdict == StepStatus::Passed && m_state.gates.contains(m_id))
        return; // what is observed decides it
    const QList<Attempt*> judged = attemptsToJudge();
    for (Attempt* attempt : judged)
        attempt->verdict = verdict;
    noteDoneByHand();
    if (onSeveralHosts() && !judged.isEmpty()) {
        settle(*judged.last());
        const QString remark = text(u"remark");
        if (!remark.isEmpty())
            step().reason = remark;
        return;
    }
    decide(verdict);
    step().reason = text(u"remark");
}

QList<Attempt*> Folder::attemptsToJudge() {
    const QString host = text(u"host");
    StepState& judged = step();
    QList<Attempt*> waiting;
    for (qsizetype i = judged.openedAfter; i < judged.attempts.size(); ++i) {
        Attempt& attempt = judged.attempts[i];
        if (attempt.verdict == StepStatus::Waiting && (host.isEmpty() || host == attempt.place))
            waiting.append(&attempt);
    }
    return waiting;
}

void Folder::skip() {
    if (!decidable())
        return;
    m_state.current = m_id;
    decide(StepStatus::Skipped);
    step().reason = text(u"reason");
    deviate();
}

void Folder::markPassed() {
    if (!decidable())
        return;
    noteDoneByHand();
    if (!text(u"host").isEmpty()) {
        markHostPassed();
        return;
    }
    decide(StepStatus::Passed);
    step().evidence = text(u"evidence");
    deviate();
}

/// What follows on other hosts is held: a person has to say that it goes on.
void Folder::markHostPassed() {
    const QList<HostProgress> hosts = hostProgress(m_state, m_index);
    const auto host = std::find_if(
        hosts.cbegin(), hosts.cend(),
        [name = text(u"host")](const HostProgress& candidate) { return candidate.host == name; });
    if (host == hosts.cend() || host->attempt == 0 || host->status == StepStatus::Passed)
        return;
    Attempt& attempt = step().attempts[host->attempt - 1];
    attempt.verdict = StepStatus::Passed;
    attempt.markedBecause = text(u"evidence");
    step().rollout = Rollout::Held;
    settleHosts();
    deviate();
}

void Folder::reopen() {
    if (!decidable())
        return;
    step().openedAfter = step().attempts.size();
    step().rollout = Rollout::Held;
    step().request = {};
    step().says.clear();
    step().approvals = 0;
    step().approvedBy.clear();
    step().reason.clear();
    step().evidence.clear();
    if (!hasRun(step()))
        step().changeSeq = 0; // it was a slip of the hand
    m_state.gates.remove(m_id);
    if (m_state.watch && !m_state.watch->isUnderWay())
        m_state.watch.reset(); // what is done again is watched again
    decide(StepStatus::Pending);
}

void Folder::edit() {
    if (m_index < 0)
        return;
    if (m_event.payload.contains(u"owner"))
        step().owner = text(u"owner");
    if (m_event.payload.contains(u"script"))
        deviate();
}

void Folder::passGate() {
    const bool isObserved = m_state.gates.contains(m_id);
    if (!decidable() || (isObserved && !passesByObservation()))
        return;
    decide(StepStatus::Passed);
    step().reason = text(u"remark");
    if (isObserved)
        step().actor.clear();
}

void Folder::overrideGate() {
    if (!decidable())
        return;
    decide(StepStatus::Passed);
    const QString second = text(u"second");
    const QString verified =
        m_event.payload.value(u"verified").toBool() ? u", verified"_qs : QString();
    step().reason = second.isEmpty() ? text(u"reason")
                                     : u"%1 (with %2%3)"_qs.arg(text(u"reason"), second, verified);
    deviate();
}

/// Of a wait step, or of the pause between two batches of hosts.
void Folder::setTimer() {
    const bool isPause = m_index >= 0 && isBetweenBatches(m_state, m_index);
    if (!isPause && (!decidable() || onSeveralHosts()))
        return;
    if (isApproval(m_state.plan->steps[m_index].step))
        return; // its request says until when
    decide(StepStatus::Waiting);
    step().waitUntil = Instant::fromString(text(u"until"));
    refreshActive(m_state, m_index);
}

void Folder::fireTimer() {
    if (m_index < 0 || status() != StepStatus::Waiting || step().waitUntil.isNull())
        return;
    if (const GateState* const gate = enteredGate()) {
        missGate(*gate);
        return;
    }
    if (isApproval(m_state.plan->steps[m_index].step)) {
        expireApproval();
        return;
    }
    if (!onSeveralHosts()) {
        decide(StepStatus::Passed);
        return;
    }
    step().waitedAfter = step().attempts.size();
    settleHosts();
}

void Folder::decide(StepStatus status) {
    StepState& changed = step();
    changed.actor = m_event.actor;
    changed.changedAt = m_event.at;
    changed.waitUntil = {};
    setLeafStatus(m_state, m_index, status);
}

void Folder::deviate() {
    if (m_index < 0 || step().deviation)
        return;
    step().deviation = true;
    if (m_state.plan->steps[m_index].step.lane == m_state.plan->mainLane())
        ++m_state.standing.deviations;
}

} // namespace models
