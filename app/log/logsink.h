// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logline.h"

#include <QByteArray>

namespace app {

/// Where the lines of one stream go. On the engine's thread.
class LogSink {
public:
    LogSink() = default;
    virtual ~LogSink() = default;
    Q_DISABLE_COPY_MOVE(LogSink)

    /// Whole lines, but for one that is longer than a megabyte, which comes in pieces. Each line
    /// has its timestamp in front where the source gives one.
    virtual void append(models::LogChannel channel, const QByteArray& bytes) = 0;
    /// Something happened between the lines before and those behind.
    virtual void mark(const models::LogMarker& marker) = 0;
};

} // namespace app
