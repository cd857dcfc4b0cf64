// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tcpproxy.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tests {
namespace {

constexpr size_t pieceSize = 64 * 1024;
/// What may be under way each way: enough for a fast line with a long delay.
constexpr size_t holdLimit = 64 * 1024 * 1024;

sockaddr_in loopback(quint16 port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void setUp(int socket) {
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(socket, F_SETFL, O_NONBLOCK);
    fcntl(socket, F_SETFD, FD_CLOEXEC);
}

} // namespace

struct TcpProxy::Turn {
    struct Watched {
        Line* line;
        Way* way;
        short events;
    };
    std::vector<pollfd> polled;
    std::vector<Watched> watched;
    Clock::time_point now = Clock::now();
    Clock::time_point until = Clock::time_point::max();
    Line* line = nullptr;

    void add(int descriptor, short events, Way& way) {
        polled.push_back({descriptor, events, 0});
        watched.push_back({line, &way, events});
    }
    [[nodiscard]] int timeout() const {
        if (until == Clock::time_point::max())
            return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
        return int(std::max<qint64>(left, 0));
    }
};

TcpProxy::TcpProxy(quint16 target)
    : m_target(target) {
    m_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(m_listener, plain, size) == 0 && listen(m_listener, 128) == 0 &&
        getsockname(m_listener, plain, &size) == 0)
        m_port = ntohs(address.sin_port);
    if (pipe2(m_wake, O_CLOEXEC | O_NONBLOCK) == 0)
        m_thread = std::thread([this] { run(); });
}

TcpProxy::~TcpProxy() {
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
    }
    wake();
    if (m_thread.joinable())
        m_thread.join();
    for (Line& line : m_lines)
        drop(line);
    for (const int descriptor : {m_listener, m_wake[0], m_wake[1]})
        close(descriptor);
}

void TcpProxy::wake() const {
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(m_wake[1], &byte, 1);
}

void TcpProxy::setTarget(quint16 target) {
    const std::scoped_lock lock(m_mutex);
    m_target = target;
}

void TcpProxy::setDelay(std::chrono::milliseconds delay) {
    const std::scoped_lock lock(m_mutex);
    m_delay = delay;
}

void TcpProxy::setRate(qint64 bytes) {
    const std::scoped_lock lock(m_mutex);
    m_rate = bytes;
}

void TcpProxy::setStalled(bool stalled) {
    {
        const std::scoped_lock lock(m_mutex);
        m_isStalled = stalled;
    }
    wake();
}

void TcpProxy::setRefusing(bool refusing) {
    const std::scoped_lock lock(m_mutex);
    m_isRefusing = refusing;
}

void TcpProxy::cut() {
    {
        const std::scoped_lock lock(m_mutex);
        m_isCutting = true;
    }
    wake();
}

void TcpProxy::cutAfter(qint64 bytes) {
    const std::scoped_lock lock(m_mutex);
    m_cutAfter = bytes;
}

int TcpProxy::accepted() const {
    const std::scoped_lock lock(m_mutex);
    return m_accepted;
}

qint64 TcpProxy::delivered() const {
    const std::scoped_lock lock(m_mutex);
    return m_delivered;
}

void TcpProxy::drop(Line& line) {
    // A reset, not an end: what a cut cable looks like when it is noticed.
    const linger hard{1, 0};
    for (int* descriptor : {&line.up.from, &line.up.to}) {
        if (*descriptor < 0)
            continue;
        setsockopt(*descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close(*descriptor);
        *descriptor = -1;
    }
    line.cut = true;
}

void TcpProxy::accept() {
    const int near = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (near < 0)
        return;
    ++m_accepted;
    const int far = m_isRefusing ? -1 : socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(m_target);
    if (far < 0 || connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        close(near);
        if (far >= 0)
            close(far);
        return;
    }
    setUp(near);
    setUp(far);
    Line& line = m_lines.emplace_back();
    line.up.from = line.down.to = near;
    line.up.to = line.down.from = far;
}

void TcpProxy::watch(Way& way, Turn& turn) const {
    if (!way.ended && way.held < holdLimit)
        turn.add(way.from, POLLIN, way);
    const bool hasEnd = way.ended && !way.passed && way.pieces.empty();
    if (way.pieces.empty() && !hasEnd)
        return;
    const auto due = way.pieces.empty() ? turn.now : std::max(way.pieces.front().due, way.next);
    if (due <= turn.now)
        turn.add(way.to, POLLOUT, way);
    else
        turn.until = std::min(turn.until, due);
}

void TcpProxy::read(Line& line, Way& way) {
    std::vector<char> bytes(m_rate > 0 ? std::min<size_t>(pieceSize, size_t(m_rate / 50 + 1))
                                       : pieceSize);
    const ssize_t count = recv(way.from, bytes.data(), bytes.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count < 0) {
        drop(line);
        return;
    }
    if (count == 0) {
        way.ended = true;
        return;
    }
    bytes.resize(size_t(count));
    way.held += bytes.size();
    way.pieces.push_back({Clock::now() + m_delay, std::move(bytes)});
    if (m_cutAfter < 0 || &way != &line.down)
        return;
    m_cutAfter -= count;
    m_isCutting = m_isCutting || m_cutAfter < 0;
}

void TcpProxy::write(Line& line, Way& way) {
    if (way.pieces.empty()) {
        shutdown(way.to, SHUT_WR);
        way.passed = true;
        return;
    }
    Piece& piece = way.pieces.front();
    const ssize_t count = send(way.to, piece.bytes.data() + piece.sent,
                               piece.bytes.size() - piece.sent, MSG_NOSIGNAL);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count < 0) {
        drop(line);
        return;
    }
    if (m_rate > 0)
        way.next = Clock::now() + std::chrono::microseconds(count * 1'000'000 / m_rate);
    if (&way == &line.down)
        m_delivered += count;
    piece.sent += size_t(count);
    if (piece.sent < piece.bytes.size())
        return;
    way.held -= piece.bytes.size();
    way.pieces.pop_front();
}

void TcpProxy::run() {
    while (true) {
        Turn turn;
        turn.polled.push_back({m_wake[0], POLLIN, 0});
        {
            const std::scoped_lock lock(m_mutex);
            if (m_isStopping)
                return;
            if (std::exchange(m_isCutting, false)) {
                m_cutAfter = -1;
                for (Line& line : m_lines)
                    drop(line);
            }
            m_lines.remove_if([](Line& line) {
                if (!line.cut && line.up.passed && line.down.passed)
                    drop(line);
                return line.cut;
            });
            turn.polled.push_back({m_listener, POLLIN, 0});
            for (Line& line : m_lines) {
                if (m_isStalled)
                    break;
                turn.line = &line;
                watch(line.up, turn);
                watch(line.down, turn);
            }
        }
        poll(turn.polled.data(), turn.polled.size(), turn.timeout());
        const std::scoped_lock lock(m_mutex);
        char drained[64];
        while (::read(m_wake[0], drained, sizeof drained) > 0) {
        }
        if (turn.polled[1].revents != 0)
            accept();
        for (size_t i = 0; i < turn.watched.size(); ++i) {
            const Turn::Watched& one = turn.watched[i];
            if (turn.polled[i + 2].revents == 0 || one.line->cut || m_isStalled || m_isCutting)
                continue;
            if (one.events == POLLIN)
                read(*one.line, *one.way);
            else
                write(*one.line, *one.way);
        }
    }
}

} // namespace tests
