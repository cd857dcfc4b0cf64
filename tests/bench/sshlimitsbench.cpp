// SPDX-License-Identifier: GPL-3.0-or-later
// How long a dead host passes for alive, and how much a reader that waits has to hold.
#include "benchmark.h"
#include "sshparty.h"

#include "app/ssh/sshchannel.h"

#include "tests/support/openfiles.h"
#include "tests/support/tcpproxy.h"

#include <algorithm>

namespace tests {

namespace {

using namespace app;
using namespace std::chrono_literals;
using models::ErrorCode;
using models::failure;
using models::Result;

constexpr int runs = 5;
constexpr double megabyte = 1e6;

/// The worst of some, each a different while after the last sign of life.
Result<Measurements> measureDeadPeer() {
    constexpr auto interval = 500ms;
    constexpr int misses = 3;
    SshParty party;
    if (const auto started = party.start(); !started)
        return tl::unexpected(started.error());
    double worst = 0;
    for (int run = 0; run < runs; ++run) {
        TcpProxy proxy(party.lab().hostPort());
        HostSettings settings = party.settings(proxy.port());
        settings.keepAliveInterval = interval;
        settings.keepAliveMisses = misses;
        const auto connection = party.connected(settings);
        if (!connection)
            return failure(ErrorCode::Internal, QStringLiteral("there is no connection"));
        turnFor(interval * (2 * run + 1) / (2 * runs) + interval);
        bool isNoticed = false;
        const double milliseconds = millisecondsOf([&] {
            proxy.setStalled(true);
            isNoticed = waitUntil(
                [&connection] { return connection->state() != SshConnection::State::Connected; });
        });
        if (!isNoticed)
            return failure(ErrorCode::Internal, QStringLiteral("nobody noticed"));
        worst = std::max(worst, milliseconds / 1000);
    }
    const double due = std::chrono::duration<double>(interval).count() * (misses + 1);
    return Measurements{{QStringLiteral("ssh.dead_peer"), worst, QStringLiteral("s"),
                         QStringLiteral("interval x (misses + 1)"), due, runs}};
}

/// A reader that pauses in the middle of a long stream, on a line with such a delay each way: what
/// came over the line since and is neither with the reader nor on disk.
Result<double> heldWhilePaused(SshParty& party, std::chrono::milliseconds delay) {
    constexpr qint64 wanted = 20'000'000;
    TcpProxy proxy(party.lab().hostPort());
    proxy.setDelay(delay);
    const auto connection = party.connected(party.settings(proxy.port()));
    if (!connection || !hasEndedWell(*connection->open(command("true"))))
        return failure(ErrorCode::Internal, QStringLiteral("there is no connection"));
    const qint64 before = proxy.delivered();
    const auto channel = connection->open(command("head -c 1000000000 /dev/zero"));
    qint64 read = 0;
    QObject::connect(channel.get(), &Channel::outputRead, [&](const QByteArray& bytes) {
        read += bytes.size();
        if (read >= wanted)
            channel->setReading(Channel::Reading::Off);
    });
    if (!waitUntil([&read] { return read >= wanted; }))
        return failure(ErrorCode::Internal, QStringLiteral("too little came"));
    for (qint64 seen = -1; seen != proxy.delivered();) {
        seen = proxy.delivered();
        turnFor(4 * delay + 300ms);
    }
    return double(proxy.delivered() - before - read - contentOfNamelessFiles().size()) / megabyte;
}

Result<Measurements> measurePaused() {
    SshParty party;
    if (const auto started = party.start(); !started)
        return tl::unexpected(started.error());
    double worst = 0;
    for (int run = 0; run < runs; ++run) {
        for (const auto delay : {0ms, 25ms}) {
            const Result<double> held = heldWhilePaused(party, delay);
            if (!held)
                return tl::unexpected(held.error());
            worst = std::max(worst, *held);
        }
    }
    return Measurements{{QStringLiteral("ssh.paused"), worst, QStringLiteral("MB"),
                         QStringLiteral("budget 2 MB"), 2, runs}};
}

const Registration deadPeer(QStringLiteral("ssh"), QStringLiteral("ssh.dead_peer"),
                            &measureDeadPeer);
const Registration paused(QStringLiteral("ssh"), QStringLiteral("ssh.paused"), &measurePaused);

} // namespace

} // namespace tests
