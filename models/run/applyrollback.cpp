// SPDX-License-Identifier: GPL-3.0-or-later
// What a run has to take back, and what becomes of that.
#include "models/run/change.h"
#include "models/run/folder.h"

#include <QJsonArray>

namespace models {

void Folder::noteChange() {
    if (!isChange(m_state.plan->steps[m_index].step))
        return;
    step().changeSeq = m_event.seq;
    if (!m_state.firstChange)
        m_state.firstChange = FirstChange{m_event.seq, m_event.at};
}

/// What a command has begun stays begun then: a judgement of it begins nothing.
void Folder::noteDoneByHand() {
    m_state.current = m_id;
    if (step().changeSeq == 0 && !hasRun(step()))
        noteChange();
}

/// Only one run takes another back.
void Folder::startRollback() {
    const RunId run(text(u"run"));
    if (run.isEmpty() || m_state.rollback || m_state.plan->isRollback())
        return;
    RollbackOrder order{run, text(u"reason"), {}, m_event.actor, m_event.at};
    for (const QString& step : stringList(m_event.payload.value(u"needed")))
        order.decisions.insert(StepId(step), true);
    for (const QString& step : stringList(m_event.payload.value(u"notNeeded")))
        order.decisions.insert(StepId(step), false);
    m_state.rollback = std::move(order);
}

void Folder::verifyRollback() {
    if (!m_state.plan->isRollback())
        return;
    RollbackVerification verification;
    verification.verdict = verdictFromName(text(u"verdict"));
    verification.reason = text(u"reason");
    verification.actor = m_event.actor;
    verification.at = m_event.at;
    for (const QJsonValue& value : m_event.payload.value(u"observations").toArray()) {
        const QJsonObject entry = value.toObject();
        const auto word = [&entry](QStringView key) { return entry.value(key).toString(); };
        verification.observations.append(
            {word(u"what"),
             word(u"expected"),
             {verdictFromName(word(u"verdict")), word(u"reason"), word(u"observed")}});
    }
    m_state.verification = std::move(verification);
}

void Folder::blockRelease() {
    m_state.releaseBlock = ReleaseBlock{text(u"reason"), m_event.actor, m_event.at};
}

void Folder::unblockRelease() {
    m_state.releaseBlock.reset();
}

} // namespace models
