// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <compare>
#include <cstdint>

namespace models {

/// A moment in UTC, in nanoseconds since 1970. Models never read a clock: instants come with events.
struct Instant {
    std::int64_t nanoseconds = 0;

    [[nodiscard]] bool isNull() const { return nanoseconds == 0; }
    [[nodiscard]] QDateTime toDateTime() const {
        return QDateTime::fromMSecsSinceEpoch(nanoseconds / 1'000'000, Qt::UTC);
    }
    /// RFC 3339 in UTC with nanoseconds, as events store it.
    [[nodiscard]] QString toString() const;
    /// The inverse of toString(); a null instant where the text is no such time.
    [[nodiscard]] static Instant fromString(QStringView text);

    auto operator<=>(const Instant&) const = default;
};

} // namespace models

Q_DECLARE_METATYPE(models::Instant)
