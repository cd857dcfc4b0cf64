// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/backlog.h"
#include "app/ssh/channelsink.h"
#include "app/ssh/sshhandles.h"

#include <libssh/callbacks.h>

#include <array>
#include <chrono>
#include <memory>
#include <vector>

namespace app {

/// One channel of a live session, on the I/O thread. It never waits: step() does what can be done
/// now, and callbacks of libssh's only take note.
class LiveChannel {
public:
    /// Those of a session of which there is news: what may step() or flush(). Among hundreds of
    /// channels they are few.
    using News = std::vector<LiveChannel*>;

    /// id: the caller's, and nobody else's in this session. news outlives the channel.
    LiveChannel(quint64 id, ssh_session session, ChannelTarget target,
                std::unique_ptr<ChannelSink> sink, News& news);
    ~LiveChannel();
    Q_DISABLE_COPY_MOVE(LiveChannel)

    [[nodiscard]] quint64 id() const { return m_id; }
    void write(const QByteArray& bytes);
    void closeInput();
    /// The sink has room again.
    void resume();
    /// Nobody listens any more. The channel still has to be stepped until it is over.
    void hangUp();
    /// The session is gone: says so to the sink. Nothing more may be asked of it.
    void fail(const QString& why);

    /// Opens, sends and drains as far as it goes now.
    void step();
    /// Hands over what came, after the packets of a turn. It is off the news, and comes back there
    /// with the next.
    void flush();
    /// The host owes an answer, or takes what is sent to it.
    [[nodiscard]] bool isWaiting() const {
        return m_state == State::Opening || m_state == State::Requesting || pendingInput() > 0;
    }
    /// Puts it on the news.
    void note();
    /// step() may get further.
    [[nodiscard]] bool needsStep() const;
    /// Bytes that wait to be sent.
    [[nodiscard]] qsizetype pendingInput() const { return m_input.size() - m_sent; }
    /// It can be destroyed.
    [[nodiscard]] bool isOver() const { return m_state == State::Over; }
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
    [[nodiscard]] bool drainBacklog();
    void drainBuffer(OutputStream stream);
    [[nodiscard]] qsizetype putAside(OutputStream stream, const char* bytes, qsizetype size);
    [[nodiscard]] qsizetype memoryRoom() const;
    void growWindow();
    [[nodiscard]] bool wantsWindow() const;
    void stall();
    void handOver();
    void finish(const QString& error = {});
    void receive(OutputStream stream, const char* bytes, qsizetype size);

    static int onData(ssh_session session, ssh_channel channel, void* data, uint32_t size,
                      int isError, void* self);
    static void onEnd(ssh_session session, ssh_channel channel, void* self);
    static void onClose(ssh_session session, ssh_channel channel, void* self);
    static void onExitStatus(ssh_session session, ssh_channel channel, int status, void* self);
    static void onExitSignal(ssh_session session, ssh_channel channel, const char* signal, int core,
                             const char* message, const char* language, void* self);

    const quint64 m_id;
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
    bool m_isOpen = false;                 ///< it was; from then on it has to be closed
    bool m_isStalled = false;              ///< bytes wait here that the sink had no room for
    Backlog m_backlog;                     ///< before what libssh holds
    std::array<qsizetype, 2> m_buffered{}; ///< of each stream, what libssh holds
    bool m_isResumed = false;
    bool m_isRemoteClosed = false;
    News& m_news;
    bool m_isNoted = false;   ///< there
    bool m_hasOutput = false; ///< that is not handed over yet
    quint32 m_window = 0;
    qsizetype m_sinceGrown = 0;
    bool m_hasGrown = false; ///< the window, once
    Clock::time_point m_begun;
    std::chrono::microseconds m_roundTrip{0};
};

} // namespace app
