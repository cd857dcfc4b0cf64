// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <chrono>

namespace ui {

/// The time that charts show. It follows the present until a person looks elsewhere. A value.
class TimeWindow {
public:
    using Length = std::chrono::nanoseconds;
    static constexpr Length shortest = std::chrono::seconds(30);
    static constexpr Length longest = std::chrono::days(90);

    [[nodiscard]] models::Instant from() const { return {m_until.nanoseconds - m_length.count()}; }
    [[nodiscard]] models::Instant until() const { return m_until; }
    [[nodiscard]] Length length() const { return m_length; }
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }

    /// Moves along where it follows.
    void tick(models::Instant now);
    /// So much time up to its end.
    void setLength(Length length);
    /// Follows the present again.
    void follow(models::Instant now);
    /// Shows factor times as much; this moment stays where it is. What would be still to come is
    /// never shown: there the window follows.
    void zoom(double factor, models::Instant around, models::Instant now);
    /// By a share of its length, later where it is positive.
    void pan(double share, models::Instant now);
    void show(models::Instant from, models::Instant until, models::Instant now);

    /// From 0 at its begin to 1 at its end.
    [[nodiscard]] double shareOf(models::Instant at) const;
    [[nodiscard]] models::Instant timeOf(double share) const;
    /// How wide buckets are that stand 4 px apart at least, on so many pixels: a round time, so
    /// that they stay where they are while the window moves.
    [[nodiscard]] std::chrono::milliseconds bucketWidth(int pixels) const;

    bool operator==(const TimeWindow&) const = default;

private:
    models::Instant m_until;
    Length m_length = std::chrono::hours(1);
    bool m_isFollowing = true;
};

/// A round time between the ticks of an axis, so that so many fit at most.
[[nodiscard]] std::chrono::milliseconds tickDistance(TimeWindow::Length length, int mostTicks);

} // namespace ui
