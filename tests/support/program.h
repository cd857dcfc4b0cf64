// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <sys/types.h>

namespace tests {

/// A program of this machine, for tests with threads: ThreadSanitizer takes no notice of any mutex
/// behind the fork of a QProcess. Standard error is the test's own.
class Program {
public:
    Program() = default;
    ~Program();
    Q_DISABLE_COPY_MOVE(Program)

    /// argv[0] is looked up in PATH. environment: "NAME=VALUE", besides the test's own.
    [[nodiscard]] bool start(const QStringList& argv, const QStringList& environment = {});
    /// The next line of standard output, or all that there is to its end. Waits.
    [[nodiscard]] QByteArray readLine();
    [[nodiscard]] QByteArray readAll();
    [[nodiscard]] qint64 pid() const { return m_pid; }
    void closeInput();
    void terminate() const;
    /// Waits; -1 where it was killed or never started.
    int exitCode();

private:
    pid_t m_pid = -1;
    int m_input = -1;
    int m_output = -1;
    int m_exitCode = -1;
};

/// Runs a program to its end; what it said, or nothing where it failed.
[[nodiscard]] QByteArray outputOf(const QStringList& argv, const QStringList& environment = {});

/// Processes whose parent it is, ended ones that nobody waited for among them.
[[nodiscard]] QList<qint64> childrenOf(qint64 process);

} // namespace tests
