// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/folder.h"
#include "models/run/standing.h"

#include <QJsonArray>

namespace models {

QMap<QString, QString> stringMap(const QJsonValue& value) {
    QMap<QString, QString> result;
    const QJsonObject object = value.toObject();
    for (auto it = object.constBegin(); it != object.constEnd(); ++it)
        result.insert(it.key(), it.value().toString());
    return result;
}

QStringList stringList(const QJsonValue& value) {
    QStringList result;
    for (const QJsonValue& entry : value.toArray())
        result.append(entry.toString());
    return result;
}

void Folder::fold() {
    if (m_event.kind == EventKind::Unrecognised) {
        m_state.readOnly = true;
        return;
    }
    if (m_event.kind == EventKind::RunStarted) {
        startRun();
        return;
    }
    if (!m_state.plan || m_state.id != m_event.run)
        return;
    if (m_event.kind == EventKind::NoteAdded) {
        addNote();
        return;
    }
    if (m_event.kind == EventKind::EvidencePinned) {
        pinEvidence();
        return;
    }
    if (m_event.kind == EventKind::ReleaseBlocked) {
        blockRelease();
        return;
    }
    if (m_event.kind == EventKind::ReleaseUnblocked) {
        unblockRelease();
        return;
    }
    if (m_event.kind == EventKind::LockReleased) {
        releaseLock();
        return;
    }
    if (m_state.status == RunStatus::Closed)
        return;
    m_id = StepId(text(u"step"));
    m_index = m_state.plan->indexOf.value(m_id, -1);
    foldStepEvent();
    // Journals from before waves were recorded: a step of it tells as well.
    if (m_index >= 0 && status() != StepStatus::Pending)
        enterWave();
}

void Folder::foldStepEvent() {
    switch (m_event.kind) {
    case EventKind::VariablesSet:
        return setVariables();
    case EventKind::StepStarted:
        return startStep();
    case EventKind::OutputRecorded:
        return recordOutput();
    case EventKind::StepFinished:
        return finishAttempt(AttemptStatus::Exited);
    case EventKind::Cancelled:
        return finishAttempt(AttemptStatus::Cancelled);
    case EventKind::StepConfirmed:
        return confirm();
    case EventKind::StepSkipped:
        return skip();
    case EventKind::StepMarkedPassed:
        return markPassed();
    case EventKind::StepReopened:
        return reopen();
    case EventKind::StepEdited:
        return edit();
    case EventKind::CommandAdded:
        return addCommand();
    case EventKind::OutcomeUnknown:
        return loseOutcome();
    case EventKind::Reattached:
        return reattach();
    case EventKind::CancelRequested:
        return requestCancel();
    case EventKind::GatePassed:
        return passGate();
    case EventKind::GateOverridden:
        return overrideGate();
    case EventKind::ApprovalRequested:
        return requestApproval();
    case EventKind::ApprovalGiven:
        return takeSay(true);
    case EventKind::ApprovalRejected:
        return takeSay(false);
    case EventKind::ApprovalExpired:
        return expireApproval();
    case EventKind::RiskAcknowledged:
        return acknowledgeRisk();
    case EventKind::TimerSet:
        return setTimer();
    case EventKind::TimerFired:
        return fireTimer();
    case EventKind::GateEntered:
        return enterGate();
    case EventKind::GateObserved:
        return observeGate();
    case EventKind::TriggerArmed:
        return armTrigger();
    case EventKind::TriggerHeld:
        return turnTrigger(true);
    case EventKind::TriggerCleared:
        return turnTrigger(false);
    case EventKind::TriggerAcknowledged:
        return acknowledgeTrigger();
    case EventKind::WatchStarted:
        return startWatch();
    case EventKind::WatchObserved:
        return observeWatch();
    case EventKind::WatchEnded:
        return endWatch();
    case EventKind::DriverChanged:
        return changeDriver();
    case EventKind::RunPaused:
        m_state.paused = true;
        return;
    case EventKind::RunResumed:
        m_state.paused = false;
        return;
    case EventKind::LockTaken:
        return takeLock();
    case EventKind::RollbackStarted:
        return startRollback();
    case EventKind::RollbackVerified:
        return verifyRollback();
    case EventKind::RunClosed:
        return closeRun();
    case EventKind::RunStarted:
    case EventKind::NoteAdded:
    case EventKind::EvidencePinned:
    case EventKind::ReleaseBlocked:
    case EventKind::ReleaseUnblocked:
    case EventKind::LockReleased:
    case EventKind::Unrecognised:
        return; // folded before
    case EventKind::WaveEntered:
        return enterWave();
    }
}

void Folder::startRun() {
    if (m_state.plan && !m_state.id.isEmpty())
        return;
    Result<Plan> plan = planFromJson(m_event.payload.value(u"plan").toObject());
    if (!plan) {
        m_state.readOnly = true; // without its plan a run can be shown, not driven
        return;
    }
    const qint64 seq = m_state.lastSeq;
    const QByteArray head = m_state.head;
    m_state = initialState(std::make_shared<const Plan>(std::move(*plan)));
    m_state.lastSeq = seq;
    m_state.head = head;
    m_state.id = m_event.run;
    m_state.startedBy = m_event.actor;
    m_state.drivers = {m_event.actor};
    m_state.startedAt = m_event.at;
    setVariables();
}

void Folder::setVariables() {
    const QMap<QString, QString> values = stringMap(m_event.payload.value(u"variables"));
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        m_state.variables.insert(it.key(), it.value());
        m_state.variableSeq.insert(it.key(), m_event.seq);
    }
    for (const QString& name : stringList(m_event.payload.value(u"secrets")))
        m_state.secretsGiven.insert(name);
}

