// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/verdict.h"
#include "models/health/condition.h"

#include <chrono>
#include <optional>

namespace models {

/// What a function over a window of time asks for.
struct WindowQuestion {
    QString function; ///< "p95", "success_rate", …
    HealthPath series;
    QString metric;                         ///< of prom()
    double number = 0;                      ///< of burn(): the objective, 0.999
    std::chrono::milliseconds threshold{0}; ///< of apdex()
    std::chrono::milliseconds window{0};    ///< 0: not said
};

/// A value with what it rests on.
struct HealthAnswer {
    HealthValue value;
    QString basis; ///< "from 30 samples"; may be empty
};

/// Answers what a condition asks. Whatever is not there, too old or too little is Missing with its
/// reason, never a guess.
class HealthSource {
public:
    HealthSource() = default;
    HealthSource(const HealthSource&) = delete;
    HealthSource& operator=(const HealthSource&) = delete;
    virtual ~HealthSource() = default;

    [[nodiscard]] virtual HealthAnswer value(const HealthPath& path) const = 0;
    [[nodiscard]] virtual HealthAnswer overTime(const WindowQuestion& question) const = 0;
};

/// What one comparison, or one bare value, came to.
struct LeafReading {
    QString expression; ///< as it is written
    Verdict verdict = Verdict::Unknown;
    /// "p95(http.total, 5m) was 812 ms from 30 samples; limit 1.5x sla.p95 (750 ms)", or why it is
    /// not known.
    QString words;
    /// Where two numbers were compared, in seconds, bytes or plain: what was seen, and its limit.
    /// Not recorded.
    std::optional<double> observed = {};
    std::optional<double> limit = {};

    bool operator==(const LeafReading&) const = default;
};

/// A condition decided once. Every leaf is read, also where others have decided already: people
/// want to see all of the numbers.
struct ConditionReading {
    Verdict verdict = Verdict::Unknown;
    QList<LeafReading> leaves;

    bool operator==(const ConditionReading&) const = default;
};

/// In Kleene's logic: what is not known decides nothing, unless the rest decides without it.
[[nodiscard]] ConditionReading readCondition(const Condition& condition,
                                             const HealthSource& source);

} // namespace models
