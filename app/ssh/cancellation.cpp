// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/cancellation.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace app {

Cancellation::Cancellation()
    : m_descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Cancellation::~Cancellation() {
    ::close(m_descriptor);
}

void Cancellation::cancel() {
    m_isCancelled = true;
    eventfd_write(m_descriptor, 1);
}

Cancellation::Wake Cancellation::wait(int other, short events, Clock::time_point until) const {
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        const int timeout = int(std::clamp<qint64>(left.count(), 0, INT_MAX));
        pollfd polled[]{{m_descriptor, POLLIN, 0}, {other, events, 0}};
        const int count = poll(polled, 2, timeout);
        if (count < 0 && errno == EINTR)
            continue;
        if (m_isCancelled || polled[0].revents != 0)
            return Wake::Cancelled;
        return count > 0 ? Wake::Ready : Wake::TimedOut;
    }
}

} // namespace app
