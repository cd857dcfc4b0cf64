// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/conditionreading.h"

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

} // namespace tests
