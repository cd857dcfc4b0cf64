// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/processtree.h"

#include <QDir>
#include <QFile>
#include <QMultiHash>

#include <csignal>
#include <mutex>
#include <set>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace app {
namespace {

struct Children {
    std::mutex mutex;
    std::set<pid_t> pids;
};

Children& ownChildren() {
    static Children children;
    return children;
}

/// The parent of a process, 0 where it is gone.
pid_t parentOf(const QString& process) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QFile::ReadOnly))
        return 0;
    // The name in brackets may hold anything; behind it stand the state and the parent.
    const QByteArray line = file.readLine();
    const QByteArray rest = line.mid(line.lastIndexOf(')') + 2);
    return rest.split(' ').value(1).toInt();
}

} // namespace

void adoptOrphans() {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

void noteChild(pid_t child) {
    const std::lock_guard lock(ownChildren().mutex);
    ownChildren().pids.insert(child);
}

void forgetChild(pid_t child) {
    const std::lock_guard lock(ownChildren().mutex);
    ownChildren().pids.erase(child);
}

void buryOrphans() {
    const pid_t self = getpid();
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& process : processes) {
        const pid_t pid = process.toInt();
        if (pid <= 0 || parentOf(process) != self)
            continue;
        const std::lock_guard lock(ownChildren().mutex);
        if (!ownChildren().pids.contains(pid))
            waitpid(pid, nullptr, WNOHANG);
    }
}

QList<pid_t> descendants() {
    QMultiHash<pid_t, pid_t> children;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& process : processes) {
        if (const pid_t pid = process.toInt(); pid > 0)
            children.insert(parentOf(process), pid);
    }
    QList<pid_t> found = children.values(getpid());
    for (qsizetype i = 0; i < found.size(); ++i)
        found += children.values(found[i]);
    return found;
}

void endDescendants() {
    // One that is ended may have started another a moment before, so this goes on until none is
    // left. All of them are ours, so each is killed sooner or later.
    for (QList<pid_t> left = descendants(); !left.isEmpty(); left = descendants()) {
        for (const pid_t pid : std::as_const(left))
            kill(pid, SIGKILL);
        while (waitpid(-1, nullptr, WNOHANG) > 0) {
        }
        usleep(2000);
    }
}

} // namespace app
