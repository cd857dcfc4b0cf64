// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets to see what: keys that are not the ones on record, on every hop and every reconnect, and
// what is asked before anything is sent. A server of our own writes down what it was offered.
#include "app/ssh/sshchannel.h"

#include "tests/app/ssh/recordingserver.h"
#include "tests/app/ssh/sshtest.h"
#include "tests/support/tcpproxy.h"

#include <QCryptographicHash>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

using State = SshConnection::State;

namespace {

Lab* lab = nullptr;

/// Settings with everything that could be given away.
HostSettings eager(quint16 port, const QString& knownAs) {
    HostSettings settings = settingsFor(*lab);
    settings.port = port;
    settings.hostKeyAlias = knownAs;
    settings.identityFiles = {lab->key(QStringLiteral("person")),
                              lab->key(QStringLiteral("person-rsa"))};
    return settings;
}

QString hostAlias() {
    return QStringLiteral("[127.0.0.1]:%1").arg(lab->hostPort());
}

QString jumpAlias() {
    return QStringLiteral("[127.0.0.1]:%1").arg(lab->jumpPort());
}

/// The lab's host, or who passes for it, with no key to offer.
HostSettings keyless(quint16 port) {
    HostSettings settings = eager(port, hostAlias());
    settings.identityFiles.clear();
    return settings;
}

HostSettings jump() {
    HostSettings settings = settingsFor(*lab);
    settings.name = QStringLiteral("jump");
    settings.port = lab->jumpPort();
    return settings;
}

/// An agent of OpenSSH at a socket. Ends with its user, however a test ends.
class Agent {
public:
    explicit Agent(const QString& socket)
        : m_variable(QStringLiteral("SSH_AUTH_SOCK=") + socket) {
        m_isStarted = m_program.start(
            {QStringLiteral("ssh-agent"), QStringLiteral("-D"), QStringLiteral("-a"), socket});
    }
    ~Agent() { m_program.terminate(); }
    Q_DISABLE_COPY_MOVE(Agent)

    /// Its socket is there before it listens.
    [[nodiscard]] bool answers() const {
        constexpr int noAgent = 2; // of ssh-add(1)
        return m_isStarted && add({QStringLiteral("-l")}) != noAgent;
    }
    [[nodiscard]] bool take(const QString& key) const {
        return add({QStringLiteral("-q"), key}) == 0;
    }

private:
    [[nodiscard]] int add(const QStringList& arguments) const {
        Program add;
        return add.start(QStringList{QStringLiteral("ssh-add")} + arguments, {m_variable})
                   ? add.exitCode()
                   : -1;
    }

    QString m_variable;
    Program m_program;
    bool m_isStarted = false;
};

} // namespace

class TestSshTrust : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offersNothingToAnotherHost_data();
    void offersNothingToAnotherHost();
    void offersNothingBeforeAPersonAgrees();
    void offersNothingOnAReconnect();
    void offersNothingToAnotherJumpHost();
    void offersNothingBehindAJumpHost();
    void asksForAPassword();
    void comesBackWithThePassword();
    void asksAgainWhereThePasswordWasChanged();
    void forgetsThePassword_data();
    void forgetsThePassword();
    void asksWhatTheHostAsks();
    void comesBackWithTheCode();
    void asksForEachCodeWhereOneIsGoodForOnce();
    void givesUpWhenNobodyAnswers();
    void logsInWithTheAgent();
    void usesTheNamedKeysOfTheAgentOnly_data();
    void usesTheNamedKeysOfTheAgentOnly();
    void leavesAnAgentThatDoesNotAnswer();
    void goesThroughJumpHosts();
    void tellsWhatTheJumpHostSays();
    void comesBackThroughAJumpHost();

private:
    void loseAndComeBack(const std::shared_ptr<SshConnection>& connection, TcpProxy& proxy);
};

/// Until it is connected again, or failed.
void TestSshTrust::loseAndComeBack(const std::shared_ptr<SshConnection>& connection,
                                   TcpProxy& proxy) {
    const quint64 before = connection->session();
    proxy.cut();
    QTRY_VERIFY_WITH_TIMEOUT(
        connection->state() == State::Failed ||
            (connection->state() == State::Connected && connection->session() != before),
        patience);
}

void TestSshTrust::offersNothingToAnotherHost_data() {
    QTest::addColumn<QByteArray>("marker");
    QTest::newRow("changed") << QByteArray();
    QTest::newRow("revoked") << QByteArray("@revoked ");
}

