// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "tests/support/fakelogservice.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <vector>

namespace tests {

/// Lines of the generated log that arrive from the streams which a fake service follows, in turn.
/// They are cut beforehand: what they cost on this thread is what it costs to hand them on.
class LogRain {
public:
    explicit LogRain(FakeLogService& service);
    ~LogRain();
    Q_DISABLE_COPY_MOVE(LogRain)

    /// From this line of the log on, at most so many; -1 for all.
    [[nodiscard]] models::Result<void> open(qint64 from, qint64 count);
    /// So many lines at once, or a few more.
    void pour(qint64 lines);
    /// So many lines a second from now on.
    void start(int linesInASecond);
    void stop();
    /// Lines that fell so far.
    [[nodiscard]] qint64 poured() const { return qint64(m_next) * pieceLines; }

private:
    /// As many as a busy container writes between two reads.
    static constexpr int pieceLines = 125;

    void pourNext();

    FakeLogService& m_service;
    QFile m_file;
    const char* m_bytes = nullptr;
    std::vector<qint64> m_pieces; ///< where each begins, and where the last ends
    size_t m_next = 0;
    QTimer m_timer;
    QElapsedTimer m_since;
    size_t m_atStart = 0;
    int m_pace = 0; ///< lines a second
};

} // namespace tests
