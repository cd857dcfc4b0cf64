// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/tunnel.h"

#include "app/ssh/hostsettings.h"
#include "app/ssh/iothread.h"

#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace app {
namespace {

constexpr qsizetype waitingLimit = 1024 * 1024;
constexpr qsizetype sendingLimit = 256 * 1024;

/// What the I/O thread tells the worker that waits for the tunnel.
struct Opening {
    Cancellation done; ///< "cancelled" once it is known
    std::mutex mutex;
    QString error;

    void tell(const QString& why) {
        {
            const std::scoped_lock lock(mutex);
            error = why;
        }
        done.cancel();
    }
};

} // namespace

Tunnel::Tunnel(LiveSession& session, quint64 id, int near, Opened opened)
    : m_session(&session)
    , m_id(id)
    , m_near(near)
    , m_opened(std::move(opened)) {
    m_readable = new QSocketNotifier(m_near, QSocketNotifier::Read, this);
    m_writable = new QSocketNotifier(m_near, QSocketNotifier::Write, this);
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    connect(m_readable, &QSocketNotifier::activated, this, &Tunnel::readNear);
    connect(m_writable, &QSocketNotifier::activated, this, &Tunnel::writeNear);
}

Tunnel::~Tunnel() {
    delete m_readable;
    delete m_writable;
    ::close(m_near);
    if (m_opened)
        m_opened(tr("The host in between was given up."));
}

void Tunnel::opened() {
    m_readable->setEnabled(true);
    std::exchange(m_opened, nullptr)(QString());
}

qsizetype Tunnel::room() {
    return waitingLimit - (m_waiting.size() - m_written);
}

void Tunnel::noteStalled() {
    m_isStalled = true;
    // There may be room again by now, and nothing left to be written that would find it.
    QTimer::singleShot(0, this, &Tunnel::writeNear);
}

void Tunnel::take(OutputStream, const char* bytes, qsizetype size) {
    m_waiting.append(bytes, size);
}

void Tunnel::flush() {
    writeNear();
}

void Tunnel::noteSent() {
    m_readable->setEnabled(true);
}

void Tunnel::closed(const ChannelEnd& end) {
    if (const auto opened = std::exchange(m_opened, nullptr))
        opened(end.error.isEmpty() ? tr("The host in between hung up.") : end.error);
    writeNear();
    // The session on the other end hears of it from its descriptor.
    shutdown(m_near, SHUT_RDWR);
}

void Tunnel::readNear() {
    std::array<char, 64 * 1024> bytes;
    const ssize_t count = recv(m_near, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (!m_session)
        return;
    if (count <= 0) {
        m_readable->setEnabled(false);
        m_session->hangUp(m_id);
        return;
    }
    m_session->write(m_id, QByteArray(bytes.data(), count));
    if (m_session->pendingInput(m_id) > sendingLimit)
        m_readable->setEnabled(false);
}

void Tunnel::writeNear() {
    bool isGone = false;
    while (m_written < m_waiting.size()) {
        const ssize_t count =
            send(m_near, m_waiting.constData() + m_written, size_t(m_waiting.size() - m_written),
                 MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            isGone = errno != EAGAIN; // reading tells the session
            break;
        }
        m_written += count;
    }
    if (isGone || m_written == m_waiting.size() || m_written > waitingLimit / 2) {
        m_waiting.remove(0, isGone ? m_waiting.size() : m_written);
        m_written = 0;
    }
    m_writable->setEnabled(!m_waiting.isEmpty());
    if (m_session && room() > waitingLimit / 2 && std::exchange(m_isStalled, false))
        m_session->resume(m_id);
}

Connected<int> tunnelTo(const IoThread& io, quint64 session, quint64 channel,
                        const HostSettings& settings, Cancellation::Clock::time_point until,
                        const Cancellation& cancellation) {
    std::array<int, 2> ends{-1, -1};
    const QString where = settings.address();
    const auto fail = [&where](const QString& why) {
        return noConnection(ConnectFailure::Kind::Unreachable, models::ErrorCode::NotFound,
                            Tunnel::tr("%1 cannot be reached from the host in between. Check the "
                                       "name and the port as that host knows them, and that it "
                                       "lets connections through (AllowTcpForwarding).")
                                .arg(where),
                            why);
    };
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return fail(QString::fromLocal8Bit(std::strerror(errno)));
    const auto opening = std::make_shared<Opening>();
    const ChannelTarget target{ChannelTarget::Kind::Tcp, settings.hostName.toUtf8(), settings.port};
    io.post([=, near = ends[0]](SessionTable& sessions) {
        LiveSession* const live = sessions.find(session);
        if (live == nullptr) {
            ::close(near);
            opening->tell(Tunnel::tr("The host in between hung up."));
            return;
        }
        live->open(channel, target,
                   std::make_unique<Tunnel>(*live, channel, near,
                                            [opening](const QString& why) { opening->tell(why); }));
    });
    const auto woken = cancellation.wait(opening->done.descriptor(), POLLIN, until);
    const std::scoped_lock lock(opening->mutex);
    if (woken == Cancellation::Wake::Ready && opening->error.isEmpty())
        return ends[1];
    ::close(ends[1]); // and the other end sees that nobody is there
    if (woken == Cancellation::Wake::Cancelled)
        return noConnection(ConnectFailure::Kind::Cancelled, models::ErrorCode::Cancelled,
                            Tunnel::tr("Connecting was cancelled."));
    return fail(opening->error);
}

} // namespace app
