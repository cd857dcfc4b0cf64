// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/unixsignals.h"

#include <QSocketNotifier>

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace app {
namespace {

// A handler can reach nothing but globals; write() is all that it may do.
volatile std::sig_atomic_t writeEnd = -1;

void handle(int) {
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(writeEnd, &byte, 1);
}

void install(void (*handler)(int)) {
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        sigaction(number, &action, nullptr);
}

} // namespace

UnixSignals::UnixSignals() {
    if (pipe2(m_ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_ends[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        while (read(m_ends[0], bytes, sizeof bytes) > 0) {
        }
        Q_EMIT received();
    });
    writeEnd = m_ends[1];
    install(handle);
}

UnixSignals::~UnixSignals() {
    if (m_ends[0] < 0)
        return;
    install(SIG_DFL);
    writeEnd = -1;
    close(m_ends[0]);
    close(m_ends[1]);
}

} // namespace app