void TestSshTrust::offersNothingToAnotherHost() {
    QFETCH(QByteArray, marker);
    const QTemporaryDir folder;
    const RecordingServer server(lab->key(QStringLiteral("stranger")));
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes({"right"}); });
    HostSettings settings = eager(server.port(), QStringLiteral("web"));
    settings.knownHostsFiles = {folder.filePath(QStringLiteral("known_hosts"))};
    // Changed: the host's own key is on record. Revoked: the very key that is shown.
    writeFile(settings.knownHostsFiles.first(),
              marker + "web " +
                  contentOf(lab->key(marker.isEmpty() ? QStringLiteral("host.pub")
                                                      : QStringLiteral("stranger.pub"))));
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QCOMPARE(connection->error().code, models::ErrorCode::Refused);
    QCOMPARE(server.greetings(), 1);
    QCOMPARE(server.offered(), QStringList());
    QCOMPARE(person.asked.size(), 0);
}

void TestSshTrust::offersNothingBeforeAPersonAgrees() {
    const QTemporaryDir folder;
    const RecordingServer server(lab->key(QStringLiteral("stranger")));
    SshConnections connections;
    HostSettings settings = eager(server.port(), {});
    settings.knownHostsFiles = {folder.filePath(QStringLiteral("known_hosts"))};
    const auto connection = connections.connectionTo(settings);
    connection->connectNow();
    QTRY_COMPARE_WITH_TIMEOUT(connection->state(), State::Asking, patience);
    QCOMPARE(server.offered(), QStringList());
    // An answer to a question of before changes nothing.
    connection->answer(connection->question()->id + 1, yes());
    QCOMPARE(connection->state(), State::Asking);
    connection->answer(connection->question()->id, no());
    QTRY_COMPARE_WITH_TIMEOUT(connection->state(), State::Failed, patience);
    QCOMPARE(server.offered(), QStringList());
}

/// It was the right host, the line is cut, and somebody else answers.
void TestSshTrust::offersNothingOnAReconnect() {
    const RecordingServer server(lab->key(QStringLiteral("stranger")));
    TcpProxy proxy(lab->hostPort());
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes({"right"}); });
    const auto connection = connections.connectionTo(eager(proxy.port(), hostAlias()));
    settle(connection);
    QCOMPARE(connection->state(), State::Connected);
    proxy.setTarget(server.port());
    proxy.cut();
    QTRY_COMPARE_WITH_TIMEOUT(connection->state(), State::Failed, patience);
    QVERIFY(connection->error().message.contains(QStringLiteral("another host key")));
    QCOMPARE(server.greetings(), 1);
    QCOMPARE(server.offered(), QStringList());
    QCOMPARE(person.asked.size(), 0);
}

void TestSshTrust::offersNothingToAnotherJumpHost() {
    const RecordingServer server(lab->key(QStringLiteral("stranger")));
    SshConnections connections;
    HostSettings settings = eager(lab->hostPort(), hostAlias());
    settings.jumps = {eager(server.port(), jumpAlias())};
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QVERIFY(connection->error().message.contains(QStringLiteral("another host key")));
    QCOMPARE(server.greetings(), 1);
    QCOMPARE(server.offered(), QStringList());
}

void TestSshTrust::offersNothingBehindAJumpHost() {
    const RecordingServer server(lab->key(QStringLiteral("stranger")));
    SshConnections connections;
    HostSettings settings = eager(server.port(), hostAlias());
    settings.jumps = {jump()};
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QVERIFY(connection->error().message.contains(QStringLiteral("another host key")));
    QCOMPARE(server.greetings(), 1);
    QCOMPARE(server.offered(), QStringList());
}

void TestSshTrust::asksForAPassword() {
    const RecordingServer server(lab->key(QStringLiteral("host")),
                                 RecordingServer::Takes::Password);
    SshConnections connections;
    Person person(connections, [&person](const SshQuestion&) {
        return yes({person.asked.size() == 1 ? "wrong" : "right"});
    });
    const auto connection = connections.connectionTo(eager(server.port(), hostAlias()));
    const auto channel = connection->open(command("anything"));
    Said said(*channel);
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QVERIFY2(said.out == "served\n", qPrintable(connection->error().detail + channel->end().error));
    QCOMPARE(connection->authentication(), QStringLiteral("password"));
    QCOMPARE(person.asked.size(), 2);
    QCOMPARE(person.asked.last().kind, SshQuestion::Kind::Password);
    QCOMPARE(person.asked.last().round, 2);
    QVERIFY(person.asked.last().prompts.first().isSecret);
    QCOMPARE(server.offered(),
             QStringList({QStringLiteral("service ssh-userauth"), QStringLiteral("none dash"),
                          QStringLiteral("publickey dash"), QStringLiteral("publickey dash"),
                          QStringLiteral("password dash wrong"),
                          QStringLiteral("password dash right")}));
}