/// Once: what is reopened later was entered all the same.
void Folder::enterWave() {
    const int wave = m_index >= 0 ? m_state.plan->steps[m_index].waveIndex : -1;
    if (wave >= 0 && !m_state.wavesEntered.contains(wave))
        m_state.wavesEntered.insert(wave, m_event.at);
}

void Folder::closeRun() {
    m_state.status = RunStatus::Closed;
    m_state.outcome = runOutcomeFromName(text(u"outcome")).value_or(RunOutcome::Failed);
    m_state.closedAt = m_event.at;
    keepLocksToRelease();
}

void Folder::addNote() {
    const Note note{m_event.at, m_event.actor, text(u"text")};
    const StepId id(text(u"step"));
    if (id.isEmpty())
        m_state.notes.append(note);
    else if (m_state.plan->find(id)) {
        StepState& annotated = m_state.steps[id];
        annotated.notes.append(note);
        const int input = m_event.payload.value(u"input").toInt();
        const int number = m_event.payload.value(u"attempt").toInt();
        if (input > 0 && number >= 1 && number <= annotated.attempts.size())
            annotated.attempts[number - 1].inputs = input;
    }
}

void Folder::pinEvidence() {
    const Pin pin{m_event.at, m_event.actor, text(u"remark"),
                  pinnedLinesFromJson(m_event.payload.value(u"lines").toArray())};
    const StepId id(text(u"step"));
    if (id.isEmpty())
        m_state.pins.append(pin);
    else if (m_state.plan->find(id))
        m_state.steps[id].pins.append(pin);
}

void Folder::addCommand() {
    if (m_id.isEmpty() || m_index >= 0)
        return;
    Step added;
    added.id = m_id;
    added.kind = StepKind::Command;
    const QString script = text(u"script");
    added.title = script.section(u'\n', 0, 0).left(80);
    Command command;
    command.language = text(u"shell");
    command.text = script;
    added.commands = {command};
    m_state.plan = std::make_shared<const Plan>(
        planWithStep(*m_state.plan, StepId(text(u"after")), std::move(added)));
    rebuildStanding(m_state);
    m_index = m_state.plan->indexOf.value(m_id, -1);
    deviate();
}

RunState apply(RunState state, const Event& event) {
    state.lastSeq = event.seq;
    state.head = event.hash;
    Folder(state, event).fold();
    return state;
}

} // namespace models
