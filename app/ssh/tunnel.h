// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/cancellation.h"
#include "app/ssh/channelsink.h"
#include "app/ssh/connectfailure.h"
#include "app/ssh/livesession.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QSocketNotifier;

namespace app {

/// A connection through a host: a channel of its session on one side, a descriptor on the other,
/// which another session uses as its line. On the I/O thread.
class Tunnel final : public QObject, public ChannelSink {
    Q_OBJECT

public:
    /// Told once: nothing where the far side is connected, else why not.
    using Opened = std::function<void(const QString& error)>;

    /// Owns near, a socket. id is the channel's in the session.
    Tunnel(LiveSession& session, quint64 id, int near, Opened opened);
    ~Tunnel() override;

    void opened() override;
    [[nodiscard]] qsizetype room() override;
    void noteStalled() override;
    void noteSent() override;
    void take(OutputStream stream, const char* bytes, qsizetype size) override;
    void flush() override;
    void closed(const ChannelEnd& end) override;

private:
    void readNear();
    void writeNear();

    QPointer<LiveSession> m_session;
    quint64 m_id;
    int m_near;
    Opened m_opened;
    QSocketNotifier* m_readable = nullptr;
    QSocketNotifier* m_writable = nullptr;
    QByteArray m_waiting; ///< from the far side
    qsizetype m_written = 0;
    bool m_isStalled = false;
};

class IoThread;
struct HostSettings;

/// Connects through the session to where the settings say. Gives the near end, which the caller
/// owns. Blocks; on a worker's thread.
[[nodiscard]] Connected<int> tunnelTo(const IoThread& io, quint64 session, quint64 channel,
                                      const HostSettings& settings,
                                      Cancellation::Clock::time_point until,
                                      const Cancellation& cancellation);

} // namespace app