void TestSshTrust::comesBackWithThePassword() {
    const RecordingServer server(lab->key(QStringLiteral("host")),
                                 RecordingServer::Takes::Password);
    TcpProxy proxy(server.port());
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes({"right"}); });
    const HostSettings settings = keyless(proxy.port());
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QCOMPARE(connection->state(), State::Connected);
    for (int i = 0; i < 2; ++i) {
        loseAndComeBack(connection, proxy);
        QVERIFY2(connection->state() == State::Connected, qPrintable(connection->error().detail));
    }
    QCOMPARE(person.asked.size(), 1);
    QCOMPARE(server.offered().filter(QStringLiteral("password")),
             QStringList(3, QStringLiteral("password dash right")));
    // One more to the same host: it has the same password.
    proxy.setTarget(server.port());
    connection->close();
    const auto another = connections.anotherTo(settings);
    settle(another);
    QVERIFY2(another->state() == State::Connected, qPrintable(another->error().detail));
    QCOMPARE(person.asked.size(), 1);
}

void TestSshTrust::asksAgainWhereThePasswordWasChanged() {
    RecordingServer server(lab->key(QStringLiteral("host")), RecordingServer::Takes::Password);
    TcpProxy proxy(server.port());
    SshConnections connections;
    Person person(connections, [&person](const SshQuestion&) {
        return yes({person.asked.size() == 1 ? "right" : "newer"});
    });
    const HostSettings settings = keyless(proxy.port());
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    server.setSecret("newer");
    loseAndComeBack(connection, proxy);
    QVERIFY2(connection->state() == State::Connected, qPrintable(connection->error().detail));
    QCOMPARE(person.asked.size(), 2);
    // A person was not wrong: the one of before was.
    QCOMPARE(person.asked.last().round, 1);
    QCOMPARE(
        server.offered().filter(QStringLiteral("password")),
        QStringList({QStringLiteral("password dash right"), QStringLiteral("password dash right"),
                     QStringLiteral("password dash newer")}));
}

void TestSshTrust::forgetsThePassword_data() {
    QTest::addColumn<bool>("isAnotherHost");
    QTest::newRow("given up") << false;
    QTest::newRow("another host key") << true;
}

/// Not even the right host gets it again after somebody else answered, or after it was given up.
void TestSshTrust::forgetsThePassword() {
    QFETCH(bool, isAnotherHost);
    const RecordingServer server(lab->key(QStringLiteral("host")),
                                 RecordingServer::Takes::Password);
    const RecordingServer stranger(lab->key(QStringLiteral("stranger")));
    TcpProxy proxy(server.port());
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes({"right"}); });
    const HostSettings settings = keyless(proxy.port());
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    const std::weak_ptr<Credentials> before = connection->credentials();
    proxy.setTarget(isAnotherHost ? stranger.port() : quint16(1));
    proxy.cut();
    if (!isAnotherHost) {
        QTRY_COMPARE_WITH_TIMEOUT(connection->state(), State::Waiting, patience);
        connection->cancel();
    }
    QTRY_COMPARE_WITH_TIMEOUT(connection->state(), State::Failed, patience);
    QCOMPARE(stranger.offered(), QStringList());
    QTRY_VERIFY_WITH_TIMEOUT(before.expired(), patience);
    proxy.setTarget(server.port());
    settle(connection);
    QCOMPARE(connection->state(), State::Connected);
    QCOMPARE(person.asked.size(), 2);
}

void TestSshTrust::asksWhatTheHostAsks() {
    const RecordingServer server(lab->key(QStringLiteral("host")), RecordingServer::Takes::Code);
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes({"123456"}); });
    const HostSettings settings = keyless(server.port());
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QVERIFY2(connection->state() == State::Connected, qPrintable(connection->error().detail));
    QCOMPARE(person.asked.size(), 1);
    const SshQuestion& question = person.asked.first();
    QCOMPARE(question.kind, SshQuestion::Kind::Interactive);
    QCOMPARE(question.instruction, QStringLiteral("Look at your token."));
    QCOMPARE(question.prompts.first().text, QStringLiteral("Code:"));
    QVERIFY(!question.prompts.first().isSecret);
    QCOMPARE(server.offered().last(), QStringLiteral("code 123456"));
}

