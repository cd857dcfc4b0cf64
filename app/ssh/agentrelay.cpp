// SPDX-License-Identifier: GPL-3.0-or-later
// The agent's protocol: draft-ietf-sshm-ssh-agent. A message is its length and its body, whose
// first byte is its kind; numbers are big-endian.
#include "app/ssh/agentrelay.h"

#include <QtEndian>

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace app {
namespace {

constexpr char failureAnswer = 5;
constexpr char identitiesAnswer = 12;
/// As OpenSSH has it: whoever says more is no agent.
constexpr quint32 messageLimit = 256 * 1024;
constexpr qsizetype lengthSize = 4;

QByteArray lengthOf(const QByteArray& bytes) {
    QByteArray length(lengthSize, '\0');
    qToBigEndian(quint32(bytes.size()), length.data());
    return length;
}

/// Takes parts off the front of a message.
class Parts {
public:
    explicit Parts(const QByteArray& message)
        : m_rest(message) {}

    std::optional<quint32> number() {
        if (m_rest.size() < lengthSize)
            return std::nullopt;
        const auto value = qFromBigEndian<quint32>(m_rest.constData());
        m_rest.remove(0, lengthSize);
        return value;
    }
    std::optional<QByteArray> text() {
        const auto size = number();
        if (!size || qsizetype(*size) > m_rest.size())
            return std::nullopt;
        const QByteArray value = m_rest.left(*size);
        m_rest.remove(0, *size);
        return value;
    }

private:
    QByteArray m_rest;
};

} // namespace

QByteArray chooseIdentities(const QByteArray& answer, const QList<QByteArray>& named,
                            AgentKeys keys) {
    struct Identity {
        qsizetype rank = 0;
        QByteArray blob;
        QByteArray comment;
    };
    const QByteArray failed(1, failureAnswer);
    if (!answer.startsWith(identitiesAnswer))
        return failed;
    Parts parts(answer.mid(1));
    const auto count = parts.number();
    QList<Identity> identities;
    for (quint32 i = 0; i < count.value_or(0); ++i) {
        const auto blob = parts.text();
        const auto comment = parts.text();
        if (!blob || !comment)
            return failed;
        const qsizetype rank = named.indexOf(*blob);
        if (rank >= 0 || keys == AgentKeys::NamedFirst)
            identities.append({rank >= 0 ? rank : named.size(), *blob, *comment});
    }
    if (!count)
        return failed;
    std::stable_sort(identities.begin(), identities.end(),
                     [](const Identity& a, const Identity& b) { return a.rank < b.rank; });
    QByteArray chosen(1, identitiesAnswer);
    QByteArray number(lengthSize, '\0');
    qToBigEndian(quint32(identities.size()), number.data());
    chosen += number;
    for (const Identity& one : std::as_const(identities))
        chosen += lengthOf(one.blob) + one.blob + lengthOf(one.comment) + one.comment;
    return chosen;
}

AgentRelay::AgentRelay(int agent, QList<QByteArray> named, AgentKeys keys,
                       const Cancellation& cancellation)
    : m_named(std::move(named))
    , m_keys(keys)
    , m_cancellation(cancellation)
    , m_agent(agent) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return;
    m_near = pair[0];
    m_far = pair[1];
    m_thread = std::thread([this] { run(); });
}

AgentRelay::~AgentRelay() {
    m_end.cancel();
    if (m_thread.joinable())
        m_thread.join();
    for (const int descriptor : {m_agent, m_near, m_far}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

int AgentRelay::takeNear() {
    return std::exchange(m_near, -1);
}

void AgentRelay::run() {
    while (const auto request = readMessage(m_far)) {
        if (!writeMessage(m_agent, *request))
            break;
        auto answer = readMessage(m_agent);
        if (!answer)
            break;
        if (answer->startsWith(identitiesAnswer))
            answer = chooseIdentities(*answer, m_named, m_keys);
        if (!writeMessage(m_far, *answer))
            break;
    }
    // libssh, which waits at the other end, reads that there is no agent any more.
    shutdown(m_far, SHUT_RDWR);
}

/// False where the login is over, cancelled, or the relay's other side is gone.
bool AgentRelay::wait(int descriptor, short events) const {
    while (true) {
        pollfd polled[]{{m_cancellation.descriptor(), POLLIN, 0},
                        {m_end.descriptor(), POLLIN, 0},
                        {m_far, 0, 0},
                        {descriptor, events, 0}};
        if (poll(polled, std::size(polled), -1) < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        return polled[0].revents == 0 && polled[1].revents == 0 &&
               (descriptor == m_far || polled[2].revents == 0);
    }
}

bool AgentRelay::read(int descriptor, char* bytes, qsizetype size) const {
    while (size > 0) {
        if (!wait(descriptor, POLLIN))
            return false;
        const ssize_t count = recv(descriptor, bytes, size_t(size), MSG_DONTWAIT);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (count > 0) {
            bytes += count;
            size -= count;
        }
    }
    return true;
}

bool AgentRelay::write(int descriptor, const QByteArray& bytes) const {
    for (qsizetype written = 0; written < bytes.size();) {
        if (!wait(descriptor, POLLOUT))
            return false;
        const ssize_t count = send(descriptor, bytes.constData() + written,
                                   size_t(bytes.size() - written), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        written += std::max<ssize_t>(count, 0);
    }
    return true;
}

std::optional<QByteArray> AgentRelay::readMessage(int descriptor) const {
    QByteArray length(lengthSize, '\0');
    if (!read(descriptor, length.data(), lengthSize))
        return std::nullopt;
    const auto size = qFromBigEndian<quint32>(length.constData());
    if (size == 0 || size > messageLimit)
        return std::nullopt;
    QByteArray message(size, '\0');
    return read(descriptor, message.data(), size) ? std::optional(message) : std::nullopt;
}

bool AgentRelay::writeMessage(int descriptor, const QByteArray& message) const {
    return write(descriptor, lengthOf(message) + message);
}

} // namespace app
