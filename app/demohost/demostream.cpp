// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demostream.h"

#include "app/demohost/processtree.h"

#include <libssh/server.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace app {
namespace {

/// Taken from the connection before the command has taken it: then the other side waits.
constexpr qsizetype inputLimit = 64 * 1024;
/// Turns of one stream before the others have theirs.
constexpr int turns = 8;

struct NamedSignal {
    std::string_view name;
    int number;
};
constexpr std::array signals = {
    NamedSignal{"HUP", SIGHUP},   NamedSignal{"INT", SIGINT},   NamedSignal{"QUIT", SIGQUIT},
    NamedSignal{"KILL", SIGKILL}, NamedSignal{"TERM", SIGTERM}, NamedSignal{"USR1", SIGUSR1},
    NamedSignal{"USR2", SIGUSR2}, NamedSignal{"ABRT", SIGABRT}, NamedSignal{"PIPE", SIGPIPE},
};

const char* nameOf(int number) {
    const auto found = std::find_if(signals.begin(), signals.end(),
                                    [&](const NamedSignal& one) { return one.number == number; });
    return found == signals.end() ? "TERM" : found->name.data();
}

/// What a call of the system that does not block has done.
enum class Outcome { Done, Later, Over };

Outcome outcomeOf(ssize_t count) {
    if (count > 0)
        return Outcome::Done;
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? Outcome::Later : Outcome::Over;
}

} // namespace

DemoStream::DemoStream(ssh_channel channel, Environment environment)
    : m_channel(channel)
    , m_environment(std::move(environment)) {
    takeCallbacks();
}

DemoStream::DemoStream(ssh_channel channel, Descriptor socket)
    : m_channel(channel)
    , m_hasStarted(true)
    , m_hasEnded(true) {
    m_process.input = Descriptor(fcntl(socket.number(), F_DUPFD_CLOEXEC, 0));
    m_process.output = std::move(socket);
}

DemoStream::~DemoStream() {
    // A terminal that is gone hangs up its programs; others see the end of their streams. What was
    // detached lives on, as at any host.
    if (m_process.pid > 0 && !m_hasEnded && m_asked.hasTerminal)
        kill(-m_process.pid, SIGHUP);
    if (m_process.pid > 0)
        forgetChild(m_process.pid);
    // The library keeps the channel until the other side has closed it too, and calls back then.
    ssh_remove_channel_callbacks(m_channel, &m_callbacks);
    ssh_channel_free(m_channel);
}

void DemoStream::takeCallbacks() {
    m_callbacks.userdata = this;
    m_callbacks.channel_exec_request_function = [](ssh_session, ssh_channel, const char* text,
                                                   void* self) {
        return static_cast<DemoStream*>(self)->start(text) ? 0 : 1;
    };
    m_callbacks.channel_shell_request_function = [](ssh_session, ssh_channel, void* self) {
        return static_cast<DemoStream*>(self)->start({}) ? 0 : 1;
    };
    m_callbacks.channel_env_request_function = [](ssh_session, ssh_channel, const char* name,
                                                  const char* value, void* self) {
        // As most servers are set: the language, and nothing that changes what a program does.
        const QByteArray variable(name);
        if (variable != "LANG" && !variable.startsWith("LC_"))
            return 1;
        static_cast<DemoStream*>(self)->m_asked.environment.append(variable + '=' + value);
        return 0;
    };
    m_callbacks.channel_pty_request_function = [](ssh_session, ssh_channel, const char* terminal,
                                                  int width, int height, int, int, void* self) {
        DemoCommand& asked = static_cast<DemoStream*>(self)->m_asked;
        asked.hasTerminal = true;
        asked.size.ws_col = static_cast<unsigned short>(width);
        asked.size.ws_row = static_cast<unsigned short>(height);
        asked.environment.append(QByteArray("TERM=") + terminal);
        return 0;
    };
    m_callbacks.channel_pty_window_change_function = [](ssh_session, ssh_channel, int width,
                                                        int height, int, int, void* self) {
        winsize size{};
        size.ws_col = static_cast<unsigned short>(width);
        size.ws_row = static_cast<unsigned short>(height);
        const DemoStream& stream = *static_cast<DemoStream*>(self);
        return ioctl(stream.m_process.output.number(), TIOCSWINSZ, &size);
    };
    m_callbacks.channel_signal_function = [](ssh_session, ssh_channel, const char* name,
                                             void* self) {
        static_cast<DemoStream*>(self)->sendSignal(name);
    };
    ssh_callbacks_init(&m_callbacks);
    ssh_set_channel_callbacks(m_channel, &m_callbacks);
}

