// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of real containers behind a real sshd, by both ways there are, over a line that is cut.
// GANTRY_CUTS: how often, 10 unless it is set.
#include "app/container/commandorigin.h"
#include "app/container/containerorigin.h"
#include "app/log/logstream.h"
#include "app/process/localreach.h"
#include "app/ssh/hostreach.h"
#include "models/log/logstamp.h"

#include "tests/app/log/recordingsink.h"
#include "tests/app/ssh/sshtest.h"
#include "tests/support/tcpproxy.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

using Kind = models::LogMarker::Kind;
using State = LogStreamState::State;

namespace {

Lab* lab = nullptr;

/// Says each number 25 times on each of both streams, so that 25 equal lines carry one timestamp.
const char* const counting =
    "i=0; while :; do i=$((i+1)); printf \"tick $i\\n%.0s\" 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 "
    "0 1 2 3 4 5; printf \"tock $i\\n%.0s\" 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 >&2; "
    "usleep 20000; done";

/// How many lines are the same as the last one before a seam, time included: the median, since the
/// runtime may read a burst in two goes.
qsizetype equalLines(const QByteArray& all, const QList<QByteArray>& seams) {
    QHash<QByteArray, qsizetype> counts;
    for (const QByteArray& line : all.split('\n'))
        ++counts[line];
    QList<qsizetype> found;
    for (const QByteArray& seam : seams)
        found.append(counts.value(seam.chopped(1)));
    std::sort(found.begin(), found.end());
    return found.value(found.size() / 2);
}

app::LogSource commandSource(const QString& command) {
    app::LogSource source;
    source.kind = app::LogSource::Kind::Command;
    source.command = command;
    return source;
}

} // namespace

class TestLogStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup();

    void losesNoLineAndDoublesNone_data();
    void losesNoLineAndDoublesNone();
    void followsIntoTheSuccessor_data() { ways(); }
    void followsIntoTheSuccessor();
    void goesOnWhenTheContainerDoes_data() { ways(); }
    void goesOnWhenTheContainerDoes();
    void keepsALineWithoutItsEnd_data() { ways(); }
    void keepsALineWithoutItsEnd();
    void saysThatThereIsNoSuchContainer_data() { ways(); }
    void saysThatThereIsNoSuchContainer();
    void readsATerminalsLog_data() { ways(); }
    void readsATerminalsLog();
    void followsAnyCommand();

private:
    static void ways();
    void run(const QString& name, const QString& script, const QStringList& more = {}) const;
    [[nodiscard]] QByteArray logOf(const QString& name, const char* redirection) const;
    [[nodiscard]] std::unique_ptr<LogStream> follow(const QString& container, LogSink& sink,
                                                    quint16 port);
    void cut(TcpProxy& proxy, LogStream& stream);

    std::unique_ptr<SshConnections> m_connections;
    std::shared_ptr<SshConnection> m_connection;
};

void TestLogStreams::ways() {
    QTest::addColumn<bool>("bySocket");
    QTest::newRow("socket") << true;
    QTest::newRow("command") << false;
}

void TestLogStreams::cleanup() {
    m_connection.reset();
    m_connections.reset();
    const QByteArray gone =
        lab->podman({QStringLiteral("rm"), QStringLiteral("--force"), QStringLiteral("--all"),
                     QStringLiteral("--time"), QStringLiteral("0")});
    Q_UNUSED(gone)
}

void TestLogStreams::run(const QString& name, const QString& script,
                         const QStringList& more) const {
    const QByteArray id = lab->podman(
        QStringList{QStringLiteral("run"), QStringLiteral("--detach"), QStringLiteral("--name"),
                    name, QStringLiteral("--timeout"), QStringLiteral("900")} +
        more +
        QStringList{QStringLiteral("lab:latest"), QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                    script});
    QVERIFY(!id.isEmpty());
}

QByteArray TestLogStreams::logOf(const QString& name, const char* redirection) const {
    return outputOf({QStringLiteral("sh"), QStringLiteral("-c"),
                     QStringLiteral("%1 logs -t %2 %3")
                         .arg(lab->path(QStringLiteral("bin/containers/podman")), name,
                              QLatin1String(redirection))});
}

std::unique_ptr<LogStream> TestLogStreams::follow(const QString& container, LogSink& sink,
                                                  quint16 port) {
    QFETCH(bool, bySocket);
    HostSettings settings = settingsFor(*lab);
    settings.port = port;
    settings.hostKeyAlias = QStringLiteral("[127.0.0.1]:%1").arg(lab->hostPort());
    m_connections = std::make_unique<SshConnections>();
    m_connection = m_connections->connectionTo(settings);
    models::Host host{QStringLiteral("web-1"), QStringLiteral("web-1")};
    host.runtime = QStringLiteral("podman");
    if (bySocket)
        host.socket = lab->containerSocket();
    host.cli = bySocket ? QStringLiteral("no-such-command") : QStringLiteral("podman");
    auto link = std::make_shared<RuntimeLink>(
        std::make_unique<HostReach>(host.name, m_connection, *m_connections), host);
    LogSource source;
    source.container = container;
    auto stream =
        std::make_unique<LogStream>(std::make_unique<ContainerOrigin>(std::move(link), source),
                                    sink, -1, LogStream::Pace{60s, 200ms});
    stream->start();
    return stream;
}

