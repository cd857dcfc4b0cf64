// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/observeddraft.h"

#include "models/run/golivejson.h"

namespace models {

namespace {

QJsonObject ofTrigger(const QString& name) {
    return {{u"trigger"_qs, name}};
}

} // namespace

namespace draft {

EventDraft gateEntered(const StepId& step, const GateRule& rule, Instant until) {
    return {EventKind::GateEntered,
            {{u"step"_qs, step.text()},
             {u"until"_qs, until.toString()},
             {u"rule"_qs, gateRuleToJson(rule)}}};
}

EventDraft gateObserved(const StepId& step, const GateStanding& standing) {
    return {EventKind::GateObserved,
            {{u"step"_qs, step.text()},
             {u"verdict"_qs, verdictName(standing.verdict)},
             {u"samples"_qs, standing.samples},
             {u"leaves"_qs, leavesToJson(standing.reading.leaves)},
             {u"words"_qs, standing.words}}};
}

EventDraft gatePassedOn(const StepId& step, const GateStanding& standing) {
    QJsonArray samples;
    for (const GateSample& sample : standing.newest) {
        samples.append(QJsonObject{{u"at"_qs, sample.at.toString()},
                                   {u"verdict"_qs, verdictName(sample.verdict)},
                                   {u"words"_qs, sample.words}});
    }
    return {
        EventKind::GatePassed,
        {{u"step"_qs, step.text()}, {u"remark"_qs, standing.words}, {u"decidedOn"_qs, samples}}};
}

EventDraft triggerArmed(const QString& trigger) {
    return {EventKind::TriggerArmed, ofTrigger(trigger)};
}

EventDraft triggerHeld(const QString& trigger, const QString& words) {
    QJsonObject payload = ofTrigger(trigger);
    payload.insert(u"words"_qs, words);
    return {EventKind::TriggerHeld, payload};
}

EventDraft triggerCleared(const QString& trigger, const QString& words) {
    QJsonObject payload = ofTrigger(trigger);
    payload.insert(u"words"_qs, words);
    return {EventKind::TriggerCleared, payload};
}

EventDraft triggerAcknowledged(const QString& trigger, const QString& reason) {
    QJsonObject payload = ofTrigger(trigger);
    payload.insert(u"reason"_qs, reason);
    return {EventKind::TriggerAcknowledged, payload};
}

EventDraft watchStarted(const WatchRule& rule, Instant from) {
    return {EventKind::WatchStarted,
            {{u"from"_qs, from.toString()}, {u"rule"_qs, watchRuleToJson(rule)}}};
}

EventDraft watchObserved(const WatchSpan& span) {
    QJsonArray criteria;
    for (const CriterionSeen& criterion : span.criteria) {
        criteria.append(QJsonObject{{u"condition"_qs, criterion.condition},
                                    {u"verdict"_qs, verdictName(criterion.verdict)},
                                    {u"words"_qs, criterion.words}});
    }
    return {EventKind::WatchObserved,
            {{u"from"_qs, span.from.toString()},
             {u"to"_qs, span.to.toString()},
             {u"verdict"_qs, verdictName(span.verdict)},
             {u"criteria"_qs, criteria}}};
}

EventDraft watchEnded(const Finding& result, const QString& reason) {
    QJsonObject payload{{u"verdict"_qs, verdictName(result.verdict)},
                        {u"words"_qs, (result.reason + u' ' + result.observed).trimmed()}};
    if (!reason.isEmpty())
        payload.insert(u"reason"_qs, reason);
    return {EventKind::WatchEnded, payload};
}

} // namespace draft

QList<EventDraft> gateDrafts(const RunState& state, const StepId& step,
                             const GateStanding& standing) {
    const auto gate = state.gates.constFind(step);
    const bool isEntered =
        gate != state.gates.cend() && state.step(step).status == StepStatus::Waiting;
    if (!isEntered || standing.at.isNull())
        return {};
    if (standing.verdict == Verdict::Pass)
        return {draft::gateObserved(step, standing), draft::gatePassedOn(step, standing)};
    const auto verdictsOf = [](const QList<LeafReading>& leaves) {
        QList<Verdict> verdicts;
        for (const LeafReading& leaf : leaves)
            verdicts.append(leaf.verdict);
        return verdicts;
    };
    const bool isOther = gate->observedAt.isNull() || gate->verdict != standing.verdict ||
                         verdictsOf(gate->leaves) != verdictsOf(standing.reading.leaves);
    return isOther ? QList<EventDraft>{draft::gateObserved(step, standing)} : QList<EventDraft>();
}

} // namespace models
