// SPDX-License-Identifier: GPL-3.0-or-later
// Which of an agent's keys get through, and that an agent's nonsense goes no further.
#include "app/ssh/agentrelay.h"

#include <QtEndian>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace app;

namespace {

QByteArray number(quint32 value) {
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray text(const QByteArray& bytes) {
    return number(quint32(bytes.size())) + bytes;
}

/// As an agent lists keys, each with the comment "of KEY".
QByteArray listOf(const QList<QByteArray>& blobs) {
    QByteArray list = char(12) + number(quint32(blobs.size()));
    for (const QByteArray& blob : blobs)
        list += text(blob) + text("of " + blob);
    return list;
}

const QByteArray failure(1, char(5));

/// Both ends of a connection to an agent that a test plays.
struct Line {
    Line() { ok = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0; }
    ~Line() { ::close(ends[1]); } // the relay owns the other
    Q_DISABLE_COPY_MOVE(Line)

    int ends[2]{-1, -1};
    bool ok = false;
};

QByteArray readAll(int descriptor, qsizetype size) {
    QByteArray bytes(size, '\0');
    for (qsizetype read = 0; read < size;) {
        const ssize_t count = ::read(descriptor, bytes.data() + read, size_t(size - read));
        if (count <= 0)
            return bytes.left(read);
        read += count;
    }
    return bytes;
}

bool send(int descriptor, const QByteArray& bytes) {
    return ::send(descriptor, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL) ==
           bytes.size();
}

} // namespace

class TestAgentRelay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void choosesKeys_data();
    void choosesKeys();
    void passesMessagesOn();
    void hangsUp_data();
    void hangsUp();
};

void TestAgentRelay::choosesKeys_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QList<QByteArray>>("named");
    QTest::addColumn<AgentKeys>("keys");
    QTest::addColumn<QByteArray>("chosen");
    const QByteArray three = listOf({"a", "b", "c"});
    QTest::newRow("as they are") << three << QList<QByteArray>() << AgentKeys::NamedFirst << three;
    QTest::newRow("named first") << three << QList<QByteArray>{"c", "b"} << AgentKeys::NamedFirst
                                 << listOf({"c", "b", "a"});
    QTest::newRow("only named") << three << QList<QByteArray>{"c", "x", "a"} << AgentKeys::OnlyNamed
                                << listOf({"c", "a"});
    QTest::newRow("none named") << three << QList<QByteArray>() << AgentKeys::OnlyNamed
                                << listOf({});
    QTest::newRow("no keys") << listOf({}) << QList<QByteArray>{"a"} << AgentKeys::OnlyNamed
                             << listOf({});
    QTest::newRow("empty") << QByteArray() << QList<QByteArray>() << AgentKeys::NamedFirst
                           << failure;
    QTest::newRow("no count") << QByteArray(1, char(12)) << QList<QByteArray>()
                              << AgentKeys::NamedFirst << failure;
    QTest::newRow("fewer than said") << char(12) + number(2) + text("a") + text("of a")
                                     << QList<QByteArray>() << AgentKeys::NamedFirst << failure;
    QTest::newRow("longer than it is") << char(12) + number(1) + number(0xFFFFFFFF) + "a"
                                       << QList<QByteArray>() << AgentKeys::NamedFirst << failure;
}

void TestAgentRelay::choosesKeys() {
    QFETCH(QByteArray, answer);
    QFETCH(QList<QByteArray>, named);
    QFETCH(AgentKeys, keys);
    QFETCH(QByteArray, chosen);
    QCOMPARE(chooseIdentities(answer, named, keys), chosen);
}

void TestAgentRelay::passesMessagesOn() {
    const Line line;
    QVERIFY(line.ok);
    const Cancellation cancellation;
    AgentRelay relay(line.ends[0], {"b"}, AgentKeys::OnlyNamed, cancellation);
    const int near = relay.takeNear();
    const QByteArray request = text(QByteArray(1, char(11)));
    QVERIFY(send(near, request));
    QCOMPARE(readAll(line.ends[1], request.size()), request);
    QVERIFY(send(line.ends[1], text(listOf({"a", "b"}))));
    const QByteArray wanted = text(listOf({"b"}));
    QCOMPARE(readAll(near, wanted.size()), wanted);
    // All else goes through as it is.
    const QByteArray big = text(QByteArray(200'000, 'x'));
    QVERIFY(send(near, text("y")));
    QCOMPARE(readAll(line.ends[1], 5), text("y"));
    std::thread agent([&line, &big] { (void)send(line.ends[1], big); });
    QCOMPARE(readAll(near, big.size()), big);
    agent.join();
    ::close(near);
}

void TestAgentRelay::hangsUp_data() {
    QTest::addColumn<QByteArray>("said"); // by the agent; empty: the login is cancelled
    QTest::newRow("cancelled") << QByteArray();
    QTest::newRow("too long") << number(300 * 1024);
    QTest::newRow("no body") << number(0);
}

void TestAgentRelay::hangsUp() {
    QFETCH(QByteArray, said);
    const Line line;
    QVERIFY(line.ok);
    Cancellation cancellation;
    AgentRelay relay(line.ends[0], {}, AgentKeys::NamedFirst, cancellation);
    const int near = relay.takeNear();
    QVERIFY(send(near, text("y")));
    QCOMPARE(readAll(line.ends[1], 5), text("y"));
    if (said.isEmpty())
        cancellation.cancel();
    else
        QVERIFY(send(line.ends[1], said));
    QCOMPARE(readAll(near, 1), QByteArray());
    ::close(near);
}

QTEST_APPLESS_MAIN(TestAgentRelay)

#include "tst_agentrelay.moc"
