// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/logtally.h"

#include <algorithm>

namespace models {

namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr nanoseconds slotLength = 10s;
constexpr nanoseconds reach = 24h * 7;
/// Between two moments at which it was told to be followed.
constexpr nanoseconds mostApart = 30s;
constexpr nanoseconds burstMemory = 1h;
constexpr std::uint64_t burstLeast = 10;
constexpr double burstFactor = 5;

std::int64_t slotOf(Instant at) {
    return at.nanoseconds / slotLength.count();
}

Instant earlier(Instant at, nanoseconds time) {
    return {at.nanoseconds - time.count()};
}

} // namespace

LogTally::LogTally(QStringList classes)
    : m_classes(std::move(classes)) {}

void LogTally::follow(Instant at) {
    const bool goesOn = m_isFollowed && !m_spans.empty() && m_spans.back().to <= at &&
                        earlier(at, mostApart) <= m_spans.back().to;
    cover(goesOn ? m_spans.back().to : at, at);
    m_isFollowed = true;
    forget(at);
}

void LogTally::lose(Instant at) {
    if (m_isFollowed)
        follow(at);
    m_isFollowed = false;
}

void LogTally::cover(Instant from, Instant to) {
    if (to < from)
        return;
    auto first = std::find_if(m_spans.begin(), m_spans.end(),
                              [from](const Span& span) { return from <= span.to; });
    auto behind = first;
    Span whole{from, to};
    for (; behind != m_spans.end() && behind->from <= to; ++behind) {
        whole.from = std::min(whole.from, behind->from);
        whole.to = std::max(whole.to, behind->to);
    }
    m_spans.insert(m_spans.erase(first, behind), whole);
}

void LogTally::count(qsizetype logClass, Instant at) {
    std::vector<std::uint32_t>& counts = m_slots[slotOf(at)];
    counts.resize(static_cast<std::size_t>(m_classes.size()));
    ++counts[static_cast<std::size_t>(logClass)];
}

std::uint64_t LogTally::lines(qsizetype logClass, Instant from, Instant to) const {
    std::uint64_t lines = 0;
    const auto end = m_slots.upper_bound(slotOf(to));
    for (auto slot = m_slots.lower_bound(slotOf(from)); slot != end; ++slot)
        lines += slot->second[static_cast<std::size_t>(logClass)];
    return lines;
}

std::vector<LogTally::Burst> LogTally::bursts(qsizetype logClass, Instant from, Instant to) const {
    const auto countOf = [logClass](const auto& slot) {
        return std::uint64_t(slot.second[static_cast<std::size_t>(logClass)]);
    };
    constexpr std::int64_t before = burstMemory / slotLength;
    std::vector<Burst> bursts;
    auto oldest = m_slots.lower_bound(slotOf(from) - before);
    std::uint64_t sum = 0; // of the slots of the hour before the one that is looked at
    std::int64_t inBurst = -1;
    for (auto slot = oldest; slot != m_slots.end() && slot->first <= slotOf(to); ++slot) {
        for (; oldest->first < slot->first - before; ++oldest)
            sum -= countOf(*oldest);
        const Instant begin{slot->first * slotLength.count()};
        const Instant end{begin.nanoseconds + slotLength.count()};
        const std::uint64_t lines = countOf(*slot);
        if (lines >= burstLeast && begin.nanoseconds + slotLength.count() > from.nanoseconds) {
            if (inBurst == slot->first - 1) {
                bursts.back().to = end;
                bursts.back().lines += lines;
                inBurst = slot->first;
            } else {
                const double slots = double(followed(earlier(begin, burstMemory), begin).count()) /
                                     double(slotLength.count());
                if (double(lines) * std::max(slots, 1.0) >= burstFactor * double(sum)) {
                    bursts.push_back({begin, end, lines});
                    inBurst = slot->first;
                }
            }
        }
        sum += lines;
    }
    return bursts;
}

nanoseconds LogTally::followed(Instant from, Instant to) const {
    std::int64_t time = 0;
    for (const Span& span : m_spans) {
        const Instant begin = std::max(span.from, from);
        const Instant end = std::min(span.to, to);
        time += std::max<std::int64_t>(0, end.nanoseconds - begin.nanoseconds);
    }
    return nanoseconds(time);
}

Instant LogTally::lastFollowed(Instant until) const {
    Instant last;
    for (const Span& span : m_spans) {
        if (span.from <= until)
            last = std::min(span.to, until);
    }
    return last;
}

void LogTally::forget(Instant now) {
    const Instant begin = earlier(now, reach);
    while (!m_spans.empty() && m_spans.front().to < begin)
        m_spans.pop_front();
    m_slots.erase(m_slots.begin(), m_slots.lower_bound(slotOf(begin)));
}

namespace {

/// How much of the window the one was followed that was followed least.
HealthAnswer coverage(const std::vector<const LogTally*>& logs, Instant from, Instant now) {
    nanoseconds least = nanoseconds::max();
    for (const LogTally* const log : logs)
        least = std::min(least, log->followed(from, now));
    const double window = double(now.nanoseconds - from.nanoseconds);
    const QString basis = u"from %1 of %2"_qs.arg(
        durationWords(least), durationWords(nanoseconds(now.nanoseconds - from.nanoseconds)));
    return {Quantity{std::min(1.0, double(least.count()) / window), Unit::None}, basis};
}

} // namespace

bool isLogPath(const HealthPath& path) {
    return (path.size() == 2 || path.size() == 3) && path[path.size() - 2].name == u"log" &&
           !path.last().name.isEmpty();
}

HealthAnswer logsOverTime(const std::vector<const LogTally*>& logs, const QString& logClass,
                          const WindowQuestion& question, Instant now) {
    if (logs.empty())
        return {Missing{u"No log of it is followed."_qs}, {}};
    const QStringList& classes = logs.front()->classes();
    if (!classes.contains(logClass))
        return {Missing{u"No class of log lines is called \"%1\". There are: %2."_qs.arg(
                    logClass, classes.join(u", "))},
                {}};
    const bool isNew = std::any_of(logs.begin(), logs.end(), [now](const LogTally* log) {
        return log->lastFollowed(now).isNull();
    });
    if (isNew)
        return {Missing{u"Its log was not followed yet."_qs}, {}};
    const Instant from = earlier(now, question.window);
    if (question.function == u"coverage" && question.window.count() > 0)
        return coverage(logs, from, now);
    if (question.function != u"count")
        return {Missing{u"Of log lines only count() and coverage() are known."_qs}, {}};
    std::uint64_t lines = 0;
    for (const LogTally* const log : logs) {
        const Instant last = log->lastFollowed(now);
        if (last < earlier(now, mostApart))
            return {Missing{u"Its log was last followed %1 ago."_qs.arg(
                        durationWords(nanoseconds(now.nanoseconds - last.nanoseconds)))},
                    {}};
        lines += log->lines(log->classes().indexOf(logClass), from, now);
    }
    return {Quantity{double(lines), Unit::None},
            logs.size() == 1 ? u"in 1 log"_qs : u"in %1 logs"_qs.arg(logs.size())};
}

} // namespace models