bool DemoStream::start(const QByteArray& text) {
    if (m_hasStarted)
        return false;
    DemoCommand command = m_environment(text);
    command.environment += m_asked.environment;
    command.hasTerminal = m_asked.hasTerminal;
    command.size = m_asked.size;
    auto process = startCommand(command);
    if (!process)
        return false;
    m_process = std::move(*process);
    m_hasStarted = true;
    return true;
}

void DemoStream::sendSignal(const char* name) const {
    const auto found = std::find_if(signals.begin(), signals.end(),
                                    [&](const NamedSignal& one) { return one.name == name; });
    if (found != signals.end() && m_process.pid > 0 && !m_hasEnded)
        kill(-m_process.pid, found->number);
}

void DemoStream::addTo(std::vector<pollfd>& waiting, bool mayWrite) const {
    const bool hasRoom = mayWrite && ssh_channel_window_size(m_channel) > 0;
    for (const Descriptor* from : {&m_process.output, &m_process.error}) {
        if (hasRoom && from->isOpen())
            waiting.push_back({from->number(), POLLIN, 0});
    }
    if (m_process.input.isOpen() && !m_input.isEmpty())
        waiting.push_back({m_process.input.number(), POLLOUT, 0});
    if (m_process.ended.isOpen())
        waiting.push_back({m_process.ended.number(), POLLIN, 0});
}

void DemoStream::serve(bool mayWrite) {
    if (ssh_channel_is_closed(m_channel)) {
        m_isOver = true;
        return;
    }
    if (!m_hasStarted)
        return;
    readInput();
    if (mayWrite) {
        relay(m_process.output, Way::Output);
        relay(m_process.error, Way::Error);
    }
    noticeEnd();
    if (m_hasEnded && !m_process.output.isOpen() && !m_process.error.isOpen())
        close();
}

void DemoStream::readInput() {
    while (m_input.size() < inputLimit && !m_isInputOver) {
        std::array<char, 16 * 1024> buffer;
        const int count = ssh_channel_read_nonblocking(m_channel, buffer.data(), buffer.size(), 0);
        if (count > 0) {
            m_input.append(buffer.data(), count);
            continue;
        }
        m_isInputOver = count < 0 || ssh_channel_is_eof(m_channel) != 0;
        break;
    }
    while (m_process.input.isOpen() && !m_input.isEmpty()) {
        const ssize_t count =
            write(m_process.input.number(), m_input.constData(), std::size_t(m_input.size()));
        const Outcome outcome = outcomeOf(count);
        if (outcome == Outcome::Later)
            return;
        if (outcome == Outcome::Over) {
            m_process.input.close(); // nobody reads it any more
            break;
        }
        m_input.remove(0, count);
    }
    if (!m_process.input.isOpen()) {
        m_input.clear();
    } else if (m_isInputOver && m_input.isEmpty()) {
        if (m_process.pid < 0)
            shutdown(m_process.input.number(), SHUT_WR);
        m_process.input.close();
    }
}

void DemoStream::relay(Descriptor& from, Way way) {
    for (int turn = 0; turn < turns && from.isOpen(); ++turn) {
        std::array<char, 16 * 1024> buffer;
        const std::size_t room =
            std::min<std::size_t>(ssh_channel_window_size(m_channel), buffer.size());
        if (room == 0)
            return;
        const ssize_t count = read(from.number(), buffer.data(), room);
        const Outcome outcome = outcomeOf(count);
        if (outcome == Outcome::Later)
            return;
        if (outcome == Outcome::Over) { // a terminal ends with an error
            from.close();
            return;
        }
        const auto size = std::uint32_t(count);
        const int sent = way == Way::Output
                             ? ssh_channel_write(m_channel, buffer.data(), size)
                             : ssh_channel_write_stderr(m_channel, buffer.data(), size);
        if (sent < 0)
            from.close();
    }
}

void DemoStream::noticeEnd() {
    if (m_hasEnded || m_process.pid < 0)
        return;
    int status = 0;
    if (waitpid(m_process.pid, &status, WNOHANG) != m_process.pid)
        return;
    m_hasEnded = true;
    forgetChild(m_process.pid);
    m_process.ended.close();
    if (WIFSIGNALED(status)) {
        ssh_channel_request_send_exit_signal(m_channel, nameOf(WTERMSIG(status)),
                                             WCOREDUMP(status) ? 1 : 0, "", "");
    } else {
        ssh_channel_request_send_exit_status(m_channel, WEXITSTATUS(status));
    }
}

void DemoStream::close() {
    ssh_channel_send_eof(m_channel);
    ssh_channel_close(m_channel);
    m_isOver = true;
}

} // namespace app