void TestSshTrust::comesBackWithTheCode() {
    const RecordingServer server(lab->key(QStringLiteral("host")), RecordingServer::Takes::Code);
    TcpProxy proxy(server.port());
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes({"123456"}); });
    const HostSettings settings = keyless(proxy.port());
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    loseAndComeBack(connection, proxy);
    QVERIFY2(connection->state() == State::Connected, qPrintable(connection->error().detail));
    QCOMPARE(person.asked.size(), 1);
    QCOMPARE(server.offered().filter(QStringLiteral("code")),
             QStringList(2, QStringLiteral("code 123456")));
}

void TestSshTrust::asksForEachCodeWhereOneIsGoodForOnce() {
    RecordingServer server(lab->key(QStringLiteral("host")), RecordingServer::Takes::Code);
    TcpProxy proxy(server.port());
    SshConnections connections;
    QByteArray code = "1";
    server.setSecret(code);
    Person person(connections, [&code](const SshQuestion&) { return yes({code}); });
    const HostSettings settings = keyless(proxy.port());
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    for (const char* next : {"2", "3"}) {
        code = next;
        server.setSecret(code);
        loseAndComeBack(connection, proxy);
        QVERIFY2(connection->state() == State::Connected, qPrintable(connection->error().detail));
    }
    QCOMPARE(person.asked.size(), 3);
    // An old one is tried once, and then never again: hosts count what is wrong.
    QCOMPARE(server.offered().filter(QStringLiteral("code")),
             QStringList({QStringLiteral("code 1"), QStringLiteral("code 1"),
                          QStringLiteral("code 2"), QStringLiteral("code 3")}));
}

void TestSshTrust::givesUpWhenNobodyAnswers() {
    const RecordingServer server(lab->key(QStringLiteral("host")),
                                 RecordingServer::Takes::Password);
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return no(); });
    const HostSettings settings = keyless(server.port());
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QCOMPARE(person.asked.size(), 1);
    QVERIFY(server.offered().filter(QStringLiteral("password")).isEmpty());
}

void TestSshTrust::logsInWithTheAgent() {
    const QString socket = lab->path(QStringLiteral("socket/agent"));
    const Agent agent(socket);
    QTRY_VERIFY_WITH_TIMEOUT(agent.answers(), patience);
    HostSettings settings = settingsFor(*lab);
    settings.identityFiles.clear();
    settings.agentSocket = socket;
    {
        // An agent without keys is no reason to stop.
        SshConnections connections;
        const auto connection = connections.connectionTo(settings);
        settle(connection);
        QCOMPARE(connection->state(), State::Failed);
    }
    for (const char* key : {"stranger", "person-rsa"})
        QVERIFY(agent.take(lab->key(QLatin1String(key))));
    {
        SshConnections connections;
        const auto connection = connections.connectionTo(settings);
        settle(connection);
        QVERIFY2(connection->state() == State::Connected, qPrintable(connection->error().detail));
        QVERIFY(connection->authentication().contains(QStringLiteral("agent")));
    }
}

void TestSshTrust::usesTheNamedKeysOfTheAgentOnly_data() {
    QTest::addColumn<QString>("named");
    QTest::addColumn<bool>("getsIn");
    QTest::newRow("by its public key") << QStringLiteral("person-rsa.pub") << true;
    QTest::newRow("by its own name") << QStringLiteral("person-rsa") << true;
    QTest::newRow("by its certificate") << QStringLiteral("certified") << true;
    QTest::newRow("another one") << QStringLiteral("stranger.pub") << false;
    QTest::newRow("none") << QString() << false;
}

