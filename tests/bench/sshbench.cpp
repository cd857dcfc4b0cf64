// SPDX-License-Identifier: GPL-3.0-or-later
// What one connection costs, beside the ssh of the machine that goes to the same host.
#include "benchmark.h"
#include "sshparty.h"

#include "app/ssh/sshchannel.h"

#include "tests/support/program.h"
#include "tests/support/tcpproxy.h"

#include <QFile>

#include <algorithm>
#include <optional>
#include <sys/resource.h>

namespace tests {

namespace {

using namespace app;
using namespace std::chrono_literals;
using models::ErrorCode;
using models::failure;
using models::Result;

constexpr int runs = 5;
constexpr char logLine[] = "2026-01-01T00:00:00.000Z INFO request served in 12 ms by worker 7";
constexpr qint64 megabyte = 1'000'000;

models::Error failed(const QString& what) {
    return {ErrorCode::Internal, what, {}};
}

QString shellLine(const QStringList& argv, const QString& more) {
    return argv.join(QLatin1Char(' ')) + QLatin1Char(' ') + more;
}

/// A log of so many megabytes at the host, and who carries it over and counts its lines.
class LogReader {
public:
    LogReader(SshParty& party, quint16 port, int megabytes)
        : m_party(party)
        , m_port(port)
        , m_path(party.lab().path(QStringLiteral("service.log")))
        , m_lines(megabytes * megabyte / qint64(sizeof logLine) / 1000 * 1000) {}

    [[nodiscard]] Result<Duel> measure() {
        if (!makeLog())
            return tl::unexpected(failed(m_path + QStringLiteral(" cannot be written")));
        const auto connection = m_party.connected(m_party.settings(m_port));
        if (!connection)
            return tl::unexpected(failed(QStringLiteral("there is no connection")));
        const auto theirs = [this] {
            return costOf(RUSAGE_CHILDREN, [this] { note(linesOverSsh()); });
        };
        const auto ours = [this, &connection] {
            return costOf(RUSAGE_SELF, [&] { note(linesOver(*connection)); });
        };
        const Duel result = duel(runs, ours, theirs);
        if (!m_isWhole)
            return tl::unexpected(failed(QStringLiteral("lines were lost on the way")));
        return result;
    }
    [[nodiscard]] double megabytes() const {
        return double(m_lines * qint64(sizeof logLine)) / megabyte;
    }

private:
    [[nodiscard]] bool makeLog() const {
        QFile file(m_path);
        const QByteArray thousand = (QByteArray(logLine) + '\n').repeated(1000);
        bool isGood = file.open(QIODevice::WriteOnly);
        for (qint64 i = 0; i < m_lines && isGood; i += 1000)
            isGood = file.write(thousand) == thousand.size();
        return isGood;
    }

    [[nodiscard]] QString cat() const { return QStringLiteral("cat '%1'").arg(m_path); }

    [[nodiscard]] qint64 linesOver(SshConnection& connection) const {
        const auto channel = connection.open(command(cat().toUtf8()));
        qint64 lines = 0;
        QObject::connect(channel.get(), &Channel::outputRead, [&lines](const QByteArray& bytes) {
            lines += std::count(bytes.cbegin(), bytes.cend(), '\n');
        });
        return hasEndedWell(*channel) ? lines : -1;
    }

    [[nodiscard]] qint64 linesOverSsh() const {
        const QString line = shellLine(m_party.ssh(m_port, {SshParty::target()}),
                                       QLatin1Char('"') + cat() + QStringLiteral("\" | wc -l"));
        return outputOf({QStringLiteral("sh"), QStringLiteral("-c"), line}).trimmed().toLongLong();
    }

    void note(qint64 lines) { m_isWhole = m_isWhole && lines == m_lines; }

