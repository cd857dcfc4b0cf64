// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/sustained.h"
#include "models/run/runstate.h"

#include <deque>

namespace models {

/// A number of a gate's condition and its limit, as they went since the gate was entered. A value.
struct LeafCourse {
    struct Point {
        Instant at;
        Verdict verdict = Verdict::Unknown;
        double observed = 0; ///< seconds, bytes or plain; nothing where the verdict is Unknown
        double limit = 0;

        bool operator==(const Point&) const = default;
    };
    static constexpr qsizetype pointsKept = 400;

    QString expression;  ///< as it is written
    QList<Point> points; ///< oldest first

    bool operator==(const LeafCourse&) const = default;
};

/// How a gate stands by what was read since it was entered. A value.
struct GateStanding {
    Verdict verdict = Verdict::Unknown; ///< whether it may pass now
    int samples = 0;                    ///< readings that count, of the rule's
    ConditionReading reading;           ///< the newest
    Instant at;                         ///< of it; null: none yet
    QString words;                      ///< what it waits for, or on what it passes
    QList<GateSample> newest;           ///< those that count, oldest first
    QList<LeafCourse> courses; ///< one for each leaf; without points where none is a number
};

/// Decides a gate from one reading after the other: it passes when its condition passes, with its
/// "for", and so many of the newest readings as the rule asks for are known. Without a "for" all of
/// those have to pass, so that one good moment does not open it. A reading that is not known, or a
/// gap between two, starts the count again. Changes by what it is given alone.
class GateWatch {
public:
    GateWatch(Condition condition, const GateRule& rule);

    /// Asks the source once. Of two readings the later one counts.
    void read(const HealthSource& source, Instant at);
    /// The same for a reading that was made elsewhere.
    void add(const ConditionReading& reading, Instant at);

    [[nodiscard]] const Condition& condition() const { return m_condition; }
    [[nodiscard]] GateStanding standing(Instant now) const;

private:
    void keepNumbers();

    Condition m_condition;
    GateRule m_rule;
    SustainedVerdict m_sustained;
    ConditionReading m_reading;
    Instant m_at;
    QList<LeafCourse> m_courses;
    std::deque<GateSample> m_known; ///< known ones in a row, at most as many as are asked for
};

/// The numbers of a reading in one sentence.
[[nodiscard]] QString readingWords(const ConditionReading& reading);

} // namespace models
