// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/linejoiner.h"
#include "models/log/logline.h"

#include <QByteArrayView>

#include <cstdint>
#include <deque>

namespace models {

/// The append-only store of one source's lines. Lines are numbered from 0 for good, in the order in
/// which they were complete; markers are lines too.
///
/// Belongs to one thread. What line() returns keeps its bytes and may go to any thread.
class LogStore {
public:
    explicit LogStore(LogPrefix prefix = LogPrefix::None);

    /// Takes bytes as they came, cut anywhere; torn lines of the two channels are joined apart. A
    /// line's time is that of its stamp (see LogPrefix), else one with which its text begins, else
    /// `arrived`, else the time of the line before it.
    void append(LogChannel channel, QByteArrayView bytes, Instant arrived = {});
    /// Makes lines of what still waits for its line end, and puts a marker behind them.
    void mark(const LogMarker& marker);
    /// Makes lines of what still waits for its line end: the stream is over.
    void finish();

    [[nodiscard]] std::int64_t lineCount() const;
    /// The first line that is still here; those before it went past the budget.
    [[nodiscard]] std::int64_t firstLine() const { return 0; }
    /// line must be below lineCount(). Of those before firstLine() only a Dropped marker is left.
    [[nodiscard]] LogLine line(std::int64_t line) const;

private:
    void add(LogChannel channel, const JoinedLine& joined);

    LineJoiner m_joiner;
    std::deque<LogLine> m_lines;
    Instant m_arrived;
};

} // namespace models
