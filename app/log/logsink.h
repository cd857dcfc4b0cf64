// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/log/logline.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <cstdint>

namespace app {

/// Something that happened to a stream, to be shown between its lines.
struct LogNotice {
    enum class Kind : std::uint8_t {
        Gap,       ///< the connection was away; nothing is missing
        Missing,   ///< lines of the gap may be missing
        Rotated,   ///< lines are gone from the source before they were read
        Silent,    ///< it had stopped without a word, and was taken up again
        Stopped,   ///< the container, or the command, has ended
        Restarted, ///< the same container runs again
        Recreated, ///< another container took its place; the lines go on with that one's
        Vanished,  ///< the container is gone, and nothing took its place so far
        Failed,    ///< see text
        ClockBack, ///< the source's time jumped back; at a gap, lines may show twice
    };

    Kind kind = Kind::Gap;
    models::Instant at;                  ///< of the console's clock
    std::chrono::milliseconds length{0}; ///< of a gap
    QString text;                        ///< for people

    bool operator==(const LogNotice&) const = default;
};

/// Where the lines of one stream go. On the engine's thread.
class LogSink {
public:
    LogSink() = default;
    virtual ~LogSink() = default;
    Q_DISABLE_COPY_MOVE(LogSink)

    /// Whole lines, but for one that is longer than a megabyte, which comes in pieces. Each line
    /// has its timestamp in front where the source gives one.
    virtual void append(models::LogChannel channel, const QByteArray& bytes) = 0;
    virtual void note(const LogNotice& notice) = 0;
};

} // namespace app

Q_DECLARE_METATYPE(app::LogNotice)
