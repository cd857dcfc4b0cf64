// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <chrono>

namespace ui {

/// How far back the page of health offers to look.
struct HealthRange {
    const char* words; ///< to be translated in RangeBar
    std::chrono::minutes length;
};
inline constexpr std::array<HealthRange, 6> healthRanges{
    {{QT_TRANSLATE_NOOP("ui::RangeBar", "15 min"), std::chrono::minutes(15)},
     {QT_TRANSLATE_NOOP("ui::RangeBar", "1 h"), std::chrono::hours(1)},
     {QT_TRANSLATE_NOOP("ui::RangeBar", "6 h"), std::chrono::hours(6)},
     {QT_TRANSLATE_NOOP("ui::RangeBar", "24 h"), std::chrono::hours(24)},
     {QT_TRANSLATE_NOOP("ui::RangeBar", "7 d"), std::chrono::days(7)},
     {QT_TRANSLATE_NOOP("ui::RangeBar", "90 d"), std::chrono::days(90)}}};

} // namespace ui
