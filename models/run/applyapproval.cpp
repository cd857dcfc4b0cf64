// SPDX-License-Identifier: GPL-3.0-or-later
// What people say to a run: approvals, risks, who drives it.
#include "models/run/approvalrule.h"
#include "models/run/folder.h"
#include "models/run/standing.h"

#include <algorithm>

namespace models {

/// A gate that is to be overridden is asked about without a change of where it stands.
void Folder::requestApproval() {
    if (!decidable() || status() == StepStatus::Passed || status() == StepStatus::Skipped)
        return;
    StepState& asked = step();
    asked.request = {m_event.seq,
                     m_event.hash,
                     m_event.at,
                     m_event.actor,
                     Instant::fromString(text(u"until")),
                     text(u"reason")};
    asked.says.clear();
    asked.approvals = 0;
    asked.approvedBy.clear();
    if (!isApproval(m_state.plan->steps[m_index].step))
        return;
    decide(StepStatus::Waiting);
    asked.reason.clear();
    asked.waitUntil = asked.request.deadline;
    refreshActive(m_state, m_index);
}

/// Whatever does not answer the request that stands, or comes too late, changes nothing. What is
/// only recorded never takes the place of what was signed.
void Folder::takeSay(bool isGo) {
    if (!decidable() || !isApproval(m_state.plan->steps[m_index].step))
        return;
    StepState& asked = step();
    const qint64 answered = m_event.payload.value(u"request").toInteger(asked.request.seq);
    Say say{text(u"name").trimmed(),
            isGo,
            m_event.payload.value(u"verified").toBool(),
            true,
            m_event.at,
            text(u"remark"),
            text(u"key")};
    if (say.name.isEmpty() || answered != asked.request.seq ||
        isPastDeadline(asked.request, m_event.at))
        return;
    say.counts = !isGo || goRefusal(m_state, m_index, say.name, say.verified).isEmpty();
    const auto earlier = std::find_if(asked.says.begin(), asked.says.end(), [&say](const Say& one) {
        return one.name.compare(say.name, Qt::CaseInsensitive) == 0;
    });
    if (earlier == asked.says.end())
        asked.says.append(say);
    else if (say.counts && (say.verified || !earlier->verified || !isGo))
        *earlier = say;
    else
        return;
    settleApproval();
}

/// A no-go holds it until who gave it says otherwise, or it is asked again.
void Folder::settleApproval() {
    StepState& asked = step();
    asked.approvedBy.clear();
    const Say* against = nullptr;
    for (const Say& say : std::as_const(asked.says)) {
        if (!say.isGo)
            against = &say;
        else if (say.counts)
            asked.approvedBy.append(say.name);
    }
    asked.approvals = static_cast<int>(asked.approvedBy.size());
    const int wanted = approvalTerms(*m_state.plan, m_state.plan->steps[m_index].step).by;
    const bool isEnough = against == nullptr && asked.approvals >= wanted;
    decide(against != nullptr ? StepStatus::Failed
           : isEnough         ? StepStatus::Passed
                              : StepStatus::Waiting);
    asked.reason = against == nullptr ? QString() : u"Rejected by %1"_qs.arg(against->name);
    if (against != nullptr && !against->remark.isEmpty())
        asked.reason += u": "_qs + against->remark;
    if (asked.status == StepStatus::Waiting)
        asked.waitUntil = asked.request.deadline;
    refreshActive(m_state, m_index);
}

void Folder::expireApproval() {
    if (!decidable() || !isApproval(m_state.plan->steps[m_index].step) ||
        status() == StepStatus::Passed || status() == StepStatus::Skipped)
        return;
    StepState& asked = step();
    decide(StepStatus::Failed);
    asked.request.expired = true;
    asked.approvals = 0;
    asked.approvedBy.clear();
    asked.reason = u"The approval expired"_qs;
}

void Folder::acknowledgeRisk() {
    const QString risk = text(u"risk");
    const auto isThis = [&risk](const RiskTaken& taken) { return taken.risk == risk; };
    const bool isTaken =
        std::any_of(m_state.risksTaken.cbegin(), m_state.risksTaken.cend(), isThis);
    if (knownRisks(*m_state.plan).contains(risk) && !isTaken)
        m_state.risksTaken.append({risk, m_event.at, m_event.actor, text(u"remark")});
}

/// Secrets that were given before are not known to another console.
void Folder::changeDriver() {
    m_state.secretsGiven.clear();
    if (m_event.payload.contains(u"to")) {
        m_state.givenAway = GivenAway{text(u"to"), m_event.at, m_event.actor};
        m_state.locks.remove(localPlace); // of a journal that it leaves
        return;
    }
    m_state.givenAway.reset();
    // A run that was handed over has had another driver, also where that was the same account.
    if (m_event.payload.contains(u"from") || !m_state.drivers.contains(m_event.actor))
        m_state.drivers.append(m_event.actor);
}

} // namespace models
