// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/conditionreading.h"

#include <QByteArray>

#include <utility>

namespace tests {

/// Answers everything with one value, or with what is missing.
class OneSource final : public models::HealthSource {
public:
    explicit OneSource(models::HealthValue value)
        : m_value(std::move(value)) {}

    [[nodiscard]] models::HealthAnswer value(const models::HealthPath&) const override {
        return {m_value, {}};
    }
    [[nodiscard]] models::HealthAnswer overTime(const models::WindowQuestion&) const override {
        return {m_value, {}};
    }

private:
    models::HealthValue m_value;
};

/// What a trigger or a gate reads: a number is a percentage, "-" is not known, and " " does not
/// come.
template <class Watch>
void read(Watch& watch, const QByteArray& reading, models::Instant at) {
    if (reading == "-")
        watch.read(OneSource(models::Missing{u"It was not read."_qs}), at);
    else if (reading != " ")
        watch.read(OneSource(models::Quantity{reading.toDouble() / 100, models::Unit::None}), at);
}

} // namespace tests
