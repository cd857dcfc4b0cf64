// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/event.h"
#include "models/run/expectation.h"
#include "models/run/runstate.h"
#include "models/run/standing.h"

#include <QJsonArray>

namespace models {
namespace {

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

/// Folds one event into one state. Every handler checks that the event fits before it changes
/// anything.
class Folder {
public:
    Folder(RunState& state, const Event& event)
        : m_state(state)
        , m_event(event) {}

    void fold();

private:
    void foldStepEvent();
    void startRun();
    void setVariables();
    void closeRun();
    void addNote();
    void addCommand();

    void startStep();
    void recordOutput();
    void finishAttempt(AttemptStatus status);
    void loseOutcome();
    void reattach();
    void requestCancel();

    void confirm();
    void skip();
    void markPassed();
    void reopen();
    void edit();
    void passGate();
    void overrideGate();
    void approve();
    void reject(const QString& reason);
    void setTimer();
    void fireTimer();

    [[nodiscard]] QString text(QStringView key) const {
        return m_event.payload.value(key).toString();
    }
    [[nodiscard]] StepState& step() { return m_state.steps[m_id]; }
    [[nodiscard]] StepStatus status() const { return m_state.step(m_id).status; }
    /// The attempt that the event speaks of, where it is the latest one and under way.
    [[nodiscard]] Attempt* attemptUnderWay();
    /// A leaf of the plan that does not run just now.
    [[nodiscard]] bool decidable() const {
        return m_index >= 0 && m_state.plan->isLeaf(m_index) && status() != StepStatus::Running;
    }
    void decide(StepStatus status);
    void deviate();

