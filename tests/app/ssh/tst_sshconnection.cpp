// SPDX-License-Identifier: GPL-3.0-or-later
// Connections to a real sshd: keys, questions, losses. tests/lab starts it.
#include "app/ssh/sshchannel.h"

#include "tests/app/ssh/sshtest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

using State = SshConnection::State;

namespace {

Lab* lab = nullptr;

HostSettings settings() {
    return settingsFor(*lab);
}

} // namespace

class TestSshConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsACommand();
    void tellsHowACommandEnded_data();
    void tellsHowACommandEnded();
    void logsInWithAKey_data();
    void logsInWithAKey();
    void asksForAPassphraseOnce();
    void forgetsAKeyThatNobodyUses();
    void asksForNoPassphraseOfWhatIsNoKey();
    void refusesStrangers();
    void asksAboutAnUnknownHost();
    void refusesWhereNobodyVouches();
    void refusesAnotherKey_data();
    void refusesAnotherKey();
    void usesTheKeyOnRecord();
};

void TestSshConnection::runsACommand() {
    SshConnections connections;
    const auto connection = connections.connectionTo(settings());
    const auto channel = connection->open(command("cat; echo err >&2; exit 3"));
    Said said(*channel);
    channel->write("hello\n");
    channel->closeInput();
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
    QCOMPARE(connection->state(), State::Connected);
    QCOMPARE(said.out, QByteArray("hello\n"));
    QCOMPARE(said.err, QByteArray("err\n"));
    QCOMPARE(channel->end().exitStatus, std::optional<int>(3));
}

void TestSshConnection::tellsHowACommandEnded_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("signal");
    QTest::newRow("true") << QByteArray("true") << 0 << QString();
    QTest::newRow("nothing there") << QByteArray("/no/such/command") << 127 << QString();
    QTest::newRow("killed") << QByteArray("kill -KILL $$") << -1 << QStringLiteral("KILL");
    QTest::newRow("terminated") << QByteArray("kill -TERM $$") << -1 << QStringLiteral("TERM");
}

void TestSshConnection::tellsHowACommandEnded() {
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    QFETCH(QString, signal);
    SshConnections connections;
    const auto connection = connections.connectionTo(settings());
    // Short ones many times: some are over before their beginning is told.
    for (int i = 0; i < 30; ++i) {
        const auto channel = connection->open(command(text));
        Said said(*channel);
        QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
        QCOMPARE(channel->end().exitStatus.value_or(-1), status);
        QCOMPARE(channel->end().signal, signal);
        QCOMPARE(channel->end().error, QString());
    }
}

void TestSshConnection::logsInWithAKey_data() {
    QTest::addColumn<QString>("key");
    for (const char* key : {"person", "person-rsa", "person-ecdsa", "certified"})
        QTest::newRow(key) << QString::fromLatin1(key);
}

void TestSshConnection::logsInWithAKey() {
    QFETCH(QString, key);
    SshConnections connections;
    HostSettings with = settings();
    with.identityFiles = {lab->key(QStringLiteral("missing")), lab->key(key)};
    const auto connection = connections.connectionTo(with);
    settle(connection);
    QVERIFY2(connection->state() == State::Connected, qPrintable(connection->error().detail));
    QVERIFY2(connection->authentication().contains(key), qPrintable(connection->authentication()));
}

void TestSshConnection::asksForAPassphraseOnce() {
    SshConnections connections;
    Person person(connections, [&person](const SshQuestion&) {
        return yes({person.asked.size() == 1 ? "open barley" : "open sesame"});
    });
    HostSettings with = settings();
    with.identityFiles = {lab->key(QStringLiteral("person-locked"))};
    const auto connection = connections.connectionTo(with);
    settle(connection);
    QCOMPARE(connection->state(), State::Connected);
    QCOMPARE(person.asked.size(), 2);
    QCOMPARE(person.asked.first().kind, SshQuestion::Kind::Passphrase);
    QCOMPARE(person.asked.first().keyFile, with.identityFiles.first());
    QCOMPARE(person.asked.last().round, 2);
    const auto another = connections.anotherTo(with);
    settle(another);
    QCOMPARE(another->state(), State::Connected);
    QCOMPARE(person.asked.size(), 2);
}

/// It stays for as long as any connection uses it, whichever unlocked it.
void TestSshConnection::forgetsAKeyThatNobodyUses() {
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes({"open sesame"}); });
    HostSettings with = settings();
    with.identityFiles = {lab->key(QStringLiteral("person-locked"))};
    HostSettings other = with;
    other.user = QStringLiteral("bash");
    auto first = connections.connectionTo(with);
    settle(first);
    auto second = connections.connectionTo(other);
    settle(second);
    QCOMPARE(second->state(), State::Connected);
    QCOMPARE(person.asked.size(), 1);
    const std::weak_ptr<Credentials> given = first->credentials();
    first.reset();
    QTRY_VERIFY_WITH_TIMEOUT(given.expired(), patience);
    first = connections.connectionTo(with);
    settle(first);
    QCOMPARE(first->state(), State::Connected);
    QCOMPARE(person.asked.size(), 1);

    const std::weak_ptr<Credentials> last = first->credentials();
    const std::weak_ptr<Credentials> lastOfOther = second->credentials();
    first.reset();
    second.reset();
    QTRY_VERIFY_WITH_TIMEOUT(last.expired() && lastOfOther.expired(), patience);
    first = connections.connectionTo(with);
    settle(first);
    QCOMPARE(first->state(), State::Connected);
    QCOMPARE(person.asked.size(), 2);
}

