// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>
#include <optional>
#include <vector>

namespace app {

/// How long an event loop was away from its events. Milliseconds.
struct StallFigures {
    qint64 turns = 0;
    double worstProcessor = 0; ///< longest turn in processor time of the thread
    double worstWall = 0;
    double wall999 = 0; ///< 99.9th percentile of all turns in wall time
};

/// Measures every turn of the event loop of the thread that makes it: from the first event that is
/// delivered after the loop waited, to when it is about to wait again. (The dispatcher's awake()
/// signal comes after the events with GLib, so it cannot mark the beginning.)
class StallMeter final : public QObject {
    Q_OBJECT

public:
    explicit StallMeter(QObject* parent = nullptr);

    [[nodiscard]] StallFigures figures() const;
    /// Forgets what was measured, to look at one thing alone.
    void restart();

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void endTurn();

    bool m_isInTurn = false;
    std::int64_t m_processorAtStart = 0;
    std::int64_t m_wallAtStart = 0;
    std::int64_t m_worstProcessor = 0;
    std::int64_t m_worstWall = 0;
    qint64 m_turns = 0;
    std::vector<std::uint32_t> m_turnsOf; ///< by wall time in steps of 10 us, the last is open
};

/// With "stalls" in GANTRY_TRACE: measures the calling thread from now on, and prints the figures
/// on standard error when the application ends. Call once, with the application made.
void traceStalls();
/// What traceStalls() has measured so far; nothing where it does not measure.
[[nodiscard]] std::optional<StallFigures> stallFigures();
[[nodiscard]] StallMeter* stallMeter();

} // namespace app
