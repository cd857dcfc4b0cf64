// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timewindow.h"

#include <algorithm>
#include <array>

namespace ui {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr int leastPixels = 4;

/// Each divides a day, or is made of whole ones.
constexpr std::array<milliseconds, 27> roundTimes{
    100ms, 200ms, 500ms, 1s, 2s, 5s, 10s, 15s, 30s, 1min, 2min,    5min,     10min,   15min,
    30min, 1h,    2h,    3h, 4h, 6h, 8h,  12h, 24h, 48h,  24h * 7, 24h * 14, 24h * 28};

milliseconds roundTime(milliseconds least) {
    const auto* const found = std::lower_bound(roundTimes.begin(), roundTimes.end(), least);
    return found == roundTimes.end() ? roundTimes.back() : *found;
}

} // namespace

void TimeWindow::tick(models::Instant now) {
    if (m_isFollowing)
        m_until = now;
}

void TimeWindow::setLength(Length length) {
    m_length = std::clamp(length, shortest, longest);
}

void TimeWindow::follow(models::Instant now) {
    m_isFollowing = true;
    m_until = now;
}

void TimeWindow::zoom(double factor, models::Instant around, models::Instant now) {
    const double share = shareOf(around);
    setLength(Length(static_cast<std::int64_t>(static_cast<double>(m_length.count()) * factor)));
    const auto behind = static_cast<double>(m_length.count()) * (1 - share);
    const models::Instant until{around.nanoseconds + static_cast<std::int64_t>(behind)};
    show({until.nanoseconds - m_length.count()}, until, now);
}

void TimeWindow::pan(double share, models::Instant now) {
    const auto by = static_cast<std::int64_t>(static_cast<double>(m_length.count()) * share);
    show({from().nanoseconds + by}, {m_until.nanoseconds + by}, now);
}

void TimeWindow::show(models::Instant first, models::Instant last, models::Instant now) {
    setLength(Length(last.nanoseconds - first.nanoseconds));
    m_isFollowing = last >= now;
    m_until = m_isFollowing ? now : models::Instant{first.nanoseconds + m_length.count()};
}

double TimeWindow::shareOf(models::Instant at) const {
    return static_cast<double>(at.nanoseconds - from().nanoseconds) /
           static_cast<double>(m_length.count());
}

models::Instant TimeWindow::timeOf(double share) const {
    return {from().nanoseconds +
            static_cast<std::int64_t>(static_cast<double>(m_length.count()) * share)};
}

milliseconds TimeWindow::bucketWidth(int pixels) const {
    return tickDistance(m_length, pixels / leastPixels);
}

milliseconds tickDistance(TimeWindow::Length length, int mostTicks) {
    const auto whole = std::chrono::duration_cast<milliseconds>(length);
    return roundTime(whole / std::max(1, mostTicks));
}

} // namespace ui
