// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace app {

/// How a session is read: at once, or, where the host says a little all the time, a few
/// milliseconds' worth at a time, for waking costs more than reading then. The time is given to it.
class ReadingPace {
public:
    using Clock = std::chrono::steady_clock;
    enum class Mode { AtOnce, Gathering };

    /// How long is gathered; what looks live still does.
    static constexpr std::chrono::milliseconds gatherTime{16};

    [[nodiscard]] Mode mode() const { return m_mode; }
    /// So many bytes came with one wake. Gives the mode from now on.
    Mode noteRead(std::uint64_t bytes, Clock::time_point now);
    /// Something was asked of the host: the answer is wanted at once.
    void noteRequest(Clock::time_point now);

private:
    void begin(Clock::time_point now);
    void noteGathered(std::uint64_t bytes, Clock::time_point now);

    Mode m_mode = Mode::AtOnce;
    Clock::time_point m_begun; ///< of the stretch that is judged
    Clock::time_point m_heard; ///< while gathering: the last bytes
    int m_wakes = 0;
    std::uint64_t m_bytes = 0;
};

} // namespace app
