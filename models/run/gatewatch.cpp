// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/gatewatch.h"

namespace models {

namespace {

Sustain sustainOf(const Condition& condition, const GateRule& rule) {
    Sustain sustain = condition.sustain();
    if (sustain.kind == Sustain::Kind::Once)
        sustain = {Sustain::Kind::Checks, rule.samples, rule.samples, {}};
    return sustain;
}

} // namespace

QString readingWords(const ConditionReading& reading) {
    QStringList words;
    for (const LeafReading& leaf : reading.leaves)
        words.append(leaf.words);
    return words.join(u"; ");
}

GateWatch::GateWatch(Condition condition, const GateRule& rule)
    : m_condition(std::move(condition))
    , m_rule(rule)
    , m_sustained(sustainOf(m_condition, rule), rule.every) {}

void GateWatch::read(const HealthSource& source, Instant at) {
    add(readCondition(m_condition, source), at);
}

void GateWatch::add(const ConditionReading& reading, Instant at) {
    if (at <= m_at)
        return;
    const std::int64_t gap = cadencesToAGap * std::chrono::nanoseconds(m_rule.every).count();
    const bool isGap = !m_at.isNull() && at.nanoseconds - m_at.nanoseconds > gap;
    if (isGap || reading.verdict == Verdict::Unknown)
        m_known.clear();
    m_at = at;
    m_reading = reading;
    keepNumbers();
    m_sustained.add(at, reading.verdict);
    if (reading.verdict == Verdict::Unknown)
        return;
    m_known.push_back({at, reading.verdict, readingWords(reading)});
    while (m_known.size() > static_cast<std::size_t>(m_rule.samples))
        m_known.pop_front();
}

void GateWatch::keepNumbers() {
    const QList<LeafReading>& leaves = m_reading.leaves;
    m_courses.resize(leaves.size());
    for (qsizetype i = 0; i < leaves.size(); ++i) {
        LeafCourse& course = m_courses[i];
        course.expression = leaves[i].expression;
        if (leaves[i].observed && leaves[i].limit)
            course.points.append({m_at, leaves[i].verdict, *leaves[i].observed, *leaves[i].limit});
        else if (!course.points.isEmpty()) // a gap
            course.points.append({m_at, Verdict::Unknown, 0, 0});
        if (course.points.size() > LeafCourse::pointsKept)
            course.points.removeFirst();
    }
}

GateStanding GateWatch::standing(Instant now) const {
    GateStanding standing;
    standing.samples = static_cast<int>(m_known.size());
    standing.reading = m_reading;
    standing.at = m_at;
    standing.courses = m_courses;
    standing.newest = QList<GateSample>(m_known.begin(), m_known.end());
    const Finding sustained = m_sustained.standing(now);
    const bool isEnough = standing.samples >= m_rule.samples;
    standing.words = m_at.isNull() ? sustained.reason : readingWords(m_reading);
    if (m_reading.verdict == Verdict::Unknown)
        return standing;
    if (sustained.verdict == Verdict::Pass && isEnough)
        standing.verdict = Verdict::Pass;
    else if (m_reading.verdict == Verdict::Fail || sustained.verdict == Verdict::Fail)
        standing.verdict = Verdict::Fail;
    else if (!sustained.reason.isEmpty())
        standing.words += u"; "_qs + sustained.reason;
    return standing;
}

} // namespace models
