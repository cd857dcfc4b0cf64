// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/core/result.h"
#include "models/health/conditionreading.h"
#include "models/health/sustained.h"

#include <chrono>
#include <optional>

namespace models {

/// A condition that proposes a rollback when it holds. A value.
struct Trigger {
    QString name;
    QString when;
    QString clear; ///< when it is over again; empty: as soon as `when` does not hold
    std::chrono::milliseconds every{10'000};
    Severity severity = Severity::Error; ///< how much it means that it holds

    bool operator==(const Trigger&) const = default;
};

/// "error", "warn", "info": as it is written in gantry.yaml.
[[nodiscard]] QString triggerSeverityName(Severity severity);
/// What is said of one that holds: "holds", "holds (a warning)", "holds (for information)".
[[nodiscard]] QString triggerHoldsWords(Severity severity);
/// Nothing for another word.
[[nodiscard]] std::optional<Severity> triggerSeverity(const QString& name);

enum class TriggerState : std::uint8_t { Holds, Unknown, Clear };

/// How a trigger stands, from one reading after the other. Changes by what it is given alone.
class TriggerWatch {
public:
    /// An error is that of one of its conditions.
    [[nodiscard]] static Result<TriggerWatch> make(const Trigger& trigger);

    [[nodiscard]] const Trigger& trigger() const { return m_trigger; }
    /// Asks the source once. Of two readings the later one counts.
    void read(const HealthSource& source, Instant at);

    /// Holds until `clear` passes, also while that is not known: what began is over only when that
    /// was seen. What could not be decided is Unknown and never Holds.
    [[nodiscard]] TriggerState state(Instant now) const;
    /// What the condition came to, or why it is not known.
    [[nodiscard]] QString words(Instant now) const;
    [[nodiscard]] const std::optional<ConditionReading>& last() const { return m_last; }
    [[nodiscard]] Instant lastAt() const { return m_lastAt; }

private:
    TriggerWatch(Trigger trigger, Condition when, std::optional<Condition> clear);

    Trigger m_trigger;
    Condition m_when;
    std::optional<Condition> m_clear;
    SustainedVerdict m_holding;
    SustainedVerdict m_clearing;
    std::optional<ConditionReading> m_last;
    Instant m_lastAt;
    bool m_holds = false;
};

} // namespace models
