// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/cancellation.h"
#include "app/ssh/connectfailure.h"

#include <QString>

#include <sys/socket.h>
#include <vector>

namespace app {

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;

    [[nodiscard]] QString text() const;
};

/// All addresses of a name, families by turns. Blocks until then; the system's resolver goes on
/// where it is cancelled, and nobody listens to it.
[[nodiscard]] Connected<std::vector<SocketAddress>> resolve(const QString& host, quint16 port,
                                                            Cancellation::Clock::time_point until,
                                                            const Cancellation& cancellation);

/// Connects to whichever address answers first: each gets a head start of a quarter of a second on
/// the next (RFC 8305). Gives the connected descriptor, which the caller owns. where: for messages.
[[nodiscard]] Connected<int> raceAddresses(const std::vector<SocketAddress>& addresses,
                                           const QString& where,
                                           Cancellation::Clock::time_point until,
                                           const Cancellation& cancellation);

} // namespace app
