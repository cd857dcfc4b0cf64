// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/escapes.h"
#include "models/log/logline.h"

#include <QObject>

namespace ui {

/// One row of a log view.
struct LogRow {
    models::LogLine line;
    QList<models::LogSpan> spans;
    int source = 0;         ///< which of the sources it came from
    bool isContext = false; ///< there for what is beside it only
    bool isParted = false;  ///< lines are left out between it and the row before it

    /// Of a marker, when it was over; null where nothing gave one.
    [[nodiscard]] models::Instant time() const {
        return line.time.isNull() && line.marker ? line.marker->time() : line.time;
    }
};

/// What a log view shows: rows that are numbered for good, the oldest first. Main thread; reading a
/// row must take microseconds, whatever it takes to have it at hand.
class LogLines : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Rows before it went.
    [[nodiscard]] virtual qint64 firstRow() const = 0;
    [[nodiscard]] virtual qint64 endRow() const = 0;
    /// number: firstRow() to endRow() - 1.
    [[nodiscard]] virtual LogRow row(qint64 number) = 0;

Q_SIGNALS:
    /// Rows came at the end, or went at the begin.
    void changed();
    /// So many rows came late: they stand before this one now, and those behind count on.
    void inserted(qint64 row, qint64 count);
    /// The rows are others now, as after another filter.
    void reset();
};

} // namespace ui
