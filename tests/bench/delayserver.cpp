// SPDX-License-Identifier: GPL-3.0-or-later
// delayserver MILLISECONDS: an HTTP server on 127.0.0.1 that answers every request so long after it
// was whole, to the microsecond, in one thread of a process of its own. Prints its port, and ends
// with its standard input.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string_view>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";

struct Due {
    Clock::time_point at;
    int descriptor;
};

int listening() {
    const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool isThere = made >= 0 &&
                         bind(made, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                         listen(made, SOMAXCONN) == 0 &&
                         getsockname(made, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (!isThere)
        return -1;
    std::printf("%d\n", int(ntohs(address.sin_port)));
    std::fflush(stdout);
    return made;
}

void watch(int epoll, int descriptor) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void acceptAll(int epoll, int listener) {
    for (;;) {
        const int taken = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (taken < 0)
            return;
        const int yes = 1;
        setsockopt(taken, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        watch(epoll, taken);
    }
}

/// The next answer's time, or never.
void arm(int timer, const std::deque<Due>& due) {
    itimerspec when{};
    if (!due.empty()) {
        const auto left = std::max<std::int64_t>(
            1, std::chrono::nanoseconds(due.front().at - Clock::now()).count());
        when.it_value.tv_sec = left / 1'000'000'000;
        when.it_value.tv_nsec = left % 1'000'000'000;
    }
    timerfd_settime(timer, 0, &when, nullptr);
}

} // namespace

int main(int argc, char** argv) {
    const std::chrono::milliseconds delay(argc > 1 ? std::atoi(argv[1]) : 0);
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    const int listener = listening();
    if (listener < 0)
        return 1;
    for (const int descriptor : {listener, timer, STDIN_FILENO})
        watch(epoll, descriptor);
    std::deque<Due> due; // in order: each waits equally long
    std::array<epoll_event, 256> events{};
    std::array<char, 16'384> bytes{};
    for (;;) {
        const int count = epoll_wait(epoll, events.data(), int(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const int descriptor = events[std::size_t(i)].data.fd;
            if (descriptor == listener) {
                acceptAll(epoll, listener);
                continue;
            }
            const ssize_t got = read(descriptor, bytes.data(), bytes.size());
            if (descriptor == STDIN_FILENO && got <= 0)
                return 0;
            if (descriptor == STDIN_FILENO || descriptor == timer)
                continue;
            if (got > 0) // a request of this benchmark is whole in one piece
                due.push_back({Clock::now() + delay, descriptor});
            else if (got == 0)
                close(descriptor);
        }
        while (!due.empty() && due.front().at <= Clock::now()) {
            (void)!write(due.front().descriptor, answer.data(), answer.size());
            due.pop_front();
        }
        arm(timer, due);
    }
}
