// SPDX-License-Identifier: GPL-3.0-or-later
// Two hundred streams of one host at once, kept, sifted and shown: what all of it costs.
#include "benchmark.h"
#include "sshparty.h"

#include "app/container/placeorigins.h"
#include "app/log/livelogservice.h"
#include "app/log/logfollower.h"
#include "app/run/enginethread.h"
#include "app/ssh/hostreach.h"
#include "models/log/logreader.h"
#include "tests/support/program.h"
#include "ui/log/logpane.h"
#include "ui/theme/theme.h"

#include <QApplication>

#include <sys/resource.h>

namespace tests {

namespace {

using namespace app;
using namespace std::chrono_literals;
using models::ErrorCode;
using models::failure;
using models::Result;

constexpr int runs = 5;
constexpr int streamCount = 200;
constexpr int linesInASecond = 100; // of each
constexpr std::chrono::milliseconds stretch{3000};
constexpr double budget = 0.15; ///< of a core
constexpr QSize windowSize(1440, 900);

/// The lab's host, by its runtime's socket. On the engine's thread.
class LabOrigins final : public LogOrigins {
public:
    explicit LabOrigins(const HostSettings& settings)
        : m_origins([this, settings](const models::Host& host) {
            return std::make_unique<HostReach>(host.name, m_connections.connectionTo(settings),
                                               m_connections);
        }) {}

    [[nodiscard]] std::unique_ptr<LogOrigin> origin(const LogSource& source) override {
        return m_origins.origin(source);
    }
    [[nodiscard]] std::unique_ptr<ContainerWatch> watch(const models::Host& host) override {
        return m_origins.watch(host);
    }

private:
    SshConnections m_connections;
    PlaceOrigins m_origins;
};

/// The streams on their way from the host to the screen.
class Streams {
public:
    explicit Streams(const HostSettings& settings, const QString& socket)
        : m_service(std::make_shared<EngineThread>(),
                    [settings] { return std::make_unique<LabOrigins>(settings); }) {
        models::Host host{settings.name, settings.name};
        host.runtime = QStringLiteral("docker");
        host.socket = socket;
        QList<ui::LogBoard::Source> sources;
        for (int i = 0; i < streamCount; ++i) {
            LogSource source;
            source.host = host;
            source.container = QStringLiteral("worker-%1").arg(i);
            m_logs.append(m_follower.follow(source));
            sources.append({m_logs.last(), source.container});
        }
        const auto filter =
            models::LogFilter::parse(QStringLiteral("level:info+ worker-3 -health")).value();
        m_pane.board().setFilter(filter, models::CompiledFilter::compile(filter).value());
        m_pane.setSources(sources);
        m_pane.resize(windowSize);
        m_pane.show();
    }

    [[nodiscard]] qint64 lineCount() const {
        qint64 lines = 0;
        for (const quint64 log : m_logs)
            lines += m_keeper.snapshot(log).lineCount();
        return lines;
    }

    [[nodiscard]] bool allSpeak() const {
        return std::all_of(m_logs.cbegin(), m_logs.cend(),
                           [this](quint64 log) { return m_keeper.snapshot(log).lineCount() > 0; });
    }

    /// Each log has all the numbers from 0 on, each once.
    [[nodiscard]] bool isWhole() const {
        for (const quint64 log : m_logs) {
            models::LogReader reader;
            reader.setSnapshot(m_keeper.snapshot(log));
            for (qint64 line = 0; line < reader.snapshot().lineCount(); ++line) {
                const QByteArray start = "INFO request " + QByteArray::number(line) + ' ';
                if (!reader.line(line).text.startsWith(start))
                    return false;
            }
        }
        return true;
    }

private:
    LiveLogService m_service;
    LogKeeper m_keeper;
    LogFollower m_follower{m_service, m_keeper};
    ui::LogPane m_pane{m_keeper};
    QList<quint64> m_logs;
};

Result<double> shareOf(const Streams& streams) {
    if (!waitUntil([&streams] { return streams.allSpeak(); }))
        return failure(ErrorCode::Internal, QStringLiteral("not all streams began to speak"));
    turnFor(stretch); // for all that is new to wear off
    QList<double> shares;
    for (int run = 0; run < runs; ++run) {
        const qint64 before = streams.lineCount();
        const Cost cost = costOf(RUSAGE_SELF, [] { turnFor(stretch); });
        const double wanted = double(streamCount) * linesInASecond * cost.seconds;
        if (double(streams.lineCount() - before) < wanted * 0.95)
            return failure(ErrorCode::Internal, QStringLiteral("%1 of %2 lines came")
                                                    .arg(streams.lineCount() - before)
                                                    .arg(wanted));
        shares.append(cost.processor / cost.seconds);
    }
    return median(shares);
}

Result<Measurements> measureStreams() {
    ui::Theme::instance().install(*qApp);
    SshParty party;
    if (const auto started = party.start(); !started)
        return tl::unexpected(started.error());
    const QString socket = party.lab().path(QStringLiteral("socket/runtime"));
    Program source;
    if (!source.start({QStringLiteral(GANTRY_RUNTIMESOURCE), socket}) ||
        source.readLine() != "ready\n")
        return failure(ErrorCode::Internal, QStringLiteral("no runtime at %1").arg(socket));
    const Streams streams(party.settings(party.lab().hostPort()), socket);
    const Result<double> share = shareOf(streams);
    if (!share)
        return tl::unexpected(share.error());
    if (!streams.isWhole())
        return failure(ErrorCode::Internal, QStringLiteral("a line was lost, or came twice"));
    return Measurements{{QStringLiteral("logs.streams200"), *share, QStringLiteral("cores"),
                         QStringLiteral("budget 15 % of a core"), budget, runs}};
}

const Registration streams(QStringLiteral("logs"), QStringLiteral("logs.streams200"),
                           &measureStreams);

} // namespace

} // namespace tests
