// SPDX-License-Identifier: GPL-3.0-or-later
// Getting there, or not: names, addresses and servers of all kinds. Each failure is a message that
// says what to do.
#include "app/ssh/addressrace.h"
#include "app/ssh/mailbox.h"
#include "app/ssh/sshconnections.h"

#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <netinet/in.h>
#include <thread>
#include <unistd.h>

using namespace app;
using namespace std::chrono_literals;

using Clock = Cancellation::Clock;
using State = SshConnection::State;

namespace {

constexpr int patience = 60'000;

/// A listener on loopback. Stuck: it takes no connection, as if a firewall dropped them.
class Listener {
public:
    enum class Kind { Open, Stuck };

    explicit Listener(Kind kind) {
        m_address.storage.ss_family = AF_INET;
        auto* const plain = reinterpret_cast<sockaddr_in*>(&m_address.storage);
        plain->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_address.size = sizeof *plain;
        auto* const name = reinterpret_cast<sockaddr*>(&m_address.storage);
        m_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        bind(m_socket, name, m_address.size);
        listen(m_socket, kind == Kind::Stuck ? 0 : 16);
        getsockname(m_socket, name, &m_address.size);
        // Whoever comes behind a full queue waits.
        for (int i = 0; kind == Kind::Stuck && i < 4; ++i) {
            m_waiting.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            (void)connect(m_waiting.back(), name, m_address.size);
        }
    }
    ~Listener() {
        for (const int one : m_waiting)
            close(one);
        close(m_socket);
    }
    Q_DISABLE_COPY_MOVE(Listener)

    [[nodiscard]] const SocketAddress& address() const { return m_address; }

private:
    SocketAddress m_address;
    int m_socket = -1;
    std::vector<int> m_waiting;
};

SocketAddress closedAddress() {
    const Listener gone(Listener::Kind::Open);
    return gone.address();
}

quint16 peerPort(int descriptor) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size);
    return peer.sin_port;
}

quint16 portOf(const SocketAddress& address) {
    return reinterpret_cast<const sockaddr_in*>(&address.storage)->sin_port;
}

} // namespace

class TestSshReach : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTheAddressThatAnswers();
    void saysWhyNoAddressAnswers();
    void stopsRacingWhenCancelled();
    void resolves();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void comesAgainWhereItIsHungUpOn();
    void opensLettersInOrder();
    void bundlesLetters();
};

void TestSshReach::takesTheAddressThatAnswers() {
    const Listener stuck(Listener::Kind::Stuck);
    const Listener open(Listener::Kind::Open);
    const SocketAddress closed = closedAddress();
    const Cancellation never;
    for (const auto& addresses : std::initializer_list<std::vector<SocketAddress>>{
             {open.address()},
             {closed, open.address()},
             {stuck.address(), open.address()},
             {closed, stuck.address(), closed, open.address(), stuck.address()}}) {
        const auto connected =
            raceAddresses(addresses, QStringLiteral("web"), Clock::now() + 60s, never);
        QVERIFY2(connected, connected ? "" : qPrintable(connected.error().error.detail));
        QCOMPARE(peerPort(*connected), portOf(open.address()));
        close(*connected);
    }
}

void TestSshReach::saysWhyNoAddressAnswers() {
    const Listener stuck(Listener::Kind::Stuck);
    const Cancellation never;
    const auto refused = raceAddresses({closedAddress(), closedAddress()}, QStringLiteral("web"),
                                       Clock::now() + 60s, never);
    QVERIFY(!refused);
    QVERIFY(refused.error().error.message.contains(QStringLiteral("refuses")));
    QCOMPARE(refused.error().error.detail.count(QStringLiteral("127.0.0.1")), 2);
    const auto silent =
        raceAddresses({stuck.address()}, QStringLiteral("web"), Clock::now() + 300ms, never);
    QVERIFY(!silent);
    QVERIFY(silent.error().error.message.contains(QStringLiteral("does not answer")));
    QCOMPARE(silent.error().kind, ConnectFailure::Kind::Unreachable);
}

void TestSshReach::stopsRacingWhenCancelled() {
    const Listener stuck(Listener::Kind::Stuck);
    Cancellation cancellation;
    std::thread canceller([&cancellation] { cancellation.cancel(); });
    const auto result =
        raceAddresses({stuck.address()}, QStringLiteral("web"), Clock::now() + 3600s, cancellation);
    canceller.join();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ConnectFailure::Kind::Cancelled);
}

void TestSshReach::resolves() {
    const Cancellation never;
    for (const char* name : {"127.0.0.1", "::1", "[::1]", "localhost"}) {
        const auto addresses = resolve(QString::fromLatin1(name), 2222, Clock::now() + 60s, never);
        QVERIFY2(addresses && !addresses->empty(), name);
        QVERIFY(addresses->front().text().endsWith(QStringLiteral("port 2222")));
    }
    // No name server is asked about what cannot be a name.
    for (const char* name : {"no..name", "", "a b"}) {
        const auto addresses = resolve(QString::fromLatin1(name), 2222, Clock::now() + 60s, never);
        QVERIFY2(!addresses, name);
        QVERIFY(addresses.error().error.message.contains(QStringLiteral("is not known here")));
    }
}

