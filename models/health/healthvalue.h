// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <cstdint>
#include <variant>

namespace models {

/// What a number counts.
enum class Unit : std::uint8_t {
    None,  ///< a number or a ratio: 95 % is 0.95
    Time,  ///< seconds
    Bytes, ///< a kilobyte has 1,000 of them
};

struct Quantity {
    double number = 0;
    Unit unit = Unit::None;

    bool operator==(const Quantity&) const = default;
};

/// Nothing that could be reckoned with, and why: a field that is not there, too few samples, data
/// that is too old. Never 0 and never false.
struct Missing {
    QString reason;

    bool operator==(const Missing&) const = default;
};

/// JSON's null: there, and empty.
struct Null {
    bool operator==(const Null&) const = default;
};

/// What a condition reckons with.
using HealthValue = std::variant<Missing, Null, bool, Quantity, QString>;

enum class NumberForm { Plain, Percent };
/// For people: "812 ms", "5 min", "95 %", "1.5 GB", "true", "\"text\"", "null", "unknown".
[[nodiscard]] QString valueWords(const HealthValue& value, NumberForm form = NumberForm::Plain);

/// "45 s", "812 ms", "5 min".
[[nodiscard]] QString durationWords(std::chrono::nanoseconds duration);

/// What a value is, or can be, as far as it is known before anything is observed.
enum class ValueType : std::uint8_t { Any, Number, Time, Bytes, Truth, Text, Null };

/// Any for what is Missing.
[[nodiscard]] ValueType typeOf(const HealthValue& value);
/// "a duration", "text", "a number": for a sentence about a wrong type; "anything" for Any.
[[nodiscard]] QString typeWords(ValueType type);

} // namespace models
