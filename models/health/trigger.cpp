// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/trigger.h"

namespace models {

namespace {

Result<Condition> parsed(const QString& text) {
    auto condition = Condition::parse(text);
    if (!condition)
        return failure(ErrorCode::InvalidInput,
                       u"\"%1\" is no condition: %2"_qs.arg(text, condition.error().message));
    return *condition;
}

} // namespace

QString triggerSeverityName(Severity severity) {
    switch (severity) {
    case Severity::Error:
        break;
    case Severity::Warning:
        return u"warn"_qs;
    case Severity::Hint:
        return u"info"_qs;
    }
    return u"error"_qs;
}

QString triggerHoldsWords(Severity severity) {
    switch (severity) {
    case Severity::Error:
        break;
    case Severity::Warning:
        return u"holds (a warning)"_qs;
    case Severity::Hint:
        return u"holds (for information)"_qs;
    }
    return u"holds"_qs;
}

std::optional<Severity> triggerSeverity(const QString& name) {
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Hint}) {
        if (name == triggerSeverityName(severity))
            return severity;
    }
    return std::nullopt;
}

Result<TriggerWatch> TriggerWatch::make(const Trigger& trigger) {
    const auto when = parsed(trigger.when);
    if (!when)
        return tl::unexpected(when.error());
    if (trigger.clear.isEmpty())
        return TriggerWatch(trigger, *when, std::nullopt);
    const auto clear = parsed(trigger.clear);
    if (!clear)
        return tl::unexpected(clear.error());
    return TriggerWatch(trigger, *when, *clear);
}

TriggerWatch::TriggerWatch(Trigger trigger, Condition when, std::optional<Condition> clear)
    : m_trigger(std::move(trigger))
    , m_when(std::move(when))
    , m_clear(std::move(clear))
    , m_holding(m_when.sustain(), m_trigger.every)
    , m_clearing(m_clear ? m_clear->sustain() : Sustain{}, m_trigger.every) {}

void TriggerWatch::read(const HealthSource& source, Instant at) {
    if (at < m_lastAt)
        return;
    m_lastAt = at;
    m_last = readCondition(m_when, source);
    m_holding.add(at, m_last->verdict);
    if (m_clear)
        m_clearing.add(at, readCondition(*m_clear, source).verdict);
    const Verdict holding = m_holding.standing(at).verdict;
    if (!m_holds)
        m_holds = holding == Verdict::Pass;
    else if (m_clear ? m_clearing.standing(at).verdict == Verdict::Pass : holding == Verdict::Fail)
        m_holds = false;
}

TriggerState TriggerWatch::state(Instant now) const {
    if (m_holds)
        return TriggerState::Holds;
    return m_holding.standing(now).verdict == Verdict::Fail ? TriggerState::Clear
                                                            : TriggerState::Unknown;
}

QString TriggerWatch::words(Instant now) const {
    QStringList words;
    for (const LeafReading& leaf : m_last ? m_last->leaves : QList<LeafReading>())
        words.append(leaf.words);
    // That the only check is not known says its leaf.
    const bool isSaid = m_when.sustain().kind == Sustain::Kind::Once && m_last &&
                        m_last->verdict == Verdict::Unknown;
    const Finding finding = m_holding.standing(now);
    if (!isSaid && !finding.reason.isEmpty())
        words.append(finding.reason);
    return words.join(u"; ");
}

} // namespace models
