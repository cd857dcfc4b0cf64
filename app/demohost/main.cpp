// SPDX-License-Identifier: GPL-3.0-or-later
// gantry-demohost: says "ready FOLDER" on standard output and stays until its standard input ends,
// so that it never outlives who started it, or until it is asked to end.
#include "app/demohost/demohost.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>

#include <sys/signalfd.h>
#include <unistd.h>

namespace {

/// Blocks the signals that ask it to end, before any thread is there, and gives a file to read.
int endingSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGHUP, SIGINT})
        sigaddset(&signals, number);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

bool hasEnded(int input) {
    std::array<char, 256> bytes;
    return read(input, bytes.data(), bytes.size()) <= 0;
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    QSocketNotifier signals(endingSignals(), QSocketNotifier::Read);
    QObject::connect(&signals, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [] {
        if (hasEnded(STDIN_FILENO))
            QCoreApplication::quit();
    });
    app::DemoHost host;
    if (const models::Result<void> started = host.start(); !started) {
        std::fprintf(stderr, "gantry-demohost: %s\n", qUtf8Printable(started.error().message));
        return 2;
    }
    std::printf("ready %s\n", qUtf8Printable(host.path()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
