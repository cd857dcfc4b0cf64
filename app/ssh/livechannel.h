// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/channelsink.h"
#include "app/ssh/sshhandles.h"

#include <libssh/callbacks.h>

#include <chrono>
#include <memory>

namespace app {

/// One channel of a live session, on the I/O thread. It never waits: step() does what can be done
/// now, and callbacks of libssh's only take note.
class LiveChannel {
public:
    LiveChannel(ssh_session session, ChannelTarget target, std::unique_ptr<ChannelSink> sink);
    ~LiveChannel();
    Q_DISABLE_COPY_MOVE(LiveChannel)

    void write(const QByteArray& bytes);
    void closeInput() { m_closeInput = true; }
    /// The sink has room again.
    void resume() { m_isResumed = true; }
    /// Nobody listens any more. The channel still has to be stepped until it is over.
    void hangUp();
    /// The session is gone: says so to the sink. Nothing more may be asked of it.
    void fail(const QString& why);

    /// Opens, sends and drains as far as it goes now.
    void step();
    /// Hands over what came; called after the packets of a turn.
    void flush();
    /// step() may get further.
    [[nodiscard]] bool needsStep() const;
    /// Bytes that wait to be sent.
    [[nodiscard]] qsizetype pendingInput() const { return m_input.size() - m_sent; }
    /// It can be destroyed.
    [[nodiscard]] bool isOver() const { return m_state == State::Over; }
    /// Bytes that came since the last call.
    [[nodiscard]] qsizetype takeReceived();
    /// From asking for the channel to having it; zero until then.
    [[nodiscard]] std::chrono::microseconds roundTrip() const { return m_roundTrip; }
    /// How much may be under way to us at least, in a busy stream.
    void setWindow(quint32 bytes) { m_window = bytes; }

private:
    enum class State { Opening, Requesting, Running, Over };
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] int open();
    void stepOpening();
    void stepRequesting();
    void sendInput();
    void drain();
    void drain(OutputStream stream);
    void growWindow();
    void stall();
    void finish(const QString& error = {});
    [[nodiscard]] qsizetype receive(OutputStream stream, const char* bytes, qsizetype size);

    static int onData(ssh_session session, ssh_channel channel, void* data, uint32_t size,
                      int isError, void* self);
    static void onEnd(ssh_session session, ssh_channel channel, void* self);
    static void onClose(ssh_session session, ssh_channel channel, void* self);
    static void onExitStatus(ssh_session session, ssh_channel channel, int status, void* self);
    static void onExitSignal(ssh_session session, ssh_channel channel, const char* signal, int core,
                             const char* message, const char* language, void* self);

    ssh_session m_session;
    ssh_channel m_channel;
    const ChannelTarget m_target;
    std::unique_ptr<ChannelSink> m_sink; ///< none once nobody listens
    ssh_channel_callbacks_struct m_callbacks{};
    State m_state = State::Opening;
    ChannelEnd m_end;
    QByteArray m_input;
    qsizetype m_sent = 0; ///< of m_input
    bool m_closeInput = false;
    bool m_inputClosed = false;
    bool m_isOpen = false;    ///< it was; from then on it has to be closed
    bool m_isStalled = false; ///< libssh holds bytes that the sink had no room for
    bool m_isResumed = false;
    bool m_isRemoteClosed = false;
    bool m_hasNews = false;
    qsizetype m_received = 0;
    quint32 m_window = 0;
    qsizetype m_sinceGrown = 0;
    Clock::time_point m_begun;
    std::chrono::microseconds m_roundTrip{0};
};

} // namespace app
