// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/addressrace.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace app {
namespace {

using Clock = Cancellation::Clock;

constexpr std::chrono::milliseconds headStart{250};

QString tr(const char* text) {
    return QCoreApplication::translate("AddressRace", text);
}

tl::unexpected<ConnectFailure> cancelled() {
    return noConnection(ConnectFailure::Kind::Cancelled, models::ErrorCode::Cancelled,
                        tr("Connecting was cancelled."));
}

/// What the resolver found; it may come when nobody waits any more.
struct Lookup {
    Cancellation done; ///< "cancelled" once there is an answer
    std::mutex mutex;
    int error = 0;
    std::vector<SocketAddress> addresses;
};

void lookUp(Lookup& lookup, const QByteArray& host, quint16 port, int flags) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int error =
        getaddrinfo(host.constData(), QByteArray::number(port).constData(), &hints, &found);
    const std::scoped_lock lock(lookup.mutex);
    lookup.error = error;
    for (const addrinfo* one = found; error == 0 && one != nullptr; one = one->ai_next) {
        SocketAddress address;
        address.size = one->ai_addrlen;
        std::memcpy(&address.storage, one->ai_addr, one->ai_addrlen);
        lookup.addresses.push_back(address);
    }
    if (error == 0)
        freeaddrinfo(found);
}

/// By turns, beginning with the family that the system prefers.
std::vector<SocketAddress> interleaved(const std::vector<SocketAddress>& addresses) {
    std::vector<SocketAddress> first;
    std::vector<SocketAddress> second;
    for (const SocketAddress& address : addresses)
        (address.storage.ss_family == addresses.front().storage.ss_family ? first : second)
            .push_back(address);
    std::vector<SocketAddress> mixed;
    for (size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            mixed.push_back(first[i]);
        if (i < second.size())
            mixed.push_back(second[i]);
    }
    return mixed;
}

/// The connections that are being made at one time; closes all but the winner.
class Race {
public:
    Race() = default;
    ~Race() {
        for (const pollfd& runner : m_runners)
            ::close(runner.fd);
    }
    Q_DISABLE_COPY_MOVE(Race)

    void start(const SocketAddress& address) {
        const int runner =
            socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (runner < 0) {
            note(address, errno);
            return;
        }
        const int yes = 1;
        setsockopt(runner, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const int result =
            connect(runner, reinterpret_cast<const sockaddr*>(&address.storage), address.size);
        if (result == 0) {
            m_winner = runner;
            return;
        }
        if (errno != EINPROGRESS) {
            note(address, errno);
            ::close(runner);
            return;
        }
        m_runners.push_back({runner, POLLOUT, 0});
        m_addresses.push_back(address);
    }

    [[nodiscard]] bool isEmpty() const { return m_runners.empty(); }
    [[nodiscard]] int winner() const { return m_winner; }
    [[nodiscard]] int error() const { return m_error; }
    [[nodiscard]] const QString& errors() const { return m_errors; }

    /// Waits for one of them. False when cancelled.
    bool wait(Clock::time_point until, const Cancellation& cancellation) {
        std::vector<pollfd> polled = m_runners;
        polled.push_back({cancellation.descriptor(), POLLIN, 0});
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        poll(polled.data(), polled.size(), int(std::max<qint64>(left.count(), 0)));
        if (cancellation.isCancelled())
            return false;
        for (size_t i = m_runners.size(); i-- > 0;) {
            if (polled[i].revents != 0)
                settle(i);
        }
        return true;
    }

private:
    void settle(size_t index) {
        int error = 0;
        socklen_t size = sizeof error;
        const int runner = m_runners[index].fd;
        getsockopt(runner, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error == 0 && m_winner < 0) {
            m_winner = runner;
        } else {
            if (error != 0)
                note(m_addresses[index], error);
            ::close(runner);
        }
        m_runners.erase(m_runners.begin() + std::ptrdiff_t(index));
        m_addresses.erase(m_addresses.begin() + std::ptrdiff_t(index));
    }

    void note(const SocketAddress& address, int error) {
        m_error = error;
        m_errors += QStringLiteral("%1: %2\n")
                        .arg(address.text(), QString::fromLocal8Bit(std::strerror(error)));
    }

    std::vector<pollfd> m_runners;
    std::vector<SocketAddress> m_addresses;
    int m_winner = -1;
    int m_error = 0;
    QString m_errors;
};

QString messageFor(int error, const QString& where) {
    switch (error) {
    case ECONNREFUSED:
        return tr("%1 refuses the connection. Check that sshd runs there, and the port.")
            .arg(where);
    case EHOSTUNREACH:
    case ENETUNREACH:
        return tr("There is no way to %1 from here. Check the network, or a VPN that has to be "
                  "on.")
            .arg(where);
    default:
        return tr("%1 cannot be reached. Check the network and the name.").arg(where);
    }
}

} // namespace

