// SPDX-License-Identifier: GPL-3.0-or-later
// What goes over a connection: large streams, readers that pause, peers that die. Against a real
// sshd, mostly over a bad line.
#include "app/ssh/sshchannel.h"

#include "tests/app/ssh/sshtest.h"
#include "tests/support/openfiles.h"
#include "tests/support/tcpproxy.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <limits>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

using State = SshConnection::State;

namespace {

constexpr qint64 megabyte = 1024 * 1024;

Lab* lab = nullptr;

/// A command that says so many bytes, which are the same every time.
QByteArray saying(qint64 bytes, const QByteArray& more = {}) {
    return "yes 0123456789abcdefghijklmnopqrstuvwxyz | head -c " + QByteArray::number(bytes) + more;
}

bool isWhole(const QByteArray& said, qint64 bytes) {
    const QByteArray line("0123456789abcdefghijklmnopqrstuvwxyz\n");
    if (said.size() != bytes)
        return false;
    for (qsizetype at = 0; at < said.size(); at += line.size()) {
        if (!line.startsWith(said.mid(at, line.size())))
            return false;
    }
    return true;
}

/// However long nothing comes.
void neverGiveUp(HostSettings& settings) {
    settings.keepAliveInterval = 200ms;
    settings.keepAliveMisses = std::numeric_limits<int>::max();
}

} // namespace

class TestSshChannel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void carriesLargeStreams_data();
    void carriesLargeStreams();
    void takesLargeInput();
    void keepsWhatComesWithTheEnd();
    void keepsBothStreamsOfAPausedReader();
    void boundsAPausedReader();
    void growsTheWindowOfALongLine();
    void readsManyTrickles();
    void closesWhatWasGivenUp();
    void tellsWhenThePeerDies_data();
    void tellsWhenThePeerDies();
    void saysThatThePeerIsSilent_data();
    void saysThatThePeerIsSilent();
    void aSilentPeerIsConnectedAnew();
    void staysConnectedWhileIdle();
    void comesBackByItself();
    void canBeCancelledWhereverItWaits_data();
    void canBeCancelledWhereverItWaits();
    void reachesSockets();
    void opensManyAtOnce();

private:
    void useLine(const std::function<void(HostSettings&)>& change = {});
    void waitFor(State state);
    /// Some round trips.
    void warmUp();

    std::unique_ptr<TcpProxy> m_proxy;
    std::unique_ptr<SshConnections> m_connections;
    std::shared_ptr<SshConnection> m_connection;
};

void TestSshChannel::init() {
    m_proxy = std::make_unique<TcpProxy>(lab->hostPort());
    m_connections = std::make_unique<SshConnections>();
    useLine();
}

void TestSshChannel::cleanup() {
    m_connection.reset();
    m_connections.reset();
    m_proxy.reset();
}

void TestSshChannel::useLine(const std::function<void(HostSettings&)>& change) {
    HostSettings settings = settingsFor(*lab);
    settings.hostKeyAlias = QStringLiteral("[127.0.0.1]:%1").arg(settings.port);
    settings.port = m_proxy->port();
    if (change)
        change(settings);
    m_connection = m_connections->connectionTo(settings);
}

void TestSshChannel::waitFor(State state) {
    QTRY_VERIFY2_WITH_TIMEOUT(m_connection->state() == state,
                              qPrintable(m_connection->error().message), patience);
}

void TestSshChannel::warmUp() {
    for (int i = 0; i < 4; ++i) {
        const auto channel = m_connection->open(command("true"));
        Said said(*channel);
        QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    }
}

void TestSshChannel::carriesLargeStreams_data() {
    QTest::addColumn<int>("delay");
    QTest::addColumn<qint64>("rate");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("loopback") << 0 << 0LL << 30 * megabyte;
    QTest::newRow("far away") << 25 << 0LL << 30 * megabyte;
    QTest::newRow("slow") << 5 << 2 * megabyte << 2 * megabyte;
}

