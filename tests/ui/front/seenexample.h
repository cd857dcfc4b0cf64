// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/front/lastseen.h"

namespace tests {

inline constexpr std::int64_t second = 1'000'000'000;
inline constexpr models::Instant seenAt{1'763'000'000 * second};

/// Fresh for a minute.
inline ui::SeenService seenService(const QString& name, models::HealthState state,
                                   models::Instant at = seenAt) {
    return {name, state, at, {at.nanoseconds + 60 * second}};
}

inline ui::LastSeen seenExample() {
    ui::LastSeen seen;
    seen.geometry = {10, 20, 800, 600};
    seen.font = QStringLiteral("/fonts/regular.ttf");
    seen.strongFont = QStringLiteral("/fonts/bold.ttf");
    seen.workspaces = {{QStringLiteral("Conference"),
                        {{QStringLiteral("dev"),
                          {},
                          {seenService(QStringLiteral("portal"), models::HealthState::Warning),
                           seenService(QStringLiteral("media"), models::HealthState::Passing)}},
                         {QStringLiteral("prod"),
                          QColor(0xCF, 0x22, 0x2E),
                          {seenService(QStringLiteral("portal"), models::HealthState::Failing)}}}},
                       {QStringLiteral("Books"), {{QStringLiteral("prod"), {}, {}}}}};
    return seen;
}

} // namespace tests
