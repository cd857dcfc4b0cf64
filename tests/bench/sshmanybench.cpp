// SPDX-License-Identifier: GPL-3.0-or-later
// What many channels cost, and many hosts.
#include "benchmark.h"
#include "sshparty.h"

#include "app/ssh/sshchannel.h"

#include "tests/support/program.h"

#include <algorithm>
#include <sys/resource.h>

namespace tests {

namespace {

using namespace app;
using namespace std::chrono_literals;
using models::ErrorCode;
using models::failure;
using models::Result;

constexpr int runs = 5;
constexpr int channelCount = 200;
constexpr int linesInASecond = 100; // of each
constexpr int sessionsAConnection = 8;
constexpr std::chrono::milliseconds stretch{2000};
constexpr int hostCount = 100;
/// As many as the program connects to at a time.
constexpr int atATime = 16;

/// Channels on which lines come all the time, and the share of a core that it takes to have them.
class Streams {
public:
    void add(std::unique_ptr<SshChannel> channel) {
        QObject::connect(channel.get(), &Channel::outputRead,
                         [this, isFirst = true](const QByteArray& bytes) mutable {
                             m_begun += std::exchange(isFirst, false) ? 1 : 0;
                             m_lines += std::count(bytes.cbegin(), bytes.cend(), '\n');
                         });
        m_channels.push_back(std::move(channel));
    }

    [[nodiscard]] Result<double> share() {
        if (!waitUntil([this] { return m_begun == int(m_channels.size()); }))
            return failure(ErrorCode::Internal,
                           QStringLiteral("only %1 channels began to speak").arg(m_begun));
        turnFor(stretch / 2); // for all that is new to wear off
        QList<double> shares;
        for (int run = 0; run < runs; ++run) {
            const qint64 before = m_lines;
            const Cost cost = costOf(RUSAGE_SELF, [] { turnFor(stretch); });
            const double wanted = double(m_channels.size()) * linesInASecond * cost.seconds;
            if (double(m_lines - before) < wanted * 0.95)
                return failure(
                    ErrorCode::Internal,
                    QStringLiteral("%1 of %2 lines came").arg(m_lines - before).arg(wanted));
            shares.append(cost.processor / cost.seconds);
        }
        return median(shares);
    }

private:
    std::vector<std::unique_ptr<SshChannel>> m_channels;
    int m_begun = 0;
    qint64 m_lines = 0;
};

Measurements shareOf(const QString& name, double share, double budget, const QString& against) {
    return {{name, share, QStringLiteral("cores"), against, budget, runs}};
}

Result<Measurements> measureSockets() {
    SshParty party;
    if (const auto started = party.start(); !started)
        return tl::unexpected(started.error());
    const QString path = party.lab().path(QStringLiteral("socket/lines"));
    Program source;
    if (!source.start({QStringLiteral(GANTRY_LINESOURCE), path}) || source.readLine() != "ready\n")
        return failure(ErrorCode::Internal, QStringLiteral("no lines at %1").arg(path));
    const auto connection = party.connected(party.settings(party.lab().hostPort()));
    if (!connection)
        return failure(ErrorCode::Internal, QStringLiteral("there is no connection"));
    Streams streams;
    for (int i = 0; i < channelCount; ++i)
        streams.add(connection->open({ChannelTarget::Kind::UnixSocket, path.toUtf8(), 0}));
    return streams.share().map([](double share) {
        return shareOf(QStringLiteral("ssh.channels200_socket"), share, 0.05,
                       QStringLiteral("budget 5 % of a core"));
    });
}

Result<Measurements> measureSessions() {
    SshParty party;
    if (const auto started = party.start(); !started)
        return tl::unexpected(started.error());
    QList<std::shared_ptr<SshConnection>> connections;
    for (int i = 0; i < channelCount; i += sessionsAConnection) {
        connections.append(party.connected(party.settings(party.lab().hostPort())));
        if (!connections.last())
            return failure(ErrorCode::Internal, QStringLiteral("there is no connection"));
    }
    Streams streams;
    for (int i = 0; i < channelCount; ++i)
        streams.add(
            connections[i / sessionsAConnection]->open(command("exec '" GANTRY_LINESOURCE "'")));
    return streams.share().map([](double share) {
        return shareOf(QStringLiteral("ssh.channels200_exec"), share, 0.2,
                       QStringLiteral("budget 20 % of a core"));
    });
}

/// All at once, as a workspace does it; the program itself decides how many at a time.
bool connectToAll(SshParty& party) {
    std::vector<std::shared_ptr<SshConnection>> connections;
    for (const quint16 port : party.lab().morePorts()) {
        connections.push_back(party.connections().anotherTo(party.settings(port)));
        connections.back()->connectNow();
    }
    return waitUntil([&connections] {
        return std::all_of(connections.cbegin(), connections.cend(), [](const auto& one) {
            return one->state() == SshConnection::State::Connected;
        });
    });
}

QStringList sshToAll(const SshParty& party) {
    QString lines = QStringLiteral("printf '%s\\n'");
    for (const quint16 port : party.lab().morePorts())
        lines += QLatin1Char(' ') + QString::number(port);
    // The port that ssh() gives is the last of its options.
    QStringList ssh = party.ssh(0, {});
    ssh.last() = QStringLiteral("{} %1 true").arg(SshParty::target());
    lines +=
        QStringLiteral(" | xargs -P %1 -I '{}' %2").arg(atATime).arg(ssh.join(QLatin1Char(' ')));
    return {QStringLiteral("sh"), QStringLiteral("-c"), lines};
}

Result<Measurements> measureHosts() {
    SshParty party;
    if (const auto started = party.start(hostCount); !started)
        return tl::unexpected(started.error());
    bool isGood = true;
    const auto ours = [&] {
        return costOf(RUSAGE_SELF, [&] { isGood = isGood && connectToAll(party); });
    };
    const auto theirs = [&] {
        return costOf(RUSAGE_CHILDREN, [&] { isGood = isGood && succeeds(sshToAll(party)); });
    };
    const Duel costs = duel(runs, ours, theirs);
    if (!isGood)
        return failure(ErrorCode::Internal, QStringLiteral("a connection was not made"));
    return Measurements{{QStringLiteral("ssh.hosts100"), costs.ours.seconds, QStringLiteral("s"),
                         QStringLiteral("100 ssh HOST true, 16 at a time"), costs.theirs.seconds,
                         runs}};
}

const Registration sockets(QStringLiteral("ssh"), QStringLiteral("ssh.channels200_socket"),
                           &measureSockets);
const Registration sessions(QStringLiteral("ssh"), QStringLiteral("ssh.channels200_exec"),
                            &measureSessions);
const Registration hosts(QStringLiteral("ssh"), QStringLiteral("ssh.hosts100"), &measureHosts);

} // namespace

} // namespace tests
