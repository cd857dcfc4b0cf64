// SPDX-License-Identifier: GPL-3.0-or-later
// runtimesource SOCKET: answers like the daemon of containers, as far as following logs goes: every
// container that is asked for is there, and says a hundred numbered lines a second, each when it is
// due. Until its standard input ends. A program of its own, so that what it costs is not counted.
#include "unixlistener.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds period{10};

struct Asker {
    int descriptor = -1;
    std::string request;
    bool follows = false;
    Clock::time_point due;
    long number = 0;
};

bool say(Asker& asker, const std::string& words) {
    if (write(asker.descriptor, words.data(), words.size()) == ssize_t(words.size()))
        return true;
    close(asker.descriptor); // it left, or lags behind by a whole socket
    asker.descriptor = -1;
    return false;
}

void answer(Asker& asker, const std::string& body) {
    if (say(asker, "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                       "\r\nConnection: close\r\n\r\n" + body)) {
        close(asker.descriptor);
        asker.descriptor = -1;
    }
}

void handle(Asker& asker) {
    const std::string path = asker.request.substr(4, asker.request.find(' ', 4) - 4);
    const std::string containers = "/containers/";
    if (path == "/version") {
        answer(asker, R"({"Version":"24.0.0","Components":[{"Name":"Engine"}]})");
    } else if (path.find("/logs?") != std::string::npos) {
        asker.follows = path.find("follow=1") != std::string::npos;
        asker.due = Clock::now();
        if (!asker.follows)
            answer(asker, {});
        else
            say(asker, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    } else if (path.compare(0, containers.size(), containers) == 0) {
        const std::string name =
            path.substr(containers.size(), path.rfind('/') - containers.size());
        answer(asker, R"({"Id":"id-)" + name + R"(","Name":"/)" + name +
                          R"(","Config":{"Tty":false},"State":{"Status":"running","Running":true,)"
                          R"("StartedAt":"2026-01-01T00:00:00Z"}})");
    } else { // events, of which there are none
        say(asker, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    }
}

/// One frame of the daemon's: a header of eight bytes, then a line with its time.
std::string nextLine(Asker& asker) {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    tm date{};
    gmtime_r(&now.tv_sec, &date);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &date);
    char line[160];
    const long number = asker.number++;
    const int size = std::snprintf(line, sizeof line,
                                   "%s.%09ldZ INFO request %ld served in %ld ms by worker-%ld\n",
                                   stamp, now.tv_nsec, number, number % 89, number % 8);
    const auto bytes = static_cast<unsigned char>(size); // fewer than 256
    std::string frame{'\1', '\0', '\0', '\0', '\0', '\0', '\0', static_cast<char>(bytes)};
    return frame.append(line, bytes);
}

/// Says what is due. Those who do not listen are left out from then on.
void sayDueLines(std::vector<Asker>& askers, Clock::time_point now) {
    for (Asker& one : askers) {
        while (one.follows && one.descriptor >= 0 && one.due <= now) {
            say(one, nextLine(one));
            one.due += period;
        }
    }
}

void readRequests(std::vector<Asker>& askers) {
    for (Asker& one : askers) {
        char bytes[4096];
        ssize_t got = 0;
        while (one.descriptor >= 0 && (got = read(one.descriptor, bytes, sizeof bytes)) > 0) {
            one.request.append(bytes, size_t(got));
            if (one.request.find("\r\n\r\n") != std::string::npos) {
                handle(one);
                one.request.clear();
            }
        }
        if (one.descriptor >= 0 && got == 0) {
            close(one.descriptor);
            one.descriptor = -1;
        }
    }
    std::erase_if(askers, [](const Asker& one) { return one.descriptor < 0; });
}

bool hasInputEnded() {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    char byte = 0;
    return poll(&input, 1, 0) > 0 && read(STDIN_FILENO, &byte, 1) <= 0;
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const int server = argc == 2 ? listenAt(argv[1]) : -1;
    if (server < 0 || write(STDOUT_FILENO, "ready\n", 6) != 6)
        return 1;
    std::vector<Asker> askers;
    auto nextLook = Clock::now();
    while (true) {
        const auto now = Clock::now();
        if (now >= nextLook) {
            nextLook = now + period;
            if (hasInputEnded())
                return 0;
            int one = -1;
            while ((one = accept4(server, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
                askers.emplace_back();
                askers.back().descriptor = one;
            }
            readRequests(askers);
        }
        sayDueLines(askers, now);
        // Whoever says something next. Each keeps the moment at which it came.
        auto next = nextLook;
        for (const Asker& asker : askers)
            next = asker.follows ? std::min(next, asker.due) : next;
        std::this_thread::sleep_until(next);
    }
}