void TestSshConnection::asksForNoPassphraseOfWhatIsNoKey() {
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return no(); });
    HostSettings with = settings();
    with.identityFiles = {lab->key(QStringLiteral("person-rsa.pub"))};
    const auto connection = connections.connectionTo(with);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QCOMPARE(person.asked.size(), 0);
    QVERIFY2(connection->error().detail.contains(QStringLiteral("no private key")),
             qPrintable(connection->error().detail));
}

void TestSshConnection::refusesStrangers() {
    SshConnections connections;
    HostSettings with = settings();
    with.identityFiles = {lab->key(QStringLiteral("stranger"))};
    const auto connection = connections.connectionTo(with);
    const auto channel = connection->open(command("true"));
    Said said(*channel);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QCOMPARE(connection->error().code, models::ErrorCode::Refused);
    QVERIFY(connection->error().message.contains(QStringLiteral("authorized_keys")));
    QVERIFY(connection->error().detail.contains(QStringLiteral("stranger")));
    QTRY_COMPARE_WITH_TIMEOUT(said.closed, 1, patience);
}

void TestSshConnection::asksAboutAnUnknownHost() {
    const QTemporaryDir folder;
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes(); });
    HostSettings with = settings();
    with.knownHostsFiles = {folder.filePath(QStringLiteral("ssh/known_hosts"))};
    const auto connection = connections.connectionTo(with);
    settle(connection);
    QCOMPARE(connection->state(), State::Connected);
    QCOMPARE(person.asked.size(), 1);
    const SshQuestion& question = person.asked.first();
    QCOMPARE(question.kind, SshQuestion::Kind::UnknownHostKey);
    QCOMPARE(question.knownAs, QStringLiteral("[127.0.0.1]:%1").arg(lab->hostPort()));
    // As everybody else prints it.
    QVERIFY(outputOf({QStringLiteral("ssh-keygen"), QStringLiteral("-lf"),
                      lab->key(QStringLiteral("host.pub"))})
                .contains(question.hostKey.fingerprint.toLatin1()));
    QCOMPARE(question.hostKey.type, QStringLiteral("ssh-ed25519"));

    // It is on record now, for ssh as well.
    QVERIFY(!outputOf({QStringLiteral("ssh-keygen"), QStringLiteral("-F"), question.knownAs,
                       QStringLiteral("-f"), with.knownHostsFiles.first()})
                 .isEmpty());
    connection->close();
    settle(connection);
    QCOMPARE(connection->state(), State::Connected);
    QCOMPARE(person.asked.size(), 1);
}

void TestSshConnection::refusesWhereNobodyVouches() {
    const QTemporaryDir folder;
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return no(); });
    HostSettings with = settings();
    with.knownHostsFiles = {folder.filePath(QStringLiteral("known_hosts"))};
    const auto connection = connections.connectionTo(with);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QCOMPARE(contentOf(with.knownHostsFiles.first()), QByteArray());
}

void TestSshConnection::refusesAnotherKey_data() {
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<QString>("word");
    const QByteArray host = "[127.0.0.1]:" + QByteArray::number(lab->hostPort()) + ' ';
    const QByteArray right = contentOf(lab->key(QStringLiteral("host.pub")));
    const QByteArray other = contentOf(lab->key(QStringLiteral("stranger.pub")));
    const QByteArray rsa = contentOf(lab->key(QStringLiteral("person-rsa.pub")));
    QTest::newRow("changed") << host + other << QStringLiteral("another host key");
    QTest::newRow("of another type") << host + rsa << QStringLiteral("another host key");
    QTest::newRow("revoked") << host + right + "@revoked * " + right << QStringLiteral("revoked");
}

void TestSshConnection::refusesAnotherKey() {
    QFETCH(QByteArray, record);
    QFETCH(QString, word);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("known_hosts"));
    writeFile(file, record);
    SshConnections connections;
    Person person(connections, [](const SshQuestion&) { return yes(); });
    HostSettings with = settings();
    with.knownHostsFiles = {file};
    const auto connection = connections.connectionTo(with);
    settle(connection);
    QCOMPARE(connection->state(), State::Failed);
    QVERIFY2(connection->error().message.contains(word), qPrintable(connection->error().message));
    QVERIFY(connection->error().detail.contains(file));
    // There is nothing to click on.
    QCOMPARE(person.asked.size(), 0);
    QCOMPARE(contentOf(file), record);
}

/// The host has an ECDSA key too; where only that one is on record, it has to show it.
void TestSshConnection::usesTheKeyOnRecord() {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("known_hosts"));
    writeFile(file, "[127.0.0.1]:" + QByteArray::number(lab->hostPort()) + ' ' +
                        contentOf(lab->key(QStringLiteral("host-ecdsa.pub"))));
    SshConnections connections;
    HostSettings with = settings();
    with.knownHostsFiles = {file};
    const auto connection = connections.connectionTo(with);
    settle(connection);
    QVERIFY2(connection->state() == State::Connected, qPrintable(connection->error().message));
    QCOMPARE(connection->hostKey().type, QStringLiteral("ecdsa-sha2-nistp256"));
}

int main(int argc, char** argv) {
    return runWithLab(argc, argv, [&](Lab& started) {
        lab = &started;
        TestSshConnection test;
        return QTest::qExec(&test, argc, argv);
    });
}

#include "tst_sshconnection.moc"
