// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logorigin.h"
#include "app/log/logsource.h"
#include "app/log/logwords.h"

namespace app {

/// What is read of a source when only a span of time of it is asked for: how it is opened, how many
/// of its lines are taken, and what is said behind them.
class SpanReading {
public:
    explicit SpanReading(LogTimeSpan span)
        : m_span(span) {}

    /// So many lines are read at most; what comes behind them is left out, and that said.
    static constexpr qint64 most = 200'000;

    /// The opening of a feed, of this span and no later; from where it says already, or from the
    /// span's beginning.
    void narrow(LogOpening& opening) const;
    /// What is taken of the next bytes: all, or up to the end of the last line of the most.
    [[nodiscard]] QByteArray take(const QByteArray& bytes);
    /// Something was left out: there is nothing more to read.
    [[nodiscard]] bool isCutShort() const { return m_isCutShort; }
    /// What is said at its end.
    [[nodiscard]] logwords::Remark remark() const;

private:
    LogTimeSpan m_span;
    qint64 m_lines = 0; ///< that ended
    bool m_isEmpty = true;
    bool m_isCutShort = false;
};

} // namespace app