/// And is impatient, as a person would be who sees that the line is back.
void TestLogStreams::cut(TcpProxy& proxy, LogStream& stream) {
    const int gaps = stream.state().gaps;
    proxy.cut();
    QTRY_COMPARE_WITH_TIMEOUT(stream.state().gaps, gaps + 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_connection->state() == SshConnection::State::Waiting ||
                                 m_connection->state() == SshConnection::State::Connected,
                             patience);
    m_connection->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(stream.state().state == State::Following, patience);
}

void TestLogStreams::losesNoLineAndDoublesNone_data() {
    ways();
}

void TestLogStreams::losesNoLineAndDoublesNone() {
    bool isNumber = false;
    const int asked = qEnvironmentVariableIntValue("GANTRY_CUTS", &isNumber);
    const int cuts = isNumber ? asked : 10;
    run(QStringLiteral("count"), QLatin1String(counting));
    TcpProxy proxy(lab->hostPort());
    RecordingSink sink;
    const auto stream = follow(QStringLiteral("count"), sink, proxy.port());
    QTRY_VERIFY_WITH_TIMEOUT(!sink.out.isEmpty() && !sink.err.isEmpty(), patience);
    QList<QByteArray> seams; ///< the last line that came before each
    for (int i = 0; i < cuts; ++i) {
        const qint64 before = stream->state().bytes;
        QTRY_VERIFY_WITH_TIMEOUT(stream->state().bytes > before + 4000, patience);
        // Anywhere in a burst of equal lines, and in what was read again.
        if (i % 3 != 0)
            proxy.cutAfter(QRandomGenerator::global()->bounded(20'000));
        else
            QTest::qWait(QRandomGenerator::global()->bounded(100));
        cut(proxy, *stream);
        if (QTest::currentTestFailed())
            return;
    }
    for (const qsizetype length : sink.lengths) {
        const QByteArray before = sink.out.first(length);
        seams.append(before.mid(before.lastIndexOf('\n', -2) + 1));
    }
    (void)lab->podman({QStringLiteral("kill"), QStringLiteral("count")});
    QTRY_VERIFY2_WITH_TIMEOUT(stream->state().state == State::Stopped, sink.said().constData(),
                              patience);
    const QByteArray out = withoutStamps(logOf(QStringLiteral("count"), "2>/dev/null"));
    const QByteArray err = withoutStamps(logOf(QStringLiteral("count"), "2>&1 >/dev/null"));
    const qsizetype equal = equalLines(sink.out, seams);
    qInfo("%d cuts, %lld lines, at least %lld equal ones at most seams", cuts,
          qlonglong(out.count('\n') + err.count('\n')), qlonglong(equal));
    QVERIFY(equal >= 20);
    QVERIFY(out.count('\n') > cuts * 25);
    QCOMPARE(withoutStamps(sink.out).count('\n'), out.count('\n'));
    QCOMPARE(withoutStamps(sink.err).count('\n'), err.count('\n'));
    QVERIFY(withoutStamps(sink.out) == out);
    QVERIFY(withoutStamps(sink.err) == err);
    QVERIFY2(sink.count(Kind::Resumed) >= cuts, sink.said().constData());
    QCOMPARE(sink.count(Kind::Rotated) + sink.count(Kind::Gap), 0);
}

void TestLogStreams::followsIntoTheSuccessor() {
    run(QStringLiteral("portal"), QStringLiteral("echo first; sleep 900"));
    RecordingSink sink;
    const auto stream = follow(QStringLiteral("portal"), sink, lab->hostPort());
    QTRY_VERIFY_WITH_TIMEOUT(sink.out.contains("first\n"), patience);
    const QString before = stream->state().containerId;
    (void)lab->podman({QStringLiteral("rm"), QStringLiteral("--force"), QStringLiteral("--time"),
                       QStringLiteral("0"), QStringLiteral("portal")});
    QTRY_VERIFY_WITH_TIMEOUT(stream->state().state == State::Waiting, patience);
    QCOMPARE(sink.count(Kind::Vanished), 1);
    run(QStringLiteral("portal"), QStringLiteral("echo second; sleep 900"));
    QTRY_VERIFY2_WITH_TIMEOUT(sink.out.contains("second\n"), sink.said().constData(), patience);
    QVERIFY(stream->state().containerId != before);
    QCOMPARE(sink.count(Kind::Successor), 1);
    QCOMPARE(withoutStamps(sink.out), QByteArray("first\nsecond\n"));
}

void TestLogStreams::goesOnWhenTheContainerDoes() {
    run(QStringLiteral("job"), QStringLiteral("echo begun; echo bad >&2; exit 3"));
    RecordingSink sink;
    const auto stream = follow(QStringLiteral("job"), sink, lab->hostPort());
    QTRY_VERIFY2_WITH_TIMEOUT(stream->state().state == State::Stopped, sink.said().constData(),
                              patience);
    QCOMPARE(withoutStamps(sink.out), QByteArray("begun\n"));
    QCOMPARE(withoutStamps(sink.err), QByteArray("bad\n"));
    QCOMPARE(sink.count(Kind::Stopped), 1);
    QVERIFY(sink.markers.last().words.contains("status 3"));
    (void)lab->podman({QStringLiteral("start"), QStringLiteral("job")});
    QTRY_VERIFY2_WITH_TIMEOUT(sink.out.count("begun") == 2, sink.said().constData(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(sink.count(Kind::Stopped), 2, patience);
    QCOMPARE(withoutStamps(sink.err), QByteArray("bad\nbad\n"));
}

/// The last line of all has no end.
void TestLogStreams::keepsALineWithoutItsEnd() {
    run(QStringLiteral("job"), QStringLiteral("echo begun; printf half"));
    RecordingSink sink;
    const auto stream = follow(QStringLiteral("job"), sink, lab->hostPort());
    QTRY_VERIFY2_WITH_TIMEOUT(stream->state().state == State::Stopped, sink.said().constData(),
                              patience);
    QCOMPARE(withoutStamps(sink.out), QByteArray("begun\nhalf\n"));
}

void TestLogStreams::saysThatThereIsNoSuchContainer() {
    RecordingSink sink;
    const auto stream = follow(QStringLiteral("no such; echo $HOME"), sink, lab->hostPort());
    QTRY_COMPARE_WITH_TIMEOUT(sink.count(Kind::Failed), 1, patience);
    QVERIFY(stream->state().error);
    QVERIFY2(stream->state().error->message.contains(QLatin1String("no such container")),
             qPrintable(stream->state().error->message));
    QVERIFY(stream->state().error->message.contains(QLatin1String("web-1")));
}

void TestLogStreams::readsATerminalsLog() {
    run(QStringLiteral("screen"), QStringLiteral("echo one; echo two >&2; sleep 900"),
        {QStringLiteral("--tty")});
    RecordingSink sink;
    const auto stream = follow(QStringLiteral("screen"), sink, lab->hostPort());
    QTRY_VERIFY_WITH_TIMEOUT(sink.out.contains("two"), patience);
    QVERIFY(sink.err.isEmpty());
    QVERIFY(models::dockerStamp(sink.out).length > 0);
}

void TestLogStreams::followsAnyCommand() {
    TcpProxy proxy(lab->hostPort());
    HostSettings settings = settingsFor(*lab);
    settings.port = proxy.port();
    settings.hostKeyAlias = QStringLiteral("[127.0.0.1]:%1").arg(lab->hostPort());
    m_connections = std::make_unique<SshConnections>();
    m_connection = m_connections->connectionTo(settings);
    RecordingSink sink;
    LogStream stream(
        std::make_unique<CommandOrigin>(
            std::make_unique<HostReach>(QStringLiteral("web-1"), m_connection, *m_connections),
            commandSource(QStringLiteral("echo \"it's $((1+1))\"; echo bad >&2; sleep 900"))),
        sink);
    stream.start();
    QTRY_COMPARE_WITH_TIMEOUT(sink.out, QByteArray("it's 2\n"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(sink.err, QByteArray("bad\n"), patience);
    QVERIFY(!stream.state().mayResume);
    cut(proxy, stream);
    QTRY_COMPARE_WITH_TIMEOUT(sink.count(Kind::Gap), 1, patience);
    stream.stop();
    QCOMPARE(stream.state().state, State::Ended);

    RecordingSink ended;
    LogStream local(
        std::make_unique<CommandOrigin>(std::make_unique<LocalReach>(),
                                        commandSource(QStringLiteral("echo here; exit 4"))),
        ended);
    local.start();
    QTRY_COMPARE_WITH_TIMEOUT(local.state().state, State::Ended, patience);
    QCOMPARE(ended.out, QByteArray("here\n"));
    QVERIFY(ended.markers.last().words.contains("status 4"));
}

int main(int argc, char** argv) {
    qunsetenv("SSH_AUTH_SOCK");
    return runWithLab(
        argc, argv,
        [&](Lab& started) {
            lab = &started;
            TestLogStreams test;
            return QTest::qExec(&test, argc, argv);
        },
        Lab::Parts::Containers);
}

#include "tst_logstreams.moc"
