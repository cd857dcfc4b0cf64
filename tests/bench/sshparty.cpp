// SPDX-License-Identifier: GPL-3.0-or-later
#include "sshparty.h"

#include "app/ssh/sshchannel.h"
#include "benchmark.h"

#include "tests/support/program.h"

#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <sys/resource.h>

namespace tests {

using namespace app;
using namespace std::chrono_literals;

namespace {

double processorSeconds(int whose) {
    rusage usage{};
    getrusage(whose, &usage);
    const auto seconds = [](const timeval& time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Cost medianOf(const QList<Cost>& costs) {
    QList<double> seconds;
    QList<double> processor;
    for (const Cost& cost : costs) {
        seconds.append(cost.seconds);
        processor.append(cost.processor);
    }
    return {median(seconds), median(processor)};
}

} // namespace

Cost costOf(int whose, const std::function<void()>& work) {
    const double before = processorSeconds(whose);
    const double seconds = millisecondsOf(work) / 1000;
    return {seconds, processorSeconds(whose) - before};
}

Duel duel(int runs, const std::function<Cost()>& ours, const std::function<Cost()>& theirs) {
    QList<Cost> our;
    QList<Cost> their;
    for (int run = 0; run < runs; ++run) {
        our.append(ours());
        their.append(theirs());
    }
    return {medianOf(our), medianOf(their)};
}

models::Result<void> SshParty::start(int morePorts) {
    m_lab = std::make_unique<Lab>(morePorts);
    if (!m_lab->start())
        return models::failure(models::ErrorCode::Unsupported, m_lab->refusal());
    return {};
}

HostSettings SshParty::settings(quint16 port) const {
    HostSettings made;
    made.name = QStringLiteral("web-1");
    made.hostName = QStringLiteral("127.0.0.1");
    made.port = port;
    made.user = QStringLiteral("dash");
    made.identityFiles = {m_lab->key(QStringLiteral("person"))};
    made.knownHostsFiles = {m_lab->path(QStringLiteral("known_hosts"))};
    made.hostKeyAlias = QStringLiteral("[127.0.0.1]:%1").arg(m_lab->hostPort());
    return made;
}

std::shared_ptr<SshConnection> SshParty::connected(const HostSettings& settings) const {
    auto connection = m_connections.anotherTo(settings);
    connection->connectNow();
    const bool isThere =
        waitUntil([&connection] { return connection->state() == SshConnection::State::Connected; });
    return isThere ? connection : nullptr;
}

QStringList SshParty::ssh(quint16 port, const QStringList& more) const {
    return QStringList{QStringLiteral("ssh"),
                       QStringLiteral("-F"),
                       QStringLiteral("/dev/null"),
                       QStringLiteral("-o"),
                       QStringLiteral("UserKnownHostsFile=") +
                           m_lab->path(QStringLiteral("known_hosts")),
                       QStringLiteral("-o"),
                       QStringLiteral("HostKeyAlias=[127.0.0.1]:%1").arg(m_lab->hostPort()),
                       QStringLiteral("-o"),
                       QStringLiteral("BatchMode=yes"),
                       QStringLiteral("-i"),
                       m_lab->key(QStringLiteral("person")),
                       QStringLiteral("-p"),
                       QString::number(port)} +
           more;
}

QString SshParty::target() {
    return QStringLiteral("dash@127.0.0.1");
}

void turnFor(std::chrono::milliseconds time) {
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

bool waitUntil(const std::function<bool()>& condition) {
    const auto limit = std::chrono::steady_clock::now() + 1min;
    QEventLoop loop;
    QTimer wake; // so that the limit is noticed where nothing happens
    wake.start(1s);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > limit)
            return false;
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

bool hasEndedWell(SshChannel& channel) {
    bool isClosed = false;
    const auto connection =
        QObject::connect(&channel, &Channel::closed, [&isClosed] { isClosed = true; });
    const bool hasEnded = waitUntil([&isClosed] { return isClosed; });
    QObject::disconnect(connection);
    return hasEnded && channel.end().exitStatus == 0;
}

bool succeeds(const QStringList& argv) {
    Program program;
    if (!program.start(argv))
        return false;
    program.closeInput();
    (void)program.readAll();
    return program.exitCode() == 0;
}

ChannelTarget command(const QByteArray& text) {
    return {ChannelTarget::Kind::Command, text, 0};
}

} // namespace tests
