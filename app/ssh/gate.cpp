// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/gate.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace app {

Gate::Gate(unsigned places)
    : m_places(eventfd(places, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE)) {}

Gate::~Gate() {
    ::close(m_places);
}

bool Gate::enter(const Cancellation& cancellation) {
    while (!cancellation.isCancelled()) {
        eventfd_t place = 0;
        if (eventfd_read(m_places, &place) == 0)
            return true;
        (void)cancellation.wait(m_places, POLLIN, Cancellation::Clock::time_point::max());
    }
    return false;
}

void Gate::leave() {
    eventfd_write(m_places, 1);
}

} // namespace app
