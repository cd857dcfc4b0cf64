// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/childprocess.h"

#include <QFile>
#include <QMutex>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern char** environ;

namespace app {
namespace {

constexpr qsizetype readSize = 64 * 1024;

/// Processes whose object went first: reaped when the next process comes or goes.
class Orphans {
public:
    void add(pid_t pid) {
        const QMutexLocker lock(&m_mutex);
        m_pids.push_back(pid);
    }
    void reap() {
        const QMutexLocker lock(&m_mutex);
        std::erase_if(m_pids, [](pid_t pid) { return waitpid(pid, nullptr, WNOHANG) != 0; });
    }

private:
    QMutex m_mutex;
    std::vector<pid_t> m_pids;
};

Orphans& orphans() {
    static Orphans instance;
    return instance;
}

/// The header of glibc 2.36 lacks C linkage.
int openPidDescriptor(pid_t pid) {
    return static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
}

/// Writing to a process that has ended is an error to handle, not a reason to end.
void ignoreBrokenPipes() {
    static std::once_flag once;
    std::call_once(once, [] { std::signal(SIGPIPE, SIG_IGN); });
}

struct Pipe {
    int readEnd = -1;
    int writeEnd = -1;

    bool open() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        readEnd = ends[0];
        writeEnd = ends[1];
        return true;
    }
    static void close(int& end) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
    void close() {
        close(readEnd);
        close(writeEnd);
    }
};

int spawn(pid_t& pid, const std::vector<QByteArray>& arguments, const Pipe& in, const Pipe& out,
          const Pipe& err) {
    std::vector<char*> argv;
    for (const QByteArray& argument : arguments)
        argv.push_back(const_cast<char*>(argument.constData()));
    argv.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in.readEnd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.writeEnd, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.writeEnd, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    const int error = posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

} // namespace

ChildProcess::ChildProcess(const QStringList& argv, QObject* parent)
    : Channel(parent) {
    ignoreBrokenPipes();
    orphans().reap();
    start(argv);
}

ChildProcess::~ChildProcess() {
    if (m_pid > 0 && !m_ended)
        orphans().add(m_pid);
    for (Stream* stream : {&m_input, &m_output, &m_error, &m_end})
        close(*stream);
    orphans().reap();
}

void ChildProcess::start(const QStringList& argv) {
    std::vector<QByteArray> arguments;
    for (const QString& argument : argv)
        arguments.push_back(QFile::encodeName(argument));

    Pipe in;
    Pipe out;
    Pipe err;
    int error = 0;
    if (in.open() && out.open() && err.open())
        error = spawn(m_pid, arguments, in, out, err);
    else
        error = errno;
    Pipe::close(in.readEnd);
    Pipe::close(out.writeEnd);
    Pipe::close(err.writeEnd);
    const int end = error == 0 ? openPidDescriptor(m_pid) : -1;
    if (error == 0 && end < 0) {
        error = errno;
        orphans().add(m_pid);
    }
    if (error != 0) {
        in.close();
        out.close();
        err.close();
        m_pid = -1;
        m_ended = true;
        m_startError = QString::fromLocal8Bit(std::strerror(error));
        queueDrain();
        return;
    }
    fcntl(in.writeEnd, F_SETFL, O_NONBLOCK);
    m_input.descriptor = in.writeEnd;
    m_input.notifier = new QSocketNotifier(in.writeEnd, QSocketNotifier::Write, this);
    m_input.notifier->setEnabled(false);
    connect(m_input.notifier, &QSocketNotifier::activated, this, &ChildProcess::flushInput);
    watch(m_output, out.readEnd, &Channel::outputRead);
    watch(m_error, err.readEnd, &Channel::errorRead);
    m_end.descriptor = end;
    m_end.notifier = new QSocketNotifier(end, QSocketNotifier::Read, this);
    connect(m_end.notifier, &QSocketNotifier::activated, this, &ChildProcess::reap);
}

void ChildProcess::watch(Stream& stream, int descriptor, BytesSignal signal) {
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    stream.descriptor = descriptor;
    stream.notifier = new QSocketNotifier(descriptor, QSocketNotifier::Read, this);
    connect(stream.notifier, &QSocketNotifier::activated, this,
            [this, &stream, signal] { read(stream, signal); });
}

void ChildProcess::read(Stream& stream, BytesSignal signal) {
    if (stream.descriptor < 0)
        return;
    QByteArray bytes(readSize, Qt::Uninitialized);
    const ssize_t count = ::read(stream.descriptor, bytes.data(), bytes.size());
    if (count > 0) {
        bytes.truncate(count);
        Q_EMIT(this->*signal)(bytes);
        return;
    }
    const bool nothingYet = count < 0 && (errno == EAGAIN || errno == EINTR);
    // After the end nobody of ours writes any more: what is not there now never comes, even where
    // a process left behind keeps the pipe open.
    if (!nothingYet || m_ended)
        close(stream);
}

void ChildProcess::write(const QByteArray& bytes) {
    if (m_input.descriptor < 0 || m_closeInput)
        return;
    m_pending += bytes;
    flushInput();
}

void ChildProcess::closeInput() {
    m_closeInput = true;
    flushInput();
}

void ChildProcess::flushInput() {
    if (m_input.descriptor < 0)
        return;
    while (!m_pending.isEmpty()) {
        const ssize_t count = ::write(m_input.descriptor, m_pending.constData(), m_pending.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN) {
            m_input.notifier->setEnabled(true);
            return;
        }
        if (count < 0) {
            m_pending.clear();
            m_closeInput = true;
            break;
        }
        m_pending.remove(0, count);
    }
    m_input.notifier->setEnabled(false);
    if (m_closeInput)
        close(m_input);
}

void ChildProcess::setReading(Reading reading) {
    m_reading = reading;
    for (Stream* stream : {&m_output, &m_error}) {
        if (stream->notifier)
            stream->notifier->setEnabled(reading == Reading::On);
    }
    if (reading == Reading::On && m_ended)
        queueDrain();
}

std::optional<int> ChildProcess::exitStatus() const {
    return m_exitCode < 0 ? std::nullopt : std::optional(m_exitCode);
}

void ChildProcess::kill() {
    if (m_pid > 0 && !m_ended)
        ::kill(-m_pid, SIGKILL);
}

void ChildProcess::reap() {
    int status = 0;
    if (m_ended || waitpid(m_pid, &status, WNOHANG) != m_pid)
        return;
    m_ended = true;
    m_exitCode = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    close(m_end);
    close(m_input);
    queueDrain();
}

void ChildProcess::queueDrain() {
    if (m_drainQueued || m_closed)
        return;
    m_drainQueued = true;
    QMetaObject::invokeMethod(this, &ChildProcess::drain, Qt::QueuedConnection);
}

/// After the end: one read a turn until there is nothing left, and only then closed().
void ChildProcess::drain() {
    m_drainQueued = false;
    if (m_output.descriptor < 0 && m_error.descriptor < 0) {
        m_closed = true;
        Q_EMIT closed();
        return;
    }
    if (m_reading == Reading::Off)
        return; // turning it on goes on from here
    read(m_output, &Channel::outputRead);
    read(m_error, &Channel::errorRead);
    queueDrain();
}

void ChildProcess::close(Stream& stream) {
    if (stream.notifier != nullptr)
        stream.notifier->setEnabled(false);
    if (stream.descriptor >= 0)
        ::close(stream.descriptor);
    stream.descriptor = -1;
}

} // namespace app
