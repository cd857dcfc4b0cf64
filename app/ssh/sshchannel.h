// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"
#include "app/ssh/channelsink.h"

#include <QList>

#include <memory>

namespace app {

struct ChannelFlow;
struct SshContext;

/// A channel as the engine's thread sees it; what it leads to is on the I/O thread. May be written
/// to before there is a connection. While reading is off it holds back the host. What is under way
/// then waits: 2 MB at most in memory, and the rest, on a line with a long round trip, on disk.
class SshChannel final : public Channel {
    Q_OBJECT

public:
    /// connection: the number of the one that will attach() it.
    SshChannel(std::shared_ptr<SshContext> context, quint64 connection, ChannelTarget target);
    ~SshChannel() override;
    Q_DISABLE_COPY_MOVE(SshChannel)

    void write(const QByteArray& bytes) override;
    void closeInput() override;
    void setReading(Reading reading) override;
    [[nodiscard]] bool wasCutOff() const override { return m_end.isCutOff; }
    [[nodiscard]] std::optional<int> exitStatus() const override { return m_end.exitStatus; }
    [[nodiscard]] QString failure() const override { return m_end.error; }

    [[nodiscard]] quint64 id() const { return m_id; }
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    /// How it ended; complete with closed().
    [[nodiscard]] const ChannelEnd& end() const { return m_end; }

    /// To be opened in this session, with all that was written so far.
    void attach(quint64 session);
    /// There is no connection, and none to wait for.
    void fail(const QString& why);
    /// Whether the host ever sent a byte.
    [[nodiscard]] bool hasHeard() const { return m_hasHeard; }
    /// Hangs up from here, and is closed() then.
    void giveUp();

private:
    friend class EngineSink;
    struct Batch {
        QByteArray out;
        QByteArray err;
    };

    void noteOpened();
    void deliver(Batch batch);
    void pass(const Batch& batch);
    void passHeld();
    void noteClosed(const ChannelEnd& end);
    void close();
    void hangUp();

    std::shared_ptr<SshContext> m_context;
    quint64 m_id;
    quint64 m_connection;
    quint64 m_session = 0; ///< 0: waits for one
    ChannelTarget m_target;
    std::shared_ptr<ChannelFlow> m_flow;
    QByteArray m_early; ///< written before there was a session
    bool m_closeEarly = false;
    bool m_isOpen = false;
    bool m_hasHeard = false;
    bool m_hasEnded = false; ///< all that comes is here
    bool m_isClosed = false;
    Reading m_reading = Reading::On;
    QList<Batch> m_held;
    ChannelEnd m_end;
};

} // namespace app