QString SocketAddress::text() const {
    char host[NI_MAXHOST];
    char port[NI_MAXSERV];
    if (getnameinfo(reinterpret_cast<const sockaddr*>(&storage), size, host, sizeof host, port,
                    sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return {};
    return QStringLiteral("%1 port %2").arg(QString::fromLatin1(host), QString::fromLatin1(port));
}

Connected<std::vector<SocketAddress>> resolve(const QString& host, quint16 port,
                                              Clock::time_point until,
                                              const Cancellation& cancellation) {
    const auto unknown = [&host](const QString& detail) {
        return noConnection(
            ConnectFailure::Kind::Unreachable, models::ErrorCode::NotFound,
            tr("The name %1 is not known here. Check the name, the network and the name server.")
                .arg(host),
            detail);
    };
    QByteArray name = QUrl::toAce(host);
    if (name.isEmpty())
        name = host.toLatin1(); // "[::1]" is no domain, and neither is a name with '_'
    if (name.startsWith('[') && name.endsWith(']'))
        name = name.mid(1, name.size() - 2);
    const auto lookup = std::make_shared<Lookup>();
    lookUp(*lookup, name, port, AI_NUMERICHOST);
    if (lookup->error != 0) {
        // getaddrinfo() cannot be interrupted: the thread outlives a wait that is given up.
        std::thread([lookup, name, port] {
            lookUp(*lookup, name, port, 0);
            lookup->done.cancel();
        }).detach();
        switch (cancellation.wait(lookup->done.descriptor(), POLLIN, until)) {
        case Cancellation::Wake::Cancelled:
            return cancelled();
        case Cancellation::Wake::TimedOut:
            return unknown(tr("The name server does not answer."));
        case Cancellation::Wake::Ready:
            break;
        }
    }
    const std::scoped_lock lock(lookup->mutex);
    if (lookup->error != 0 || lookup->addresses.empty())
        return unknown(QString::fromLocal8Bit(gai_strerror(lookup->error)));
    return interleaved(lookup->addresses);
}

Connected<int> raceAddresses(const std::vector<SocketAddress>& addresses, const QString& where,
                             Clock::time_point until, const Cancellation& cancellation) {
    Race race;
    size_t next = 0;
    Clock::time_point nextStart = Clock::now();
    while (race.winner() < 0) {
        const Clock::time_point now = Clock::now();
        if (next < addresses.size() && (race.isEmpty() || now >= nextStart)) {
            nextStart = now + headStart;
            race.start(addresses[next++]);
            continue;
        }
        if (race.isEmpty())
            return noConnection(ConnectFailure::Kind::Unreachable, models::ErrorCode::NotFound,
                                messageFor(race.error(), where), race.errors().trimmed());
        if (now >= until)
            return noConnection(ConnectFailure::Kind::Unreachable, models::ErrorCode::NotFound,
                                tr("%1 does not answer. Check that it is on, and that no firewall "
                                   "is in the way.")
                                    .arg(where),
                                race.errors().trimmed());
        if (!race.wait(next < addresses.size() ? std::min(nextStart, until) : until, cancellation))
            return cancelled();
    }
    return race.winner();
}

} // namespace app