/// IdentitiesOnly, as OpenSSH means it: the agent signs for the keys that the configuration names.
void TestSshTrust::usesTheNamedKeysOfTheAgentOnly() {
    QFETCH(QString, named);
    QFETCH(bool, getsIn);
    const QTemporaryDir folder;
    const QString socket = folder.filePath(QStringLiteral("agent"));
    const Agent agent(socket);
    QTRY_VERIFY_WITH_TIMEOUT(agent.answers(), patience);
    for (const char* key : {"stranger", "person-rsa", "certified"})
        QVERIFY(agent.take(lab->key(QLatin1String(key))));
    HostSettings settings = settingsFor(*lab);
    settings.agentSocket = socket;
    settings.identitiesOnly = true;
    settings.identityFiles.clear();
    if (!named.isEmpty()) {
        // The public half alone: the private one is nowhere but in the agent.
        for (const QString& end : {QStringLiteral(".pub"), QStringLiteral("-cert.pub")})
            QFile::copy(lab->key(named + end), folder.filePath(named + end));
        if (named.endsWith(QLatin1String(".pub")))
            QFile::copy(lab->key(named), folder.filePath(named));
        settings.identityFiles = {folder.filePath(named)};
    }
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return no(); });
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QVERIFY2((connection->state() == State::Connected) == getsIn,
             qPrintable(connection->error().detail));
    if (getsIn)
        QVERIFY(connection->authentication().contains(QStringLiteral("agent")));
    // Nobody is asked for the passphrase of a key that is not there.
    QCOMPARE(person.asked.size(), 0);
}

/// It may wait for somebody to press a button. Giving up is heard there, and waits for nobody.
void TestSshTrust::leavesAnAgentThatDoesNotAnswer() {
    const QTemporaryDir folder;
    QLocalServer agent;
    QVERIFY(agent.listen(folder.filePath(QStringLiteral("agent"))));
    SshConnections connections;
    HostSettings settings = settingsFor(*lab);
    settings.agentSocket = agent.fullServerName();
    const auto connection = connections.connectionTo(settings);
    connection->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(agent.hasPendingConnections(), patience);
    QLocalSocket* const asked = agent.nextPendingConnection();
    QTRY_VERIFY_WITH_TIMEOUT(asked->bytesAvailable() > 0, patience);
    QSignalSpy left(asked, &QLocalSocket::disconnected);
    connection->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(left.size(), 1, patience);
    QCOMPARE(connection->state(), State::Failed);
}

void TestSshTrust::goesThroughJumpHosts() {
    SshConnections connections;
    HostSettings settings = settingsFor(*lab);
    HostSettings second = jump();
    second.user = QStringLiteral("bash");
    settings.jumps = {jump(), second};
    const auto connection = connections.connectionTo(settings);
    const auto channel =
        connection->open(command("yes | head -c 20000000; cat | sha256sum >&2; echo end >&2"));
    Said said(*channel);
    channel->write(QByteArray(3'000'000, 'x'));
    channel->closeInput();
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QCOMPARE(said.out.size(), 20'000'000);
    QCOMPARE(said.out.count('y'), 10'000'000);
    QVERIFY(said.err.startsWith(
        QCryptographicHash::hash(QByteArray(3'000'000, 'x'), QCryptographicHash::Sha256).toHex()));
    // Who wants the jump host for itself shares the connection to it.
    QCOMPARE(connections.connections().size(), 3);
    QCOMPARE(connections.connectionTo(jump())->state(), State::Connected);
    QCOMPARE(connections.connections().size(), 3);
}

void TestSshTrust::tellsWhatTheJumpHostSays() {
    SshConnections connections;
    HostSettings settings = settingsFor(*lab);
    settings.port = 1; // nobody listens there
    settings.jumps = {jump()};
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QVERIFY(connection->error().message.contains(QStringLiteral("host in between")));
    QVERIFY2(connection->error().detail.contains(QStringLiteral("refused"), Qt::CaseInsensitive),
             qPrintable(connection->error().detail));
}

void TestSshTrust::comesBackThroughAJumpHost() {
    TcpProxy proxy(lab->jumpPort());
    SshConnections connections;
    HostSettings settings = settingsFor(*lab);
    settings.jumps = {eager(proxy.port(), jumpAlias())};
    const auto connection = connections.connectionTo(settings);
    settle(connection);
    QCOMPARE(connection->state(), State::Connected);
    proxy.cut();
    QTRY_VERIFY_WITH_TIMEOUT(connection->state() != State::Connected, patience);
    const auto channel = connection->open(command("echo back"));
    Said said(*channel);
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QCOMPARE(said.out, QByteArray("back\n"));
    QCOMPARE(proxy.accepted(), 2);
}

int main(int argc, char** argv) {
    return runWithLab(argc, argv, [&](Lab& started) {
        lab = &started;
        TestSshTrust test;
        return QTest::qExec(&test, argc, argv);
    });
}

#include "tst_sshtrust.moc"
