// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/health/conditionreading.h"

#include <QStringList>

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <vector>

namespace models {

/// A kind of log line that conditions count. A value.
struct LogClass {
    QString name;    ///< in conditions: `count(log.NAME, 24h)`
    QString pattern; ///< a regular expression; a line in which it matches is one

    bool operator==(const LogClass&) const = default;
};

/// The lines of one log by class, in slots of 10 s, and the time in which it was really followed,
/// for 7 days. Changes by what it is told alone; no clock.
class LogTally {
public:
    explicit LogTally(QStringList classes);

    [[nodiscard]] const QStringList& classes() const { return m_classes; }

    /// It is followed at this moment, and was since the last call where that is half a minute ago
    /// at most: a console that slept did not follow.
    void follow(Instant at);
    /// It is followed no longer; nothing is known from here on.
    void lose(Instant at);
    /// Nothing of this time is missing, though it was read later.
    void cover(Instant from, Instant to);
    /// A line of that class, by its place among the classes.
    void count(qsizetype logClass, Instant at);

    /// Many lines of a class at once. A value.
    struct Burst {
        Instant from;
        Instant to;
        std::uint64_t lines = 0;

        bool operator==(const Burst&) const = default;
    };
    /// Where ten lines of that class or more came in 10 s, and five times as many as on the average
    /// of the hour before, as far as it was followed then; it ends where fewer than ten come.
    [[nodiscard]] std::vector<Burst> bursts(qsizetype logClass, Instant from, Instant to) const;
    /// Of all slots that the span touches, so that no line of it is left out.
    [[nodiscard]] std::uint64_t lines(qsizetype logClass, Instant from, Instant to) const;
    [[nodiscard]] std::chrono::nanoseconds followed(Instant from, Instant to) const;
    /// The last moment up to then at which it was followed; null: it never was.
    [[nodiscard]] Instant lastFollowed(Instant until) const;

private:
    struct Span {
        Instant from;
        Instant to;
    };

    void forget(Instant now);

    QStringList m_classes;
    std::deque<Span> m_spans; ///< in order, none touching another
    bool m_isFollowed = false;
    std::map<std::int64_t, std::vector<std::uint32_t>> m_slots; ///< by class
};

/// Whether it is `log.CLASS`, or `SERVICE.log.CLASS`.
[[nodiscard]] bool isLogPath(const HealthPath& path);

/// Answers count() and coverage() of a class of lines, over all of these logs: how many there were
/// in any, and how much of the time that one was followed which was followed least. Missing where
/// none is followed now: that nobody looked is no good sign.
[[nodiscard]] HealthAnswer logsOverTime(const std::vector<const LogTally*>& logs,
                                        const QString& logClass, const WindowQuestion& question,
                                        Instant now);

} // namespace models
