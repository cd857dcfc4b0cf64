// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/readingpace.h"

namespace app {
namespace {

constexpr std::chrono::milliseconds stretch{64};
/// In a stretch; fewer wakes are not worth any delay.
constexpr int manyWakes = 16;
/// In a stretch: more is a stream that is read as fast as it goes.
constexpr std::uint64_t littleInStretch = 256 * 1024;
constexpr std::uint64_t littleInGathering = 128 * 1024;

} // namespace

ReadingPace::Mode ReadingPace::noteRead(std::uint64_t bytes, Clock::time_point now) {
    if (m_mode == Mode::Gathering) {
        if (bytes == 0 || bytes > littleInGathering)
            begin(now);
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
    if (isSteady && isLittle)
        m_mode = Mode::Gathering;
    return m_mode;
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
