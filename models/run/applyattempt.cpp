// SPDX-License-Identifier: GPL-3.0-or-later
// What the attempts of a step make of it.
#include "models/run/expectation.h"
#include "models/run/folder.h"

#include <QJsonArray>

#include <algorithm>

namespace models {

void Folder::startStep() {
    const int number = m_event.payload.value(u"attempt").toInt();
    if (!startable(text(u"place")) || number != m_state.step(m_id).attempts.size() + 1)
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
    attempt.fresh = payload.value(u"fresh").toBool();
    attempt.alone = payload.value(u"alone").toBool();
    const bool deviates = attempt.edited || attempt.fresh;
    step().rollout = attempt.alone ? Rollout::Held : Rollout::GoesOn;
    step().attempts.append(std::move(attempt));
    decide(StepStatus::Running);
    noteChange();
    m_state.current = m_id;
    if (deviates)
        deviate();
}

bool Folder::startable(const QString& place) const {
    if (m_index < 0 || !m_state.plan->isLeaf(m_index))
        return false;
    if (!onSeveralHosts())
        return status() != StepStatus::Running;
    const QList<HostProgress> hosts = hostProgress(m_state, m_index);
    return std::any_of(hosts.cbegin(), hosts.cend(), [&place](const HostProgress& host) {
        return host.host == place && host.status != StepStatus::Running &&
               host.status != StepStatus::Passed;
    });
}

Attempt* Folder::attemptUnderWay() {
    if (m_index < 0 || status() != StepStatus::Running)
        return nullptr;
    QList<Attempt>& attempts = step().attempts;
    const int number = m_event.payload.value(u"attempt").toInt();
    const bool exists = number >= 1 && number <= attempts.size();
    return exists && isUnderWay(attempts[number - 1]) ? &attempts[number - 1] : nullptr;
}

void Folder::settle(const Attempt& attempt) {
    if (!onSeveralHosts()) {
        const QString reason = attempt.reason;
        decide(attempt.verdict);
        step().reason = reason;
        return;
    }
    const bool isBad =
        attempt.verdict == StepStatus::Failed || attempt.verdict == StepStatus::Unknown;
    if (isBad && step().rollout == Rollout::GoesOn)
        step().rollout = Rollout::Held;
    settleHosts();
}

void Folder::settleHosts() {
    const QList<HostProgress> hosts = hostProgress(m_state, m_index);
    const StepStatus status = statusOfHosts(step().rollout, hosts);
    decide(status);
    const bool isGood = status == StepStatus::Passed || status == StepStatus::Running;
    step().reason = isGood ? QString() : hostSummary(hosts);
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
    attempt->isAsking = false;
    attempt->finishedAt = m_event.at;
    if (attempt->status == AttemptStatus::NotStarted && !hasRun(step()))
        step().changeSeq = 0;
    if (payload.contains(u"exit"))
        attempt->exitCode = payload.value(u"exit").toInt();
    attempt->reason = text(u"reason");
    attempt->evidence = text(u"evidence");
    for (const QJsonValue& entry : payload.value(u"expectations").toArray())
        attempt->expectations.append(expectationResultFromJson(entry.toObject()));
    attempt->stateSaved = payload.value(u"stateSaved").toBool();
    attempt->outputCut = attempt->outputCut || payload.value(u"outputCut").toBool();
    attempt->leftBehind = payload.value(u"leftBehind").toInt();
    attempt->migratedNothing = payload.value(u"migratedNothing").toBool();
    attempt->sessionLost = payload.value(u"sessionLost").toBool();
    attempt->verdict = stepStatusFromName(text(u"status")).value_or(StepStatus::Unknown);
    if (attempt->stateSaved)
        m_state.sessions.insert(sessionName(*m_state.plan, m_index, attempt->place),
                                {m_state.id, m_id, attempt->number});
    settle(*attempt);
}

void Folder::loseOutcome() {
    Attempt* attempt = attemptUnderWay();
    if (!attempt)
        return;
    attempt->status = AttemptStatus::Unknown;
    attempt->finishedAt = m_event.at;
    attempt->reason = text(u"reason");
    attempt->evidence = text(u"evidence");
    attempt->verdict = StepStatus::Unknown;
    attempt->loss = m_event.payload.value(u"final").toBool() ? Loss::ForGood : Loss::Unanswered;
    attempt->isAsking = false;
    settle(*attempt);
}

void Folder::reattach() {
    if (m_event.payload.value(u"asked").toBool()) {
        askAgain();
    } else if (Attempt* attempt = attemptUnderWay()) {
        attempt->status = AttemptStatus::Started;
        attempt->isAsking = false;
    }
}

/// Under way again, as far as the journal knows, until the place has answered.
void Folder::askAgain() {
    const int number = m_event.payload.value(u"attempt").toInt();
    if (m_index < 0 || !attemptsToAskAgain(m_state, m_index).contains(number))
        return;
    Attempt& attempt = step().attempts[number - 1];
    attempt.status = AttemptStatus::Intended;
    attempt.verdict = StepStatus::Running;
    attempt.finishedAt = {};
    attempt.reason.clear();
    attempt.evidence.clear();
    attempt.cancelRequested = false;
    attempt.isAsking = true;
    ++attempt.asks;
    m_state.current = m_id;
    settle(attempt);
}

/// Of a step on several hosts nothing more begins by itself, whatever those that run come to.
void Folder::requestCancel() {
    if (Attempt* attempt = attemptUnderWay()) {
        attempt->cancelRequested = true;
        step().rollout = Rollout::Cancelled;
        return;
    }
    if (m_index < 0 || !isBetweenBatches(m_state, m_index))
        return;
    step().rollout = Rollout::Cancelled;
    settleHosts();
    const QString reason = text(u"reason");
    step().reason.prepend((reason.isEmpty() ? u"It was cancelled."_qs : reason) + u' ');
}

} // namespace models
