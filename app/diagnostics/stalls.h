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
/// signal comes after the events with GLib, so it cannot mark the beginning.) What is done before
/// the loop runs is no turn of it.
class StallMeter final : public QObject {
    Q_OBJECT

public:
    explicit StallMeter(QObject* parent = nullptr);

    [[nodiscard]] StallFigures figures() const;
    /// Forgets what was measured, to look at one thing alone.
    void restart();

    bool eventFilter(QObject* watched, QEvent* event) override;

    /// A turn that is longer can be seen: a frame is missed.
    static constexpr double longestTurn = 16; ///< ms

Q_SIGNALS:
    /// A turn took longer than that. Milliseconds; began: the event that it began with.
    void stalled(double processor, double wall, const QString& began);

private:
    void endTurn();

    bool m_isInTurn = false;
    const char* m_receiver = ""; ///< class of who got the first event of the turn
    int m_event = 0;             ///< its type
    std::int64_t m_processorAtStart = 0;
    std::int64_t m_wallAtStart = 0;
    std::int64_t m_worstProcessor = 0;
    std::int64_t m_worstWall = 0;
    qint64 m_turns = 0;
    std::vector<std::uint32_t> m_turnsOf; ///< by wall time in steps of 10 us, the last is open
};

/// With "stalls" in GANTRY_TRACE: measures the calling thread from now on, prints each turn that
/// stalled on standard error, and the figures when the application ends. Call once, with the
/// application made.
void traceStalls();
/// What traceStalls() has measured so far; nothing where it does not measure.
[[nodiscard]] std::optional<StallFigures> stallFigures();
[[nodiscard]] StallMeter* stallMeter();

} // namespace app