    RunState& m_state;
    const Event& m_event;
    StepId m_id;
    int m_index = -1;
};

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
    if (m_state.status == RunStatus::Closed)
        return;
    m_id = StepId(text(u"step"));
    m_index = m_state.plan->indexOf.value(m_id, -1);
    foldStepEvent();
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
    case EventKind::ApprovalGiven:
        return approve();
    case EventKind::ApprovalRejected:
        return reject(u"Rejected by %1"_qs.arg(text(u"name")));
    case EventKind::ApprovalExpired:
        return reject(u"The approval expired"_qs);
    case EventKind::TimerSet:
        return setTimer();
    case EventKind::TimerFired:
        return fireTimer();
    case EventKind::WatchStarted:
        m_state.status = RunStatus::Watching;
        return;
    case EventKind::WatchEnded:
        m_state.status = RunStatus::Open;
        return;
    case EventKind::DriverChanged:
        m_state.secretsGiven.clear();
        return;
    case EventKind::RunPaused:
        m_state.paused = true;
        return;
    case EventKind::RunResumed:
        m_state.paused = false;
        return;
    case EventKind::RunClosed:
        return closeRun();
    case EventKind::RunStarted:
    case EventKind::NoteAdded:
    case EventKind::Unrecognised:
        return; // folded before
    case EventKind::GateEntered:
    case EventKind::GateObserved:
    case EventKind::ApprovalRequested:
    case EventKind::WaveEntered:
    case EventKind::TriggerArmed:
    case EventKind::TriggerHeld:
    case EventKind::TriggerCleared:
    case EventKind::TriggerAcknowledged:
    case EventKind::WatchObserved:
    case EventKind::LockTaken:
    case EventKind::LockReleased:
    case EventKind::RollbackStarted:
    case EventKind::RollbackVerified:
    case EventKind::ReleaseBlocked:
    case EventKind::ReleaseUnblocked:
    case EventKind::EvidencePinned:
        return; // facts for the record: no step or run changes by them
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

void Folder::closeRun() {
    m_state.status = RunStatus::Closed;
    m_state.outcome = runOutcomeFromName(text(u"outcome")).value_or(RunOutcome::Failed);
    m_state.closedAt = m_event.at;
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
        if (input > 0 && !annotated.attempts.isEmpty())
            annotated.attempts.last().inputs = input;
    }
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

void Folder::startStep() {
    const int number = m_event.payload.value(u"attempt").toInt();
    if (!decidable() || number != m_state.step(m_id).attempts.size() + 1)
        return;
    const QJsonObject& payload = m_event.payload;
    Attempt attempt;
    attempt.number = number;
    attempt.startSeq = m_event.seq;
    attempt.startedAt = m_event.at;
    attempt.actor = m_event.actor;
    attempt.place = text(u"place");
    attempt.shell = text(u"shell");
    attempt.script = text(u"script");
    for (const QJsonValue& index : payload.value(u"commands").toArray())
        attempt.commands.append(index.toInt());
    attempt.variables = stringMap(payload.value(u"variables"));
    attempt.secrets = stringList(payload.value(u"secrets"));
    attempt.workingDirectory = text(u"cwd");
    attempt.folder = text(u"folder");
    const QJsonObject restore = payload.value(u"restore").toObject();
    attempt.restoreStep = StepId(restore.value(u"step").toString());
    attempt.restoreNumber = restore.value(u"attempt").toInt();
    attempt.timeLimit = std::chrono::milliseconds(payload.value(u"timeLimitMs").toInteger());
    attempt.expectExit = payload.value(u"expectExit").toInt();
    attempt.errexit = payload.value(u"errexit").toBool(true);
    attempt.streaming = payload.value(u"streaming").toBool();
    attempt.interactive = payload.value(u"interactive").toBool();
    attempt.edited = payload.value(u"edited").toBool();
    const bool edited = attempt.edited;
    step().attempts.append(std::move(attempt));
    decide(StepStatus::Running);
    m_state.current = m_id;
    if (edited)
        deviate();
}

Attempt* Folder::attemptUnderWay() {
    if (m_index < 0 || status() != StepStatus::Running)
        return nullptr;
    QList<Attempt>& attempts = step().attempts;
    const int number = m_event.payload.value(u"attempt").toInt();
    return !attempts.isEmpty() && attempts.last().number == number ? &attempts.last() : nullptr;
}

void Folder::recordOutput() {
    Attempt* attempt = attemptUnderWay();
    if (!attempt)
        return;
    const int stream = m_event.payload.value(u"stream").toInt() == 1 ? 1 : 0;
    const qint64 to = m_event.payload.value(u"to").toInteger();
    attempt->outputBytes[stream] = std::max(attempt->outputBytes[stream], to);
    if (m_event.payload.value(u"leftOut").toInteger() > 0)
        attempt->outputCut = true;
    if (attempt->status == AttemptStatus::Intended)
        attempt->status = AttemptStatus::Started;
}

void Folder::finishAttempt(AttemptStatus ended) {
    Attempt* attempt = attemptUnderWay();
    if (!attempt)
        return;
    const QJsonObject& payload = m_event.payload;
    attempt->status = payload.value(u"started").toBool(true) ? ended : AttemptStatus::NotStarted;
    attempt->finishedAt = m_event.at;
    if (payload.contains(u"exit"))
        attempt->exitCode = payload.value(u"exit").toInt();
    attempt->reason = text(u"reason");
    attempt->evidence = text(u"evidence");
    for (const QJsonValue& entry : payload.value(u"expectations").toArray())
        attempt->expectations.append(expectationResultFromJson(entry.toObject()));
    attempt->stateSaved = payload.value(u"stateSaved").toBool();
    attempt->outputCut = attempt->outputCut || payload.value(u"outputCut").toBool();
    const QString reason = attempt->reason;
    if (attempt->stateSaved)
        m_state.sessions.insert(sessionName(*m_state.plan, m_index, attempt->place),
                                {m_state.id, m_id, attempt->number});
    decide(stepStatusFromName(text(u"status")).value_or(StepStatus::Unknown));
    step().reason = reason;
}

void Folder::loseOutcome() {
    Attempt* attempt = attemptUnderWay();
    if (!attempt)
        return;
    attempt->status = AttemptStatus::Unknown;
    attempt->finishedAt = m_event.at;
    attempt->reason = text(u"reason");
    attempt->evidence = text(u"evidence");
    decide(StepStatus::Unknown);
    step().reason = text(u"reason");
}

void Folder::reattach() {
    if (Attempt* attempt = attemptUnderWay())
        attempt->status = AttemptStatus::Started;
}

void Folder::requestCancel() {
    if (Attempt* attempt = attemptUnderWay())
        attempt->cancelRequested = true;
}

void Folder::confirm() {
    if (!decidable())
        return;
    decide(m_event.payload.value(u"passed").toBool() ? StepStatus::Passed : StepStatus::Failed);
    step().reason = text(u"remark");
}

void Folder::skip() {
    if (!decidable())
        return;
    decide(StepStatus::Skipped);
    step().reason = text(u"reason");
    deviate();
}

void Folder::markPassed() {
    if (!decidable())
        return;
    decide(StepStatus::Passed);
    step().evidence = text(u"evidence");
    deviate();
}

void Folder::reopen() {
    if (!decidable())
        return;
    step().approvals = 0;
    step().approvedBy.clear();
    step().reason.clear();
    step().evidence.clear();
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
    if (!decidable())
        return;
    decide(StepStatus::Passed);
    step().reason = text(u"remark");
}

void Folder::overrideGate() {
    if (!decidable())
        return;
    decide(StepStatus::Passed);
    step().reason = text(u"reason");
    deviate();
}

/// A name typed at a console is recorded; in a protected environment only a verified one counts.
void Folder::approve() {
    if (!decidable())
        return;
    const ApprovalRule rule = m_state.plan->steps[m_index].step.approval.value_or(ApprovalRule{});
    const QString name = text(u"name");
    const bool counts =
        !m_state.plan->context.isProtected || m_event.payload.value(u"verified").toBool();
    if (!counts || name.isEmpty() || step().approvedBy.contains(name, Qt::CaseInsensitive))
        return;
    step().approvedBy.append(name);
    step().approvals = static_cast<int>(step().approvedBy.size());
    decide(step().approvals >= rule.by ? StepStatus::Passed : StepStatus::Waiting);
}

void Folder::reject(const QString& reason) {
    if (!decidable())
        return;
    decide(StepStatus::Failed);
    const QString remark = text(u"remark");
    step().reason = remark.isEmpty() ? reason : reason + u": "_qs + remark;
}

void Folder::setTimer() {
    if (!decidable())
        return;
    decide(StepStatus::Waiting);
    step().waitUntil = Instant::fromString(text(u"until"));
    refreshActive(m_state, m_index);
}

void Folder::fireTimer() {
    if (m_index >= 0 && status() == StepStatus::Waiting && !step().waitUntil.isNull())
        decide(StepStatus::Passed);
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

} // namespace

RunState apply(RunState state, const Event& event) {
    state.lastSeq = event.seq;
    state.head = event.hash;
    Folder(state, event).fold();
    return state;
}

} // namespace models