void TestSshReach::saysWhatIsWrong_data() {
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<bool>("hangsUp");
    QTest::addColumn<std::chrono::milliseconds>("limit");
    QTest::addColumn<QString>("word");
    const QByteArray flood = QByteArray("hello there\r\n").repeated(100'000);
    // Who says what is wrong at once is given all the time there is; only silence is cut short.
    const std::chrono::milliseconds all(patience);
    const std::chrono::milliseconds little = 700ms;
    QTest::newRow("speaks HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << true << all
                                 << QStringLiteral("not speak SSH");
    QTest::newRow("a megabyte in a line")
        << QByteArray(1'000'000, 'x') << false << all << QStringLiteral("does not speak SSH");
    QTest::newRow("a megabyte of lines")
        << flood << false << little << QStringLiteral("says nothing");
    QTest::newRow("says nothing") << QByteArray() << false << little
                                  << QStringLiteral("says nothing");
    QTest::newRow("hangs up") << QByteArray() << true << all << QStringLiteral("hung up");
    QTest::newRow("stops in the middle")
        << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << false << std::chrono::milliseconds(3s)
        << QStringLiteral("stopped answering");
    QTest::newRow("nonsense behind the greeting")
        << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") + QByteArray(5000, '\xff') << false << all
        << QStringLiteral("Check");
}

void TestSshReach::saysWhatIsWrong() {
    QFETCH(QByteArray, greeting);
    QFETCH(bool, hangsUp);
    QFETCH(std::chrono::milliseconds, limit);
    QFETCH(QString, word);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* const socket = server.nextPendingConnection();
        socket->write(greeting);
        if (hangsUp)
            socket->disconnectFromHost();
    });
    SshConnections connections;
    HostSettings settings;
    settings.name = settings.hostName = QStringLiteral("localhost");
    settings.port = server.serverPort();
    settings.user = QStringLiteral("me");
    settings.connectTimeout = limit;
    const auto connection = connections.connectionTo(settings);
    connection->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(connection->state(), State::Failed, patience);
    const QString message = connection->error().message;
    QVERIFY2(message.contains(word), qPrintable(message + connection->error().detail));
    QVERIFY(message.contains(QStringLiteral("localhost")));
}

/// As sshd does with some of those that come together.
void TestSshReach::comesAgainWhereItIsHungUpOn() {
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int came = 0;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        ++came;
        server.nextPendingConnection()->disconnectFromHost();
    });
    SshConnections connections;
    HostSettings settings;
    settings.name = settings.hostName = QStringLiteral("127.0.0.1");
    settings.port = server.serverPort();
    settings.user = QStringLiteral("me");
    const auto connection = connections.connectionTo(settings);
    connection->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(connection->state(), State::Failed, patience);
    QCOMPARE(came, 5);
}

void TestSshReach::opensLettersInOrder() {
    Mailbox mailbox;
    std::vector<int> opened;
    std::thread writer([address = mailbox.address(), &opened] {
        for (int i = 0; i < 10'000; ++i)
            address.post([i, &opened] { opened.push_back(i); });
    });
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 10'000U, patience);
    writer.join();
    for (size_t i = 0; i < opened.size(); ++i)
        QCOMPARE(opened[i], int(i));
    // A letter may be the end of its mailbox, and what comes later is dropped.
    auto* const doomed = new Mailbox;
    const MailAddress address = doomed->address();
    const QPointer<Mailbox> watched(doomed);
    address.post([doomed] { delete doomed; });
    address.post([&opened] { opened.clear(); });
    QTRY_VERIFY_WITH_TIMEOUT(!watched, patience);
    address.post([&opened] { opened.clear(); });
    QCOMPARE(opened.size(), 10'000U);
}

void TestSshReach::bundlesLetters() {
    Mailbox mine;
    Mailbox other;
    QList<int> opened;
    const auto post = [&opened](const Mailbox& box, int number) {
        box.address().post([number, &opened] { opened.append(number); });
    };
    {
        const MailBundle bundle;
        post(mine, 1);
        {
            const MailBundle within;
            post(other, 2);
            post(mine, 3);
        }
        QCoreApplication::processEvents();
        QVERIFY(opened.isEmpty()); // all of it waits for the end of the outermost
        post(mine, 4);
    }
    post(mine, 5);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 5, patience);
    QVERIFY(opened.removeOne(2)); // of another mailbox: in no order to the others
    QCOMPARE(opened, (QList<int>{1, 3, 4, 5}));
}

QTEST_GUILESS_MAIN(TestSshReach)
#include "tst_sshreach.moc"