void TestSshChannel::carriesLargeStreams() {
    QFETCH(int, delay);
    QFETCH(qint64, rate);
    QFETCH(qint64, bytes);
    m_proxy->setDelay(std::chrono::milliseconds(delay));
    m_proxy->setRate(rate);
    const auto channel = m_connection->open(command(saying(bytes, "; echo done >&2")));
    Said said(*channel);
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QVERIFY(isWhole(said.out, bytes));
    QCOMPARE(said.err, QByteArray("done\n"));
}

/// More than any window, to a reader that takes its time.
void TestSshChannel::takesLargeInput() {
    const QByteArray input(20 * megabyte, 'x');
    const auto channel = m_connection->open(command("sleep 0.3; sha256sum"));
    Said said(*channel);
    channel->write(input);
    channel->closeInput();
    // Others are served meanwhile.
    const auto other = m_connection->open(command("echo other"));
    Said otherSaid(*other);
    QTRY_COMPARE_WITH_TIMEOUT(otherSaid.closed, 1, patience);
    QCOMPARE(otherSaid.out, QByteArray("other\n"));
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QCOMPARE(said.out.left(64),
             QCryptographicHash::hash(input, QCryptographicHash::Sha256).toHex());
}

/// The end is told while libssh still holds what nobody has taken.
void TestSshChannel::keepsWhatComesWithTheEnd() {
    const auto channel =
        m_connection->open(command(saying(megabyte) + "; head -c 300000 /dev/zero >&2; exit 3"));
    Said said(*channel);
    channel->setReading(Channel::Reading::Off);
    waitFor(State::Connected);
    const auto other = m_connection->open(command("sleep 0.5"));
    Said otherSaid(*other);
    QTRY_COMPARE_WITH_TIMEOUT(otherSaid.closed, 1, patience);
    QCOMPARE(said.closed, 0);
    QCOMPARE(said.out.size() + said.err.size(), 0);
    channel->setReading(Channel::Reading::On);
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QVERIFY(isWhole(said.out, megabyte));
    QCOMPARE(said.err.size(), 300'000);
    QCOMPARE(channel->end().exitStatus, std::optional<int>(3));
}

void TestSshChannel::keepsBothStreamsOfAPausedReader() {
    constexpr qint64 each = 8 * megabyte;
    const auto channel =
        m_connection->open(command(saying(each, " & ") + saying(each, " >&2; wait")));
    Said said(*channel);
    bool isOn = true;
    // On and off all the time, at whatever moment it is.
    QTimer toggle;
    connect(&toggle, &QTimer::timeout, channel.get(), [&] {
        isOn = !isOn;
        channel->setReading(isOn ? Channel::Reading::On : Channel::Reading::Off);
    });
    toggle.start(3);
    QTRY_VERIFY_WITH_TIMEOUT(said.out.size() == each && said.err.size() == each, patience);
    toggle.stop();
    channel->setReading(Channel::Reading::On);
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QVERIFY(isWhole(said.out, each));
    QVERIFY(isWhole(said.err, each));
}

/// The host has far more to say than a paused reader may hold.
void TestSshChannel::boundsAPausedReader() {
    warmUp();
    const qint64 before = m_proxy->delivered();
    const auto channel = m_connection->open(command(saying(50 * megabyte)));
    qint64 received = 0;
    connect(channel.get(), &Channel::outputRead, this,
            [&received](const QByteArray& bytes) { received += bytes.size(); });
    channel->setReading(Channel::Reading::Off);
    // Another stream goes on, and comes to its end: there was time enough.
    const auto second = m_connection->open(command(saying(20 * megabyte)));
    Said secondSaid(*second);
    QTRY_COMPARE_WITH_TIMEOUT(secondSaid.closed, 1, patience);
    QVERIFY(isWhole(secondSaid.out, 20 * megabyte));
    // All that this program was given is either the second stream's, or held for the first.
    const qint64 held = m_proxy->delivered() - before - 20 * megabyte;
    QVERIFY2(held > 0 && held < 2 * megabyte, QByteArray::number(held));
    QCOMPARE(received, 0);
    channel->setReading(Channel::Reading::On);
    QTRY_COMPARE_WITH_TIMEOUT(received, 50 * megabyte, patience);
}

/// On a long line libssh's own window would leave most of it idle.
void TestSshChannel::growsTheWindowOfALongLine() {
    m_proxy->setDelay(25ms);
    warmUp();
    const qint64 before = m_proxy->delivered();
    const auto channel = m_connection->open(command(saying(60 * megabyte)));
    QByteArray received;
    qint64 pauseAt = 10 * megabyte;
    QEventLoop loop;
    connect(channel.get(), &Channel::outputRead, this, [&](const QByteArray& bytes) {
        received += bytes;
        if (received.size() > pauseAt) {
            channel->setReading(Channel::Reading::Off);
            loop.quit();
        }
    });
    // What the host was allowed to send arrives while nobody reads. Only a reader that keeps up is
    // given much, and on a busy machine one does not at every moment: it has some to show it.
    const auto arrived = [&] { return m_proxy->delivered() - before - received.size(); };
    for (; arrived() <= 5 * megabyte / 2 && pauseAt < 50 * megabyte; pauseAt += 10 * megabyte) {
        channel->setReading(Channel::Reading::On);
        // Not QTRY: it naps, and a reader that naps does not keep up.
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        loop.exec();
        QVERIFY(received.size() > pauseAt);
        qint64 seen = 0;
        do {
            seen = arrived();
            warmUp(); // several round trips, of a few hundred bytes
        } while (arrived() - seen > megabyte / 16);
    }
    QVERIFY2(arrived() > 5 * megabyte / 2, QByteArray::number(arrived()));
    pauseAt = 60 * megabyte;
    const qint64 underWay = arrived();
    const qint64 delivered = received.size() + underWay;
    const qint64 notOnDisk = underWay - contentOfNamelessFiles().size();
    channel->setReading(Channel::Reading::On);
    QTRY_COMPARE_WITH_TIMEOUT(received.size(), 60 * megabyte, patience);
    QVERIFY(isWhole(received, 60 * megabyte));
    QCOMPARE(contentOfNamelessFiles().size(), 0);
    // That was more than a reader who pauses may hold: most of it waited on disk. What SSH puts
    // around the bytes was delivered with them, and is not held.
    const qint64 framing = m_proxy->delivered() - before - 60 * megabyte;
    const qint64 inMemory = notOnDisk - framing * delivered / (60 * megabyte);
    QVERIFY2(inMemory < 2'000'000, QByteArray::number(inMemory));
}

/// So often that the session is read some milliseconds' worth at a time.
void TestSshChannel::readsManyTrickles() {
    const QByteArray counting =
        "i=0; while [ $i -lt 400 ]; do echo $i; i=$((i+1)); sleep 0.001; done; exit 5";
    QByteArray all;
    for (int i = 0; i < 400; ++i)
        all += QByteArray::number(i) + '\n';
    std::vector<std::unique_ptr<SshChannel>> channels;
    std::vector<std::unique_ptr<Said>> said;
    for (int i = 0; i < 3; ++i) {
        channels.push_back(m_connection->open(command(counting)));
        said.push_back(std::make_unique<Said>(*channels.back()));
    }
    for (size_t i = 0; i < channels.size(); ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(said[i]->closed, 1, patience);
        QCOMPARE(said[i]->out, all);
        QCOMPARE(channels[i]->end().exitStatus, std::optional<int>(5));
    }
}

/// sshd allows ten sessions: what is given up, at whatever moment, must not count any more.
void TestSshChannel::closesWhatWasGivenUp() {
    waitFor((m_connection->connectNow(), State::Connected));
    for (int i = 0; i < 60; ++i) {
        auto channel = m_connection->open(command(saying(i % 3 == 0 ? megabyte : 10)));
        if (i % 2 == 0) {
            Said said(*channel);
            QTRY_VERIFY_WITH_TIMEOUT(!said.out.isEmpty(), patience);
        } // else it is given up while it is being opened
    }
    const auto channel = m_connection->open(command("echo still here"));
    Said said(*channel);
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QCOMPARE(said.out, QByteArray("still here\n"));
    QCOMPARE(m_proxy->accepted(), 1);
}

void TestSshChannel::tellsWhenThePeerDies_data() {
    QTest::addColumn<QByteArray>("how");
    for (const char* how : {"stopped", "killed", "cut", "stalled"})
        QTest::newRow(how) << QByteArray(how);
}

void TestSshChannel::tellsWhenThePeerDies() {
    QFETCH(QByteArray, how);
    useLine([](HostSettings& settings) { settings.keepAliveInterval = 200ms; });
    const auto channel = m_connection->open(command("echo begun; sleep 1000"));
    Said said(*channel);
    QTRY_COMPARE_WITH_TIMEOUT(said.out, QByteArray("begun\n"), patience);
    const QList<qint64> children = childrenOf(lab->hostPid());
    QVERIFY(!children.isEmpty());
    const auto signal = [&children](int number) {
        for (const qint64 child : children)
            ::kill(pid_t(child), number);
    };
    if (how == "stopped")
        signal(SIGSTOP);
    else if (how == "killed")
        signal(SIGKILL);
    else if (how == "cut")
        m_proxy->cut();
    else
        m_proxy->setStalled(true);
    // Its streams end with it; libssh says nothing about them.
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QVERIFY(!channel->end().exitStatus);
    QVERIFY(!channel->end().error.isEmpty());
    QVERIFY(m_connection->state() != State::Connected || how == "stopped" || how == "killed" ||
            how == "cut");
    signal(SIGKILL);
    m_proxy->setStalled(false);
    waitFor(State::Connected);
}

void TestSshChannel::saysThatThePeerIsSilent_data() {
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("stopped") << true;
    QTest::newRow("stalled") << false;
}

/// Long before it is given up, which here it never is.
void TestSshChannel::saysThatThePeerIsSilent() {
    QFETCH(bool, isStopped);
    useLine(&neverGiveUp);
    waitFor((m_connection->connectNow(), State::Connected));
    const QList<qint64> children = childrenOf(lab->hostPid());
    QVERIFY(!children.isEmpty());
    const auto setSilent = [&](bool isSilent) {
        if (!isStopped)
            m_proxy->setStalled(isSilent);
        else
            for (const qint64 child : children)
                ::kill(pid_t(child), isSilent ? SIGSTOP : SIGCONT);
    };
    setSilent(true);
    QTRY_VERIFY_WITH_TIMEOUT(m_connection->silentSince(), patience);
    QVERIFY(*m_connection->silentSince() <= std::chrono::steady_clock::now());
    QCOMPARE(m_connection->state(), State::Connected);
    setSilent(false);
    QTRY_VERIFY_WITH_TIMEOUT(!m_connection->silentSince(), patience);
    QCOMPARE(m_connection->state(), State::Connected);
    QCOMPARE(m_proxy->accepted(), 1);
}

void TestSshChannel::aSilentPeerIsConnectedAnew() {
    useLine(&neverGiveUp);
    const auto channel = m_connection->open(command("echo begun; sleep 1000"));
    Said said(*channel);
    QTRY_COMPARE_WITH_TIMEOUT(said.out, QByteArray("begun\n"), patience);
    m_proxy->setStalled(true);
    QTRY_VERIFY_WITH_TIMEOUT(m_connection->silentSince(), patience);
    m_connection->connectNow();
    QCOMPARE(m_connection->state(), State::Connecting);
    QVERIFY(!m_connection->silentSince());
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QVERIFY(channel->wasCutOff());
    m_proxy->setStalled(false);
    waitFor(State::Connected);
    QVERIFY(m_proxy->accepted() > 1);
}

/// Keepalives are answered: nothing is taken for dead that is only quiet.
void TestSshChannel::staysConnectedWhileIdle() {
    useLine([](HostSettings& settings) {
        // A moment in which nobody on this machine comes to a turn is no death.
        settings.keepAliveInterval = 500ms;
        settings.keepAliveMisses = 3;
    });
    const auto channel = m_connection->open(command("sleep 3; echo awake"));
    Said said(*channel);
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QCOMPARE(said.out, QByteArray("awake\n"));
    QCOMPARE(m_proxy->accepted(), 1);
}

void TestSshChannel::comesBackByItself() {
    waitFor((m_connection->connectNow(), State::Connected));
    m_proxy->setRefusing(true);
    m_proxy->cut();
    waitFor(State::Waiting);
    QTRY_VERIFY_WITH_TIMEOUT(m_connection->failures() >= 2, patience);
    // What is opened meanwhile waits.
    const auto channel = m_connection->open(command("cat"));
    Said said(*channel);
    channel->write("through\n");
    channel->closeInput();
    m_proxy->setRefusing(false);
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QCOMPARE(said.out, QByteArray("through\n"));
    QVERIFY(m_connection->error().message.isEmpty());

    m_proxy->setRefusing(true);
    m_proxy->cut();
    waitFor(State::Waiting);
    const auto given = m_connection->open(command("true"));
    Said givenSaid(*given);
    m_connection->cancel();
    QCOMPARE(m_connection->state(), State::Failed);
    QCOMPARE(m_connection->error().code, models::ErrorCode::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(givenSaid.closed, 1, patience);
}

void TestSshChannel::canBeCancelledWhereverItWaits_data() {
    QTest::addColumn<QByteArray>("where");
    for (const char* where : {"greeting", "question", "retry"})
        QTest::newRow(where) << QByteArray(where);
}

void TestSshChannel::canBeCancelledWhereverItWaits() {
    QFETCH(QByteArray, where);
    if (where == "question") {
        useLine([](HostSettings& settings) { settings.knownHostsFiles.clear(); });
        m_connection->connectNow();
        waitFor(State::Asking);
        QVERIFY(m_connection->question());
    } else {
        m_proxy->setStalled(where == "greeting");
        m_proxy->setRefusing(where == "retry");
        m_connection->setPersistence(SshConnection::Persistence::Always);
        m_connection->connectNow();
        if (where == "retry")
            waitFor(State::Waiting);
        else
            QTRY_VERIFY_WITH_TIMEOUT(m_proxy->accepted() > 0, patience);
    }
    m_connection->cancel();
    QCOMPARE(m_connection->state(), State::Failed);
    QVERIFY(!m_connection->question());
    // The worker goes too: this waits for it.
    cleanup();
}

void TestSshChannel::reachesSockets() {
    QLocalServer server;
    const QString path = lab->path(QStringLiteral("socket/service"));
    QVERIFY(server.listen(path));
    connect(&server, &QLocalServer::newConnection, this, [&server] {
        QLocalSocket* const socket = server.nextPendingConnection();
        connect(socket, &QLocalSocket::readyRead, socket, [socket] {
            socket->write("got " + socket->readAll());
            socket->disconnectFromServer();
        });
    });
    const auto channel = m_connection->open({ChannelTarget::Kind::UnixSocket, path.toUtf8(), 0});
    Said said(*channel);
    channel->write("hello");
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QCOMPARE(said.out, QByteArray("got hello"));

    const auto missing = m_connection->open(
        {ChannelTarget::Kind::UnixSocket, lab->path(QStringLiteral("socket/none")).toUtf8(), 0});
    Said missingSaid(*missing);
    QTRY_COMPARE_WITH_TIMEOUT(missingSaid.closed, 1, patience);
    QVERIFY(!missing->isOpen());
    QVERIFY(!missing->end().error.isEmpty());
}

/// sshd hangs up on some of those that come together; they come again.
void TestSshChannel::opensManyAtOnce() {
    QList<std::shared_ptr<SshConnection>> many;
    for (int i = 0; i < 12; ++i) {
        many << m_connections->anotherTo(m_connection->settings());
        many.last()->connectNow();
    }
    for (const auto& one : std::as_const(many))
        QTRY_COMPARE_WITH_TIMEOUT(one->state(), State::Connected, patience);
}

int main(int argc, char** argv) {
    return runWithLab(argc, argv, [&](Lab& started) {
        lab = &started;
        TestSshChannel test;
        return QTest::qExec(&test, argc, argv);
    });
}

#include "tst_sshchannel.moc"
