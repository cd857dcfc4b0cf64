// SPDX-License-Identifier: GPL-3.0-or-later
// What is observed of a run: its gates, its triggers and the watch after it.
#include "models/run/folder.h"
#include "models/run/golivejson.h"
#include "models/run/observations.h"
#include "models/run/standing.h"

#include <algorithm>

namespace models {

namespace {

QList<GateSample> samplesFrom(const QJsonArray& list) {
    QList<GateSample> samples;
    for (const QJsonValue& value : list) {
        const QJsonObject sample = value.toObject();
        samples.append({Instant::fromString(sample.value(u"at").toString()),
                        verdictFromName(sample.value(u"verdict").toString()),
                        sample.value(u"words").toString()});
    }
    return samples;
}

QList<CriterionSeen> criteriaFrom(const QJsonArray& list) {
    QList<CriterionSeen> criteria;
    for (const QJsonValue& value : list) {
        const QJsonObject criterion = value.toObject();
        criteria.append({criterion.value(u"condition").toString(),
                         verdictFromName(criterion.value(u"verdict").toString()),
                         criterion.value(u"words").toString()});
    }
    return criteria;
}

} // namespace

GateState* Folder::enteredGate() {
    const auto gate = m_state.gates.find(m_id);
    const bool isEntered =
        gate != m_state.gates.end() && m_index >= 0 && status() == StepStatus::Waiting;
    return isEntered ? &*gate : nullptr;
}

void Folder::enterGate() {
    if (!decidable() || status() != StepStatus::Pending ||
        !isObserved(m_state.plan->steps[m_index].step))
        return;
    GateState gate;
    gate.enteredAt = m_event.at;
    gate.deadline = Instant::fromString(text(u"until"));
    gate.rule = gateRuleFromJson(m_event.payload.value(u"rule").toObject());
    m_state.gates.insert(m_id, gate);
    m_state.current = m_id;
    decide(StepStatus::Waiting);
    step().actor.clear(); // it is read, whoever's console does that
    step().waitUntil = gate.deadline;
    refreshActive(m_state, m_index);
}

void Folder::observeGate() {
    GateState* const gate = enteredGate();
    if (!gate)
        return;
    gate->verdict = verdictFromName(text(u"verdict"));
    gate->samples = m_event.payload.value(u"samples").toInt();
    gate->leaves = leavesFromJson(m_event.payload.value(u"leaves").toArray());
    gate->words = text(u"words");
    gate->observedAt = m_event.at;
}

/// Only on what was recorded before: a gate never passes on what is not known.
bool Folder::passesByObservation() {
    GateState* const gate = enteredGate();
    if (!gate || gate->verdict != Verdict::Pass || gate->samples < gate->rule.samples)
        return false;
    gate->decidedOn = samplesFrom(m_event.payload.value(u"decidedOn").toArray());
    return true;
}

/// The deadline is over: a person decides.
void Folder::missGate(const GateState& gate) {
    const std::chrono::duration<double> time = gate.rule.deadline;
    const QString limit = valueWords(Quantity{time.count(), Unit::Time});
    const bool failed = gate.verdict == Verdict::Fail;
    const QString words = gate.words.isEmpty() ? u"Nothing was observed."_qs : gate.words;
    decide(failed ? StepStatus::Failed : StepStatus::Unknown);
    step().actor.clear();
    step().reason =
        (failed ? u"It did not pass within %1: %2"_qs : u"It was not known within %1: %2"_qs)
            .arg(limit, words);
}

void Folder::armTrigger() {
    const QString name = text(u"trigger");
    if (name.isEmpty() || m_state.triggers.contains(name))
        return;
    TriggerStanding trigger;
    trigger.armedAt = m_event.at;
    m_state.triggers.insert(name, trigger);
}

void Folder::turnTrigger(bool holds) {
    const auto trigger = m_state.triggers.find(text(u"trigger"));
    if (trigger == m_state.triggers.end() || trigger->holds == holds)
        return;
    if (holds) {
        const std::int64_t calm = m_event.at.nanoseconds - trigger->since.nanoseconds;
        trigger->isNews =
            trigger->times == 0 || calm >= std::chrono::nanoseconds(calmAfterTrigger).count();
        trigger->acknowledged = trigger->acknowledged && !trigger->isNews;
        ++trigger->times;
    }
    trigger->holds = holds;
    trigger->since = m_event.at;
    trigger->words = text(u"words");
}

void Folder::acknowledgeTrigger() {
    const auto trigger = m_state.triggers.find(text(u"trigger"));
    if (trigger == m_state.triggers.end() || trigger->times == 0)
        return;
    trigger->acknowledged = true;
    trigger->acknowledgedBy = m_event.actor;
    trigger->acknowledgedBecause = text(u"reason");
}

void Folder::startWatch() {
    m_state.status = RunStatus::Watching;
    WatchState watch;
    watch.rule = watchRuleFromJson(m_event.payload.value(u"rule").toObject());
    watch.startedAt = Instant::fromString(text(u"from"));
    watch.seenUntil = watch.startedAt;
    watch.until = {watch.startedAt.nanoseconds + std::chrono::nanoseconds(watch.rule.time).count()};
    m_state.watch = watch;
}

/// No time counts twice, and none outside the watch.
void Folder::observeWatch() {
    if (!m_state.watch || !m_state.watch->isUnderWay())
        return;
    WatchState& watch = *m_state.watch;
    const Instant from = std::max(Instant::fromString(text(u"from")), watch.seenUntil);
    const Instant to = std::min(Instant::fromString(text(u"to")), watch.until);
    watch.verdict = verdictFromName(text(u"verdict"));
    watch.criteria = criteriaFrom(m_event.payload.value(u"criteria").toArray());
    if (to <= from)
        return;
    const std::chrono::nanoseconds time(to.nanoseconds - from.nanoseconds);
    watch.seen += time;
    if (watch.verdict == Verdict::Pass)
        watch.passed += time;
    else if (watch.verdict == Verdict::Fail)
        watch.failed += time;
    watch.seenUntil = to;
}

void Folder::endWatch() {
    m_state.status = RunStatus::Open;
    if (!m_state.watch || !m_state.watch->isUnderWay())
        return;
    WatchState& watch = *m_state.watch;
    watch.endedAt = m_event.at;
    watch.result = verdictFromName(text(u"verdict"));
    watch.words = text(u"words");
    watch.endedBecause = text(u"reason");
    if (!watch.endedBecause.isEmpty())
        watch.endedBy = m_event.actor;
    m_index = watchStepOf(*m_state.plan);
    if (m_index < 0)
        return;
    m_id = m_state.plan->steps[m_index].step.id;
    if (status() == StepStatus::Pending)
        settleWatchStep(watch);
}

/// What a person ended early was left out for its rest, with the reason.
void Folder::settleWatchStep(const WatchState& watch) {
    if (!watch.endedBecause.isEmpty()) {
        decide(StepStatus::Skipped);
        step().reason = watch.endedBecause;
        deviate();
        return;
    }
    decide(watch.result == Verdict::Pass   ? StepStatus::Passed
           : watch.result == Verdict::Fail ? StepStatus::Failed
                                           : StepStatus::Unknown);
    step().reason = watch.words;
}

} // namespace models