    SshParty& m_party;
    quint16 m_port;
    QString m_path;
    qint64 m_lines;
    bool m_isWhole = true;
};

struct LogFigures {
    Duel costs;
    double megabytes = 0;
};

/// Over a line on which each way takes so long.
Result<LogFigures> measureLog(int megabytes, std::chrono::milliseconds delay) {
    SshParty party;
    if (const auto started = party.start(); !started)
        return tl::unexpected(started.error());
    std::optional<TcpProxy> proxy;
    if (delay.count() > 0)
        proxy.emplace(party.lab().hostPort()).setDelay(delay);
    LogReader reader(party, proxy ? proxy->port() : party.lab().hostPort(), megabytes);
    return reader.measure().map([&reader](const Duel& costs) {
        return LogFigures{costs, reader.megabytes()};
    });
}

/// The two figures of one measurement.
const Result<LogFigures>& logOnLoopback() {
    static const Result<LogFigures> figures = measureLog(500, 0ms);
    return figures;
}

Measurement speed(const QString& name, const LogFigures& log) {
    return {name,
            log.megabytes / log.costs.ours.seconds,
            QStringLiteral("MB/s"),
            QStringLiteral("ssh HOST cat FILE | wc -l"),
            log.megabytes / log.costs.theirs.seconds,
            runs};
}

Result<Measurements> measureThroughput() {
    return logOnLoopback().map([](const LogFigures& log) {
        return Measurements{speed(QStringLiteral("ssh.throughput"), log)};
    });
}

Result<Measurements> measureThroughputProcessor() {
    return logOnLoopback().map([](const LogFigures& log) {
        return Measurements{{QStringLiteral("ssh.throughput_cpu"), log.costs.ours.processor,
                             QStringLiteral("s"), QStringLiteral("ssh HOST cat FILE | wc -l"),
                             log.costs.theirs.processor, runs}};
    });
}

Result<Measurements> measureFarThroughput() {
    return measureLog(isFull() ? 500 : 150, 25ms).map([](const LogFigures& log) {
        return Measurements{speed(QStringLiteral("ssh.throughput_50ms"), log)};
    });
}

/// ssh as a master, which others of it go through, for as long as this lives.
class ControlMaster {
public:
    explicit ControlMaster(const SshParty& party)
        : m_party(party)
        , m_path(QStringLiteral("ControlPath=") +
                 party.lab().path(QStringLiteral("socket/control"))) {
        // The master would keep our end of its output open.
        (void)outputOf({QStringLiteral("sh"), QStringLiteral("-c"),
                        shellLine(through({QStringLiteral("-fNM"), SshParty::target()}),
                                  QStringLiteral(">/dev/null 2>&1"))});
    }
    ~ControlMaster() {
        (void)outputOf(through({QStringLiteral("-q"), QStringLiteral("-O"), QStringLiteral("exit"),
                                SshParty::target()}));
    }
    Q_DISABLE_COPY_MOVE(ControlMaster)

    [[nodiscard]] bool exec(const QString& what) const {
        return succeeds(through({SshParty::target(), what}));
    }

private:
    [[nodiscard]] QStringList through(const QStringList& more) const {
        return m_party.ssh(m_party.lab().hostPort(),
                           QStringList{QStringLiteral("-o"), m_path} + more);
    }

    const SshParty& m_party;
    QString m_path;
};

Measurements inMilliseconds(const QString& name, const Duel& costs, int times,
                            const QString& against) {
    return {{name, costs.ours.seconds * 1000 / times, QStringLiteral("ms"), against,
             costs.theirs.seconds * 1000 / times, runs}};
}

Result<Measurements> measureExec() {
    constexpr int times = 50;
    SshParty party;
    if (const auto started = party.start(); !started)
        return tl::unexpected(started.error());
    const auto connection = party.connected(party.settings(party.lab().hostPort()));
    if (!connection)
        return tl::unexpected(failed(QStringLiteral("there is no connection")));
    const ControlMaster master(party);
    bool isGood = true;
    const auto ours = [&] {
        return costOf(RUSAGE_SELF, [&] {
            for (int i = 0; i < times; ++i)
                isGood = isGood && hasEndedWell(*connection->open(command("true")));
        });
    };
    const auto theirs = [&] {
        return costOf(RUSAGE_CHILDREN, [&] {
            for (int i = 0; i < times; ++i)
                isGood = isGood && master.exec(QStringLiteral("true"));
        });
    };
    const Duel costs = duel(runs, ours, theirs);
    if (!isGood)
        return tl::unexpected(failed(QStringLiteral("a command did not run")));
    return inMilliseconds(QStringLiteral("ssh.exec"), costs, times,
                          QStringLiteral("ssh through a ControlMaster"));
}

Result<Measurements> measureConnect() {
    constexpr int times = 10;
    SshParty party;
    if (const auto started = party.start(); !started)
        return tl::unexpected(started.error());
    const quint16 port = party.lab().hostPort();
    bool isGood = true;
    const auto ours = [&] {
        return costOf(RUSAGE_SELF, [&] {
            for (int i = 0; i < times; ++i)
                isGood = isGood && party.connected(party.settings(port)) != nullptr;
        });
    };
    const auto theirs = [&] {
        return costOf(RUSAGE_CHILDREN, [&] {
            for (int i = 0; i < times; ++i)
                isGood = isGood &&
                         succeeds(party.ssh(port, {SshParty::target(), QStringLiteral("true")}));
        });
    };
    const Duel costs = duel(runs, ours, theirs);
    if (!isGood)
        return tl::unexpected(failed(QStringLiteral("a connection was not made")));
    return inMilliseconds(QStringLiteral("ssh.connect"), costs, times,
                          QStringLiteral("ssh HOST true"));
}

Registration registered(const char* name, Result<Measurements> (*measure)()) {
    return {QStringLiteral("ssh"), QLatin1String(name), measure};
}

const Registration throughput = registered("ssh.throughput", &measureThroughput);
const Registration throughputProcessor =
    registered("ssh.throughput_cpu", &measureThroughputProcessor);
const Registration farThroughput = registered("ssh.throughput_50ms", &measureFarThroughput);
const Registration exec = registered("ssh.exec", &measureExec);
const Registration connecting = registered("ssh.connect", &measureConnect);

} // namespace

} // namespace tests
