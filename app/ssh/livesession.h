// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/channelsink.h"
#include "app/ssh/readingpace.h"
#include "app/ssh/sshhandles.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

class QSocketNotifier;
class QTimer;

namespace app {

class LiveChannel;
class MailAddress;

struct KeepAlive {
    std::chrono::milliseconds interval{15'000}; ///< 0: none
    int misses = 3; ///< so many questions without a byte back, and the host is taken for gone
};

/// Who hears how a session fares. Called on the I/O thread.
struct SessionListener {
    /// Once, when the host or the line is gone; not where the session is destroyed from here.
    std::function<void(const QString& why)> lost;
    /// A question has been without an answer for unusually long, since then; nothing: there was
    /// one after all. The session is not given up by this.
    std::function<void(std::optional<std::chrono::steady_clock::time_point> since)> silent;
};

/// A session that is logged in, on the I/O thread, which it never blocks. An idle one wakes for its
/// keepalive and for nothing else; one on which little comes all the time is read some
/// milliseconds' worth at a time.
class LiveSession final : public QObject {
    Q_OBJECT

public:
    /// self posts to the I/O thread.
    LiveSession(SessionHandle session, const KeepAlive& keepAlive, const MailAddress& self,
                SessionListener listener);
    ~LiveSession() override;
    Q_DISABLE_COPY_MOVE(LiveSession)

    /// id is the caller's, and nobody else's in this session.
    void open(quint64 id, const ChannelTarget& target, std::unique_ptr<ChannelSink> sink);
    // Of a channel that is gone: nothing happens.
    void write(quint64 id, const QByteArray& bytes);
    void closeInput(quint64 id);
    void resume(quint64 id);
    void hangUp(quint64 id);
    [[nodiscard]] qsizetype pendingInput(quint64 id) const;
    /// Hangs up, and tells the channels why.
    void end(const QString& why);

private:
    struct Event;
    using Channels = std::map<quint64, std::unique_ptr<LiveChannel>>;

    [[nodiscard]] LiveChannel* channel(quint64 id) const;
    void pump();
    void askSoon();
    void pumpSoon();
    void pace(uint64_t bytes);
    [[nodiscard]] bool turn();
    [[nodiscard]] bool isGone() const;
    void stepChannels();
    void clearUp();
    void learnRoundTrip(const LiveChannel& channel);
    void probe();
    void ask();
    void noteSign();
    void die(const QString& why);

    std::shared_ptr<MailAddress> m_mail;
    SessionListener m_listener;
    ssh_counter_struct m_counter{};
    std::vector<LiveChannel*> m_news; ///< see LiveChannel::News
    Channels m_channels;
    SessionHandle m_session;
    std::unique_ptr<Event> m_event;
    QSocketNotifier* m_readable = nullptr;
    QSocketNotifier* m_writable = nullptr;
    QTimer* m_gathering = nullptr; ///< until the next look, while reading is off
    ReadingPace m_pace;
    QTimer* m_probe = nullptr; ///< until the next question, or of waiting for an answer
    KeepAlive m_keepAlive;
    std::chrono::steady_clock::time_point m_askedAt;
    uint64_t m_askedBytes = 0; ///< that had come when it was asked
    int m_misses = 0;
    bool m_isAsking = false;
    bool m_isSilent = false; ///< while it asks, and was told of
    quint32 m_window = 0;
    std::chrono::microseconds m_roundTrip{0};
    bool m_isPumpQueued = false;
    bool m_isPumping = false;
    bool m_isDead = false;
};

} // namespace app
