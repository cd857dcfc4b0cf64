// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/cancellation.h"

namespace app {

/// Lets so many through at a time. Any thread.
class Gate {
public:
    explicit Gate(unsigned places);
    ~Gate();
    Q_DISABLE_COPY_MOVE(Gate)

    /// Waits for a place. False when cancelled.
    [[nodiscard]] bool enter(const Cancellation& cancellation);
    void leave();

private:
    int m_places = -1;
};

} // namespace app
