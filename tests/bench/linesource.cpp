// SPDX-License-Identifier: GPL-3.0-or-later
// linesource [SOCKET]: says lines of a log, a hundred a second, each when it is due: to its
// standard output, or to each of those who connect to the socket. Until its standard input ends or
// nobody listens any more. A program of its own, so that what it costs is not counted.
#include "unixlistener.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds period{10};
constexpr char line[] = "2026-01-01T00:00:00.000Z INFO request served in 12 ms by worker 7\n";
constexpr size_t lineSize = sizeof line - 1;

struct Listener {
    int descriptor = -1;
    Clock::time_point due;
};

bool hasInputEnded() {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    char byte = 0;
    return poll(&input, 1, 0) > 0 && read(STDIN_FILENO, &byte, 1) <= 0;
}

/// Says what is due. Those who left, or lag behind by a whole socket, are left out from then on.
void sayDueLines(std::vector<Listener>& listeners, Clock::time_point now) {
    for (Listener& one : listeners) {
        for (; one.descriptor >= 0 && one.due <= now; one.due += period) {
            if (write(one.descriptor, line, lineSize) != ssize_t(lineSize)) {
                close(one.descriptor);
                one.descriptor = -1;
            }
        }
    }
    std::erase_if(listeners, [](const Listener& one) { return one.descriptor < 0; });
}

void acceptAll(int server, std::vector<Listener>& listeners) {
    int one = -1;
    while ((one = accept4(server, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0)
        listeners.push_back({one, Clock::now()});
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const int server = argc > 1 ? listenAt(argv[1]) : -1;
    std::vector<Listener> listeners;
    if (argc <= 1)
        listeners.push_back({STDOUT_FILENO, Clock::now()});
    else if (server < 0 || write(STDOUT_FILENO, "ready\n", 6) != 6)
        return 1;
    auto nextLook = Clock::now();
    while (server >= 0 || !listeners.empty()) {
        const auto now = Clock::now();
        if (now >= nextLook) {
            nextLook = now + 10 * period;
            if (hasInputEnded())
                break;
            if (server >= 0)
                acceptAll(server, listeners);
        }
        sayDueLines(listeners, now);
        // Whoever says something next. Each keeps the moment at which it came.
        auto next = nextLook;
        for (const Listener& one : listeners)
            next = std::min(next, one.due);
        std::this_thread::sleep_until(next);
    }
    return 0;
}
