// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthtraces.h"

#include <QStringList>

#include <variant>

namespace models {

namespace {

Instant middleOf(Instant first, Instant last) {
    return {first.nanoseconds + (last.nanoseconds - first.nanoseconds) / 2};
}

bool isGap(Instant before, Instant after, std::chrono::milliseconds every) {
    return after.nanoseconds - before.nanoseconds > std::chrono::nanoseconds(every).count() * 3 / 2;
}

/// The times that are told on a latency chart; a certificate's life is none.
bool isLatency(const HealthPath& path) {
    static const QStringList names{u"total"_qs, u"ttfb"_qs, u"dns"_qs, u"connect"_qs, u"tls"_qs};
    return path.size() >= 2 && names.contains(path.last().name);
}

bool asksLatency(const ConditionNode& node) {
    if (node.kind == ConditionNode::Kind::Path)
        return isLatency(node.path);
    return node.kind == ConditionNode::Kind::Call && !node.parts.empty() &&
           asksLatency(node.parts.front());
}

using References = QMap<QString, Quantity>;

/// A time that is written there, that is promised, or a multiple of one.
std::optional<double> secondsOf(const ConditionNode& node, const References& references) {
    using Kind = ConditionNode::Kind;
    const auto inTime = [](const Quantity& quantity) {
        return quantity.unit == Unit::Time ? std::optional(quantity.number) : std::nullopt;
    };
    const auto* const written = std::get_if<Quantity>(&node.literal);
    if (node.kind == Kind::Literal && written != nullptr)
        return inTime(*written);
    if (node.kind == Kind::Path) {
        const auto found = references.find(pathText(node.path));
        return found == references.end() ? std::nullopt : inTime(*found);
    }
    if (node.kind != Kind::Multiply || node.parts.size() != 2)
        return std::nullopt;
    const auto* const factor = std::get_if<Quantity>(&node.parts[0].literal);
    const std::optional<double> one = secondsOf(node.parts[1], references);
    if (node.parts[0].kind != Kind::Literal || factor == nullptr || !one)
        return std::nullopt;
    return factor->number * *one;
}

void collect(const Condition& condition, const ConditionNode& node, const References& references,
             QList<LatencyLimit>& limits) {
    using Kind = ConditionNode::Kind;
    if (node.kind == Kind::And) {
        for (const ConditionNode& part : node.parts)
            collect(condition, part, references, limits);
        return;
    }
    const bool isBelow = node.kind == Kind::Less || node.kind == Kind::LessOrEqual;
    const bool isAbove = node.kind == Kind::Greater || node.kind == Kind::GreaterOrEqual;
    if ((!isBelow && !isAbove) || node.parts.size() != 2)
        return;
    const std::optional<double> seconds = secondsOf(node.parts[isBelow ? 1 : 0], references);
    if (seconds && asksLatency(node.parts[isBelow ? 0 : 1]))
        limits.append({*seconds, condition.textOf(node)});
}

} // namespace

LatencyTraces latencyTraces(const std::vector<HealthSpan>& spans, std::chrono::milliseconds every) {
    LatencyTraces traces;
    const HealthSpan* before = nullptr;
    for (const HealthSpan& span : spans) {
        const bool begins = before == nullptr || isGap(before->last, span.first, every);
        before = span.summary.measured == 0 ? nullptr : &span;
        if (before == nullptr)
            continue;
        const Instant at = middleOf(span.first, span.last);
        traces.range.push_back({at, span.summary.least, span.summary.most, begins});
        if (span.median)
            traces.median.push_back({at, *span.median, begins});
        if (span.p95)
            traces.p95.push_back({at, *span.p95, begins});
    }
    return traces;
}

std::array<TracePoints, phaseCount> phaseTraces(const std::vector<PhaseSpan>& spans,
                                                std::chrono::milliseconds every) {
    std::array<TracePoints, phaseCount> traces;
    std::array<Instant, phaseCount> ends{};
    for (const PhaseSpan& span : spans) {
        for (std::size_t phase = 0; phase < phaseCount; ++phase) {
            if (!span.means[phase])
                continue;
            const bool begins = traces[phase].empty() || isGap(ends[phase], span.begin, every);
            traces[phase].push_back({middleOf(span.begin, span.end), *span.means[phase], begins});
            ends[phase] = span.end;
        }
    }
    return traces;
}

Verdict verdictOf(const HealthSummary& summary) {
    if (summary.failed > 0)
        return Verdict::Fail;
    return summary.passed > 0 ? Verdict::Pass : Verdict::Unknown;
}

std::vector<StateChange> stateChanges(const std::vector<HealthSpan>& spans,
                                      std::chrono::milliseconds every) {
    std::vector<StateChange> changes;
    const HealthSpan* before = nullptr;
    for (const HealthSpan& span : spans) {
        if (before != nullptr && isGap(before->last, span.first, every))
            changes.push_back({before->last, Verdict::Unknown});
        const Verdict verdict = verdictOf(span.summary);
        if (changes.empty() || changes.back().verdict != verdict)
            changes.push_back({span.first, verdict});
        before = &span;
    }
    return changes;
}

QList<LatencyLimit> latencyLimits(const Condition& condition, const References& references) {
    QList<LatencyLimit> limits;
    collect(condition, condition.root(), references, limits);
    for (auto promise = references.begin(); promise != references.end(); ++promise) {
        if (promise.key().startsWith(u"sla."_qs) && promise->unit == Unit::Time)
            limits.append({promise->number, promise.key()});
    }
    return limits;
}

} // namespace models
