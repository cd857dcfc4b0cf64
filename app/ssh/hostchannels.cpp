// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostchannels.h"

#include <QTimer>

#include <utility>

namespace app {
namespace {

constexpr qsizetype channelsAtOnce = 8;
constexpr std::chrono::seconds idleTime{30};
/// A shell that is begun and has said nothing for so long never will.
constexpr std::chrono::seconds silenceLimit{60};

/// The login shell hands over at once to the shell that the supervisor is written for. Nothing of
/// what it is to do shows in a list of processes.
constexpr char shellCommand[] = "exec env SHLVL=1 sh -s gantry";

/// Hangs up on a shell that is there and does not speak, which no keepalive notices. The time of a
/// connection that is being made again does not count.
void watchSilence(SshChannel& channel) {
    auto* const limit = new QTimer(&channel);
    limit->setSingleShot(true);
    QObject::connect(&channel, &SshChannel::opened, limit, [limit] { limit->start(silenceLimit); });
    QObject::connect(limit, &QTimer::timeout, &channel, [&channel] {
        if (!channel.hasHeard())
            channel.giveUp();
    });
}

} // namespace

HostChannels::HostChannels(SshConnections& connections, std::shared_ptr<SshConnection> first)
    : m_connections(connections)
    , m_open{std::move(first)} {}

HostChannels::~HostChannels() = default;

SshConnection& HostChannels::withRoom() {
    // The first says why it failed; another one is just tried anew.
    const auto first = m_open.first();
    m_open.removeIf([&first](const std::shared_ptr<SshConnection>& one) {
        return one != first && one->state() == SshConnection::State::Failed &&
               one->channelCount() == 0;
    });
    for (const auto& connection : std::as_const(m_open)) {
        if (connection->channelCount() < channelsAtOnce)
            return *connection;
    }
    m_open.append(m_connections.anotherTo(m_open.first()->settings()));
    SshConnection* const made = m_open.last().get();
    auto* const letGo = new QTimer(made);
    letGo->setSingleShot(true);
    QObject::connect(made, &SshConnection::idle, letGo, [letGo] { letGo->start(idleTime); });
    QObject::connect(letGo, &QTimer::timeout, made, [made] {
        if (made->channelCount() == 0)
            made->close();
    });
    return *made;
}

std::unique_ptr<SshChannel> HostChannels::openShell() {
    auto channel = withRoom().open({ChannelTarget::Kind::Command, shellCommand, 0});
    watchSilence(*channel);
    return channel;
}

std::unique_ptr<Channel> HostChannels::open() {
    return openShell();
}

} // namespace app
