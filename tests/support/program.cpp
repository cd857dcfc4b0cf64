// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"

#include <QDir>
#include <QFile>
#include <QList>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace tests {
namespace {

std::vector<char*> pointersTo(QList<QByteArray>& texts) {
    std::vector<char*> pointers;
    for (QByteArray& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

void closeDescriptor(int& descriptor) {
    if (descriptor >= 0)
        ::close(descriptor);
    descriptor = -1;
}

} // namespace

Program::~Program() {
    closeDescriptor(m_input);
    closeDescriptor(m_output);
    exitCode();
}

bool Program::start(const QStringList& argv, const QStringList& environment) {
    QList<QByteArray> arguments;
    for (const QString& argument : argv)
        arguments << argument.toLocal8Bit();
    QList<QByteArray> variables;
    for (const QString& variable : environment)
        variables << variable.toLocal8Bit();
    for (char** one = environ; *one != nullptr; ++one)
        variables << *one;
    std::array<int, 2> input{-1, -1};
    std::array<int, 2> output{-1, -1};
    if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0)
        return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    const int error = posix_spawnp(&m_pid, arguments.first().constData(), &actions, nullptr,
                                   pointersTo(arguments).data(), pointersTo(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    m_input = input[1];
    m_output = output[0];
    if (error != 0)
        m_pid = -1;
    return error == 0;
}

QByteArray Program::readLine() {
    QByteArray line;
    char byte = 0;
    while (!line.endsWith('\n') && ::read(m_output, &byte, 1) == 1)
        line += byte;
    return line;
}

QByteArray Program::readAll() {
    QByteArray all;
    std::array<char, 4096> bytes;
    ssize_t count = 0;
    while ((count = ::read(m_output, bytes.data(), bytes.size())) > 0)
        all.append(bytes.data(), count);
    return all;
}

void Program::closeInput() {
    closeDescriptor(m_input);
}

void Program::terminate() const {
    if (m_pid > 0)
        ::kill(m_pid, SIGTERM);
}

int Program::exitCode() {
    int status = 0;
    if (m_pid > 0 && waitpid(m_pid, &status, 0) == m_pid)
        m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    m_pid = -1;
    return m_exitCode;
}

QByteArray outputOf(const QStringList& argv, const QStringList& environment) {
    Program program;
    if (!program.start(argv, environment))
        return {};
    program.closeInput();
    const QByteArray said = program.readAll();
    return program.exitCode() == 0 ? said : QByteArray();
}

QList<qint64> childrenOf(qint64 process) {
    QList<qint64> children;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& one : processes) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(one));
        if (one.toLongLong() <= 0 || !file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toLongLong() == process)
            children.append(one.toLongLong());
    }
    return children;
}

} // namespace tests
