// SPDX-License-Identifier: GPL-3.0-or-later
// sshcost: what SSH costs beside the ssh of the machine, over the lab's sshd. A measuring program,
// run by hand; the middle of three.
#include "app/ssh/sshchannel.h"

#include "tests/app/ssh/sshtest.h"
#include "tests/support/program.h"
#include "tests/support/tcpproxy.h"

#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>
#include <cstdio>
#include <sys/resource.h>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr int runs = 3;

double middle(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Of this program, or of the programs that it waited for.
double processorSeconds(int whose) {
    rusage usage{};
    getrusage(whose, &usage);
    const auto seconds = [](const timeval& time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Cost {
    double seconds = 0;
    double processor = 0;
};

template <class Work>
Cost costOf(int whose, Work work) {
    std::vector<double> seconds;
    std::vector<double> processor;
    for (int i = 0; i < runs; ++i) {
        const double before = processorSeconds(whose);
        QElapsedTimer timer;
        timer.start();
        work();
        seconds.push_back(double(timer.nsecsElapsed()) / 1e9);
        processor.push_back(processorSeconds(whose) - before);
    }
    return {middle(seconds), middle(processor)};
}

void report(const char* what, double ours, double theirs, const char* unit) {
    std::printf("%-24s %10.3f %-5s against %10.3f ratio %.2f\n", what, ours, unit, theirs,
                ours / theirs);
    std::fflush(stdout);
}

class Costs {
public:
    explicit Costs(Lab& lab)
        : m_lab(lab)
        , m_proxy(lab.hostPort()) {}

    int measure() {
        measureThroughput(500, m_lab.hostPort(), "loopback");
        m_proxy.setDelay(25ms);
        measureThroughput(100, m_proxy.port(), "50 ms");
        measureExec();
        measureConnect();
        return 0;
    }

private:
    [[nodiscard]] HostSettings settings(quint16 port) const {
        HostSettings made = settingsFor(m_lab);
        made.hostKeyAlias = QStringLiteral("[127.0.0.1]:%1").arg(m_lab.hostPort());
        made.port = port;
        return made;
    }

    [[nodiscard]] QStringList ssh(quint16 port, const QStringList& more) const {
        return QStringList{QStringLiteral("ssh"),
                           QStringLiteral("-F"),
                           QStringLiteral("/dev/null"),
                           QStringLiteral("-o"),
                           QStringLiteral("UserKnownHostsFile=") +
                               m_lab.path(QStringLiteral("known_hosts")),
                           QStringLiteral("-o"),
                           QStringLiteral("HostKeyAlias=[127.0.0.1]:%1").arg(m_lab.hostPort()),
                           QStringLiteral("-i"),
                           m_lab.key(QStringLiteral("person")),
                           QStringLiteral("-p"),
                           QString::number(port)} +
               more;
    }

    static void waitFor(Channel& channel) {
        QEventLoop loop;
        QObject::connect(&channel, &Channel::closed, &loop, &QEventLoop::quit);
        loop.exec();
    }

    static void waitFor(SshConnection& connection) {
        QEventLoop loop;
        bool isSettled = false;
        connection.whenSettled(&loop, [&](const models::Result<void>&) {
            isSettled = true;
            loop.quit();
        });
        if (!isSettled)
            loop.exec();
    }

    void measureThroughput(int megabytes, quint16 port, const char* where) {
        const QByteArray say =
            "yes '2026-01-01T00:00:00Z INFO request served in 12 ms by worker 7' "
            "| head -c " +
            QByteArray::number(megabytes * 1'000'000LL);
        SshConnections connections;
        const auto connection = connections.connectionTo(settings(port));
        waitFor(*connection);
        const Cost ours = costOf(RUSAGE_SELF, [&] {
            const auto channel = connection->open(command(say));
            qint64 lines = 0;
            QObject::connect(channel.get(), &Channel::outputRead,
                             [&lines](const QByteArray& bytes) { lines += bytes.count('\n'); });
            waitFor(*channel);
        });
        const QString line =
            ssh(port, {QStringLiteral("dash@127.0.0.1"),
                       QLatin1Char('"') + QString::fromUtf8(say) + QLatin1Char('"')})
                .join(QLatin1Char(' '));
        const Cost theirs = costOf(RUSAGE_CHILDREN, [&] {
            (void)outputOf(
                {QStringLiteral("sh"), QStringLiteral("-c"), line + QStringLiteral(" | wc -l")});
        });
        const QByteArray name = QByteArray("MB/s, ") + where;
        report(name, megabytes / ours.seconds, megabytes / theirs.seconds, "MB/s");
        report((QByteArray("processor, ") + where).constData(), ours.processor, theirs.processor,
               "s");
    }

    void measureExec() {
        SshConnections connections;
        const auto connection = connections.connectionTo(settings(m_lab.hostPort()));
        waitFor(*connection);
        constexpr int times = 50;
        const Cost ours = costOf(RUSAGE_SELF, [&] {
            for (int i = 0; i < times; ++i) {
                const auto channel = connection->open(command("true"));
                waitFor(*channel);
            }
        });
        const QString control = m_lab.path(QStringLiteral("socket/control"));
        const QString path = QStringLiteral("ControlPath=") + control;
        const QString target = QStringLiteral("dash@127.0.0.1");
        // The master keeps its output open.
        (void)outputOf(
            {QStringLiteral("sh"), QStringLiteral("-c"),
             ssh(m_lab.hostPort(), {QStringLiteral("-o"), path, QStringLiteral("-fNM"), target,
                                    QStringLiteral(">/dev/null"), QStringLiteral("2>&1")})
                 .join(QLatin1Char(' '))});
        const Cost theirs = costOf(RUSAGE_CHILDREN, [&] {
            for (int i = 0; i < times; ++i)
                (void)outputOf(ssh(m_lab.hostPort(),
                                   {QStringLiteral("-o"), path, target, QStringLiteral("true")}));
        });
        (void)outputOf(ssh(m_lab.hostPort(), {QStringLiteral("-o"), path, QStringLiteral("-O"),
                                              QStringLiteral("exit"), target}));
        report("exec, against master", ours.seconds * 1000 / times, theirs.seconds * 1000 / times,
               "ms");
    }

    void measureConnect() {
        constexpr int times = 10;
        SshConnections connections;
        const Cost ours = costOf(RUSAGE_SELF, [&] {
            for (int i = 0; i < times; ++i)
                waitFor(*connections.anotherTo(settings(m_lab.hostPort())));
        });
        const Cost theirs = costOf(RUSAGE_CHILDREN, [&] {
            for (int i = 0; i < times; ++i)
                (void)outputOf(ssh(m_lab.hostPort(),
                                   {QStringLiteral("dash@127.0.0.1"), QStringLiteral("true")}));
        });
        report("connect, against ssh", ours.seconds * 1000 / times, theirs.seconds * 1000 / times,
               "ms");
    }

    Lab& m_lab;
    TcpProxy m_proxy;
};

} // namespace

int main(int argc, char** argv) {
    return runWithLab(argc, argv, [](Lab& lab) { return Costs(lab).measure(); });
}
