// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/readingpace.h"

namespace app {
namespace {

constexpr std::chrono::milliseconds stretch{64};
/// In a stretch; fewer wakes are not worth any delay.
constexpr int manyWakes = 16;
/// In a stretch: more is a stream that is read as fast as it goes.
constexpr std::uint64_t littleInStretch = 256 * 1024;
/// In a millisecond of gathering, over as many as it took: a late look finds more.
constexpr std::uint64_t littleInMillisecond = 8 * 1024;

} // namespace

ReadingPace::Mode ReadingPace::noteRead(std::uint64_t bytes, Clock::time_point now) {
    if (m_mode == Mode::Gathering) {
        noteGathered(bytes, now);
        return m_mode;
    }
    ++m_wakes;
    m_bytes += bytes;
    const auto passed = now - m_begun;
    if (passed < stretch)
        return m_mode;
    const bool isSteady = passed < 2 * stretch && m_wakes >= manyWakes;
    const bool isLittle = m_bytes < littleInStretch;
    begin(now);
    if (isSteady && isLittle) {
        m_mode = Mode::Gathering;
        m_heard = now;
    }
    return m_mode;
}

/// One look that finds nothing, or one that comes late, says nothing yet: the machine is busy.
void ReadingPace::noteGathered(std::uint64_t bytes, Clock::time_point now) {
    m_bytes += bytes;
    if (bytes > 0)
        m_heard = now;
    const auto passed = now - m_begun;
    const auto most = littleInMillisecond * std::uint64_t(passed / std::chrono::milliseconds(1));
    if (now - m_heard >= stretch || (passed >= gatherTime && m_bytes > most)) {
        begin(now);
    } else if (passed >= gatherTime) {
        m_begun = now;
        m_bytes = 0;
    }
}

void ReadingPace::noteRequest(Clock::time_point now) {
    begin(now);
}

void ReadingPace::begin(Clock::time_point now) {
    m_mode = Mode::AtOnce;
    m_begun = now;
    m_wakes = 0;
    m_bytes = 0;
}

} // namespace app
