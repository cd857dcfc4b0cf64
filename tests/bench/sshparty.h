// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/channelsink.h"
#include "app/ssh/hostsettings.h"
#include "app/ssh/sshconnections.h"
#include "models/core/result.h"

#include "tests/support/lab.h"

#include <chrono>
#include <functional>

namespace tests {

/// Wall time and processor time of one piece of work.
struct Cost {
    double seconds = 0;
    double processor = 0; ///< seconds
};

/// Runs work, and takes the processor time of this program or of the programs that it waited for:
/// RUSAGE_SELF or RUSAGE_CHILDREN.
[[nodiscard]] Cost costOf(int whose, const std::function<void()>& work);

/// So many measurements in turn of ours and theirs, and the medians of each.
struct Duel {
    Cost ours;
    Cost theirs;
};
[[nodiscard]] Duel duel(int runs, const std::function<Cost()>& ours,
                        const std::function<Cost()>& theirs);

/// The lab's host, and the two that go there: the program's own connections, and the machine's ssh
/// with the same key. For benchmarks: it waits in event loops of its own, and gives up on what
/// takes a minute.
class SshParty {
public:
    /// The lab is there, or what it refused. morePorts: of the host, for as many connections.
    [[nodiscard]] models::Result<void> start(int morePorts = 0);
    [[nodiscard]] const Lab& lab() const { return *m_lab; }

    [[nodiscard]] app::HostSettings settings(quint16 port) const;
    /// Waits. Null where it does not come about.
    [[nodiscard]] std::shared_ptr<app::SshConnection>
    connected(const app::HostSettings& settings) const;
    [[nodiscard]] app::SshConnections& connections() { return m_connections; }

    /// The command line of ssh with these options behind the usual ones.
    [[nodiscard]] QStringList ssh(quint16 port, const QStringList& more) const;
    /// The user at the host, as ssh takes it.
    [[nodiscard]] static QString target();

private:
    std::unique_ptr<Lab> m_lab;
    mutable app::SshConnections m_connections;
};

/// Turns the event loop for so long.
void turnFor(std::chrono::milliseconds time);
/// Waits until it holds, looking whenever something happened. False after a minute.
[[nodiscard]] bool waitUntil(const std::function<bool()>& condition);
/// Waits for the end. False after a minute, or where the command failed.
[[nodiscard]] bool hasEndedWell(app::SshChannel& channel);

/// Runs a program of this machine to its end; whether that was a good one.
[[nodiscard]] bool succeeds(const QStringList& argv);

[[nodiscard]] app::ChannelTarget command(const QByteArray& text);

} // namespace tests
