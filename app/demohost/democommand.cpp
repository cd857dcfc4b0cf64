// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/democommand.h"

#include "app/demohost/processtree.h"

#include <array>
#include <csignal>
#include <vector>

#include <fcntl.h>
#include <pty.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace app {
namespace {

/// What the command has for its standard input, output and error.
using Ends = std::array<int, 3>;

struct Pipe {
    Descriptor reading;
    Descriptor writing;
};

bool openPipe(Pipe& pipe) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pipe = {Descriptor(ends[0]), Descriptor(ends[1])};
    return true;
}

void stopBlocking(const Descriptor& descriptor) {
    if (descriptor.isOpen())
        fcntl(descriptor.number(), F_SETFL, fcntl(descriptor.number(), F_GETFL) | O_NONBLOCK);
}

/// Other threads may hold any lock by now: nothing here may ask for memory.
[[noreturn]] void becomeCommand(const DemoCommand& command, const Ends& ends,
                                char* const* arguments, char* const* environment) {
    setsid();
    if (command.hasTerminal)
        ioctl(ends[0], TIOCSCTTY, 0);
    for (int i = 0; i < 3; ++i)
        dup2(ends[std::size_t(i)], i);
    close_range(3, ~0U, 0);
    for (int number = 1; number < NSIG; ++number)
        signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    if (chdir(command.folder.constData()) == 0)
        execve("/bin/sh", arguments, environment);
    _exit(127);
}

std::optional<DemoProcess> start(const DemoCommand& command, const Ends& ends) {
    std::vector<char*> environment;
    for (const QByteArray& variable : command.environment)
        environment.push_back(const_cast<char*>(variable.constData()));
    environment.push_back(nullptr);
    char shell[] = "sh";
    char login[] = "-sh";
    char option[] = "-c";
    char* const text = const_cast<char*>(command.text.constData());
    char* const withText[] = {shell, option, text, nullptr};
    char* const withoutText[] = {login, nullptr};
    char* const* const arguments = command.text.isEmpty() ? withoutText : withText;
    const pid_t pid = fork();
    if (pid == 0)
        becomeCommand(command, ends, arguments, environment.data());
    if (pid < 0)
        return std::nullopt;
    noteChild(pid);
    DemoProcess process;
    process.pid = pid;
    process.ended = Descriptor(int(syscall(SYS_pidfd_open, pid, 0)));
    return process;
}

std::optional<DemoProcess> startWithTerminal(const DemoCommand& command) {
    int near = -1;
    int far = -1;
    winsize size = command.size;
    if (openpty(&near, &far, nullptr, nullptr, &size) != 0)
        return std::nullopt;
    Descriptor ours(near);
    const Descriptor theirs(far);
    fcntl(near, F_SETFD, FD_CLOEXEC);
    fcntl(far, F_SETFD, FD_CLOEXEC);
    auto process = start(command, {far, far, far});
    if (process) {
        process->input = Descriptor(fcntl(near, F_DUPFD_CLOEXEC, 0));
        process->output = std::move(ours);
    }
    return process;
}

std::optional<DemoProcess> startWithPipes(const DemoCommand& command) {
    Pipe input;
    Pipe output;
    Pipe error;
    if (!openPipe(input) || !openPipe(output) || !openPipe(error))
        return std::nullopt;
    auto process =
        start(command, {input.reading.number(), output.writing.number(), error.writing.number()});
    if (process) {
        process->input = std::move(input.writing);
        process->output = std::move(output.reading);
        process->error = std::move(error.reading);
    }
    return process;
}

} // namespace

std::optional<DemoProcess> startCommand(const DemoCommand& command) {
    auto process = command.hasTerminal ? startWithTerminal(command) : startWithPipes(command);
    if (process) {
        for (const Descriptor* end : {&process->input, &process->output, &process->error})
            stopBlocking(*end);
    }
    return process;
}

} // namespace app
