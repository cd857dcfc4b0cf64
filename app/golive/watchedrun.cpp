// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/golive/watchedrun.h"

#include "app/golive/watchintent.h"
#include "models/core/worstverdict.h"

#include <algorithm>
#include <utility>

namespace app {

using models::GateStanding;
using models::HealthSource;
using models::Instant;
using models::StepId;
using models::Verdict;

namespace {

using namespace std::chrono_literals;

/// A steady watch records that it goes on so often: what a crash loses is at most that.
constexpr int recordsOfAWatch = 300;
constexpr std::chrono::milliseconds longestUnrecorded = 5min;

Instant later(Instant at, std::chrono::nanoseconds time) {
    return {at.nanoseconds + time.count()};
}

Verdict verdictOf(models::TriggerState state) {
    switch (state) {
    case models::TriggerState::Holds:
        return Verdict::Fail;
    case models::TriggerState::Clear:
        return Verdict::Pass;
    case models::TriggerState::Unknown:
        break;
    }
    return Verdict::Unknown;
}

std::chrono::milliseconds recordEvery(const models::WatchRule& rule) {
    return std::clamp(rule.time / recordsOfAWatch, std::min(rule.every, longestUnrecorded),
                      longestUnrecorded);
}

} // namespace

std::vector<Intent> WatchedRun::follow(const models::RunState& state, Instant now) {
    const models::Observations wanted = models::observations(state);
    followGates(state, wanted.gates, now);
    if (wanted.triggers)
        followTriggers(state, now);
    else
        m_triggers.clear();
    if (wanted.watch)
        followWatch(state, now);
    else
        m_watch.reset();
    std::vector<Intent> intents;
    if (wanted.gateToEnter >= 0)
        intents.push_back(intent::enterGate(state.plan->steps[wanted.gateToEnter].step.id, now));
    if (wanted.armTriggers)
        intents.push_back(intent::armTriggers());
    if (wanted.startWatch)
        intents.push_back(intent::startWatch(now));
    return intents;
}

void WatchedRun::followGates(const models::RunState& state, const QList<int>& gates, Instant now) {
    std::map<StepId, Gate> kept;
    for (const int index : gates) {
        const models::Step& step = state.plan->steps[index].step;
        if (const auto known = m_gates.find(step.id); known != m_gates.end()) {
            kept.insert(m_gates.extract(known));
            continue;
        }
        const models::GateRule& rule = state.gates[step.id].rule;
        Gate gate;
        gate.due = now;
        gate.every = rule.every;
        if (step.requiresEnvironment.isEmpty())
            gate.watch.emplace(*models::Condition::parse(step.condition), rule);
        kept.emplace(step.id, std::move(gate));
    }
    m_gates = std::move(kept);
}

void WatchedRun::followTriggers(const models::RunState& state, Instant now) {
    m_recorded.clear();
    for (auto trigger = state.triggers.cbegin(); trigger != state.triggers.cend(); ++trigger)
        m_recorded.emplace(trigger.key(), trigger->holds);
    if (!m_triggers.empty())
        return;
    for (const models::Trigger& trigger : models::triggersOf(*state.plan)) {
        auto watch = models::TriggerWatch::make(trigger);
        if (!watch || !m_recorded.contains(trigger.name))
            continue;
        m_triggers.push_back({std::move(*watch), now});
        if (m_recorded[trigger.name])
            m_unconfirmed.insert(trigger.name);
    }
}

void WatchedRun::followWatch(const models::RunState& state, Instant now) {
    const models::WatchState& watch = *state.watch;
    if (m_watch && m_watch->until == watch.until)
        return;
    m_watch.emplace();
    m_watch->rule = watch.rule;
    m_watch->until = watch.until;
    m_watch->due = now;
    for (const QString& text : watch.rule.criteria) {
        if (auto condition = models::Condition::parse(text)) {
            models::SustainedVerdict sustained(condition->sustain(), watch.rule.every);
            m_watch->criteria.push_back({std::move(*condition), std::move(sustained)});
        }
    }
}

std::vector<Intent> WatchedRun::read(const Consult& consult, Instant now) {
    std::vector<Intent> intents;
    if (next().isNull() || now < next())
        return intents;
    consult([&](const HealthSource& source) {
        readGates(source, now, intents);
        readTriggers(source, now, intents);
        readWatch(source, now, intents);
    });
    return intents;
}

void WatchedRun::readGates(const HealthSource& source, Instant now, std::vector<Intent>& intents) {
    for (auto& [step, gate] : m_gates) {
        if (!gate.watch || now < gate.due)
            continue;
        gate.due = later(now, gate.every);
        gate.watch->read(source, now);
        gate.standing = gate.watch->standing(now);
        intents.push_back(intent::observeGate(step, gate.standing));
    }
}

void WatchedRun::readTriggers(const HealthSource& source, Instant now,
                              std::vector<Intent>& intents) {
    for (Trigger& trigger : m_triggers) {
        if (now < trigger.due)
            continue;
        const models::Trigger& rule = trigger.watch.trigger();
        trigger.due = later(now, rule.every);
        trigger.watch.read(source, now);
        const models::TriggerState state = trigger.watch.state(now);
        // What was recorded to hold is over only when that was seen.
        const bool holds = state == models::TriggerState::Holds;
        const bool isKnown = state != models::TriggerState::Unknown;
        if (isKnown && holds != m_recorded[rule.name])
            intents.push_back(intent::turnTrigger(rule.name, holds, trigger.watch.words(now)));
        if (isKnown && m_unconfirmed.remove(rule.name) && holds)
            m_confirmed.append(rule.name);
    }
}

QStringList WatchedRun::takeConfirmed() {
    return std::exchange(m_confirmed, {});
}

void WatchedRun::readWatch(const HealthSource& source, Instant now, std::vector<Intent>& intents) {
    if (!m_watch || now < m_watch->due)
        return;
    m_watch->due = later(now, m_watch->rule.every);
    const Instant before = m_watch->span ? m_watch->span->to : now;
    const std::chrono::nanoseconds gap = models::cadencesToAGap * m_watch->rule.every;
    models::WatchSpan seen;
    seen.to = now;
    seen.from = later(before, gap) < now ? now : before;
    seen.criteria = readCriteria(source, now);
    seen.verdict = models::worstVerdict(seen.criteria);
    extend(seen, intents);
    if (now < m_watch->until) {
        m_watch->due = std::min(m_watch->due, m_watch->until);
        return;
    }
    intents.push_back(intent::observeWatch(*m_watch->span));
    intents.push_back(intent::finishWatch(now));
}

/// Joins what was just seen to what was seen before, and records that where it came to something
/// else, or is long enough.
void WatchedRun::extend(const models::WatchSpan& seen, std::vector<Intent>& intents) {
    std::optional<models::WatchSpan>& span = m_watch->span;
    const bool isFirst = !span.has_value();
    if (span && span->verdict == seen.verdict && seen.from == span->to) {
        span->to = seen.to;
        span->criteria = seen.criteria;
    } else {
        if (span && span->from < span->to)
            intents.push_back(intent::observeWatch(*span));
        span = seen;
    }
    const std::chrono::nanoseconds unrecorded(span->to.nanoseconds - span->from.nanoseconds);
    if (isFirst || unrecorded >= recordEvery(m_watch->rule)) {
        intents.push_back(intent::observeWatch(*span));
        span->from = span->to;
    }
}

/// Triggers that hold are no success either.
QList<models::CriterionSeen> WatchedRun::readCriteria(const HealthSource& source, Instant now) {
    QList<models::CriterionSeen> criteria;
    for (Criterion& criterion : m_watch->criteria) {
        const models::ConditionReading reading = models::readCondition(criterion.condition, source);
        criterion.sustained.add(now, reading.verdict);
        const models::Finding standing = criterion.sustained.standing(now);
        QString words = models::readingWords(reading);
        if (standing.verdict == Verdict::Unknown && reading.verdict != Verdict::Unknown)
            words += u"; "_qs + standing.reason;
        criteria.append({criterion.condition.text(), standing.verdict, words});
    }
    for (const Trigger& trigger : m_triggers)
        criteria.append({trigger.watch.trigger().name, verdictOf(trigger.watch.state(now)),
                         trigger.watch.words(now)});
    return criteria;
}

StepId WatchedRun::promotionDue(Instant now) {
    for (auto& [step, gate] : m_gates) {
        if (gate.watch || gate.isAsking || now < gate.due)
            continue;
        gate.isAsking = true;
        return step;
    }
    return {};
}

std::optional<Intent> WatchedRun::takePromotion(const StepId& step, const models::Finding& finding,
                                                Instant now) {
    const auto gate = m_gates.find(step);
    if (gate == m_gates.end())
        return std::nullopt;
    gate->second.isAsking = false;
    gate->second.due = later(now, gate->second.every);
    const QString words = (finding.reason + u' ' + finding.observed).trimmed();
    GateStanding& standing = gate->second.standing;
    standing = {};
    standing.verdict = finding.verdict;
    standing.samples = finding.verdict == Verdict::Unknown ? 0 : 1;
    standing.at = now;
    standing.words = words;
    standing.reading = {finding.verdict, {{{}, finding.verdict, words}}};
    standing.newest = {{now, finding.verdict, words}};
    return intent::observeGate(step, standing);
}

Instant WatchedRun::next() const {
    Instant next;
    const auto consider = [&next](Instant due) {
        if (next.isNull() || due < next)
            next = due;
    };
    for (const auto& [step, gate] : m_gates) {
        if (!gate.isAsking)
            consider(gate.due);
    }
    for (const Trigger& trigger : m_triggers)
        consider(trigger.due);
    if (m_watch)
        consider(m_watch->due);
    return next;
}

} // namespace app
