// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace app {

/// What a channel of an SSH session leads to.
struct ChannelTarget {
    enum class Kind { Command, UnixSocket, Tcp };

    Kind kind = Kind::Command;
    QByteArray text; ///< command line, path, or host
    quint16 port = 0;
};

/// How a channel ended, as far as the host said.
struct ChannelEnd {
    std::optional<int> exitStatus; ///< none: it was killed, or the connection went
    QString signal;                ///< "KILL" where it was killed
    QString error;                 ///< why there was no channel, or the connection went
    bool isCutOff = false;         ///< from us, and the command may go on
};

/// Where a channel's bytes go. Lives with the channel, on the I/O thread; none of these may call
/// back into the session.
class ChannelSink {
public:
    ChannelSink() = default;
    virtual ~ChannelSink() = default;
    Q_DISABLE_COPY_MOVE(ChannelSink)

    virtual void opened() = 0;
    /// How many bytes it takes now. What it does not take waits, and so does the host.
    [[nodiscard]] virtual qsizetype room() = 0;
    /// More came than it had room for: the channel is to be resumed when there is room again.
    virtual void noteStalled() = 0;
    virtual void take(OutputStream stream, const char* bytes, qsizetype size) = 0;
    /// The host took all that was written.
    virtual void noteSent() {}
    /// Nothing more comes for now.
    virtual void flush() = 0;
    /// Once, after the last bytes.
    virtual void closed(const ChannelEnd& end) = 0;
};

} // namespace app
