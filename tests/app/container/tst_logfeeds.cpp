// SPDX-License-Identifier: GPL-3.0-or-later
// What a runtime sends of a log, over its socket and by its command.
#include "app/container/commandfeed.h"
#include "app/container/containerruntime.h"
#include "app/container/logframes.h"
#include "app/container/socketfeed.h"

#include "tests/app/container/fakechannel.h"

#include <QSignalSpy>
#include <QtEndian>
#include <QTest>

#include <utility>

using namespace app;
using namespace tests;

using Out = models::LogChannel;
using Reason = LogFeed::End::Reason;

namespace {

QByteArray frame(char stream, const QByteArray& bytes) {
    QByteArray header(8, '\0');
    header[0] = stream;
    qToBigEndian(quint32(bytes.size()), header.data() + 4);
    return header + bytes;
}

QByteArray chunk(const QByteArray& bytes) {
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

const char* const streaming =
    "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
    "Transfer-Encoding: chunked\r\n\r\n";

/// What a feed says.
class Heard : public QObject {
public:
    explicit Heard(LogFeed& feed) {
        connect(&feed, &LogFeed::began, this, [this] { ++begun; });
        connect(&feed, &LogFeed::read, this, [this](Out channel, const QByteArray& bytes) {
            (channel == Out::Stdout ? out : err) += bytes;
        });
        connect(&feed, &LogFeed::ended, this,
                [this](const LogFeed::End& end) { ends.append(end); });
    }

    int begun = 0;
    QByteArray out;
    QByteArray err;
    QList<LogFeed::End> ends;
};

} // namespace

class TestLogFeeds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesFramesApart();
    void givesPiecesOfAGiantFrame();
    void knowsWhatIsNoFrame();
    void readsTheSocketHoweverItIsTorn();
    void readsATerminalRaw();
    void saysWhatTheRuntimeRefused_data();
    void saysWhatTheRuntimeRefused();
    void saysHowTheSocketEnded();
    void saysHowTheCommandEnded_data();
    void saysHowTheCommandEnded();
    void tellsTheRuntimesWordsFromTheContainers();
    void holdsTheChannelBack();

private:
    static std::unique_ptr<SocketFeed> socketFeed(FakeChannel*& channel, SocketFeed::Form form) {
        auto made = std::make_unique<FakeChannel>();
        channel = made.get();
        return std::make_unique<SocketFeed>(std::move(made), "/containers/a/logs", form,
                                            QStringLiteral("web-1"));
    }
    static std::unique_ptr<CommandFeed> commandFeed(FakeChannel*& channel, CommandFeed::Sort sort) {
        auto made = std::make_unique<FakeChannel>();
        channel = made.get();
        return std::make_unique<CommandFeed>(std::move(made), sort, QStringLiteral("docker"),
                                             QStringLiteral("web-1"));
    }
};

void TestLogFeeds::takesFramesApart() {
    const QByteArray all = frame(1, "a\n") + frame(1, "b") + frame(2, "bad\n") + frame(1, "") +
                           frame(1, QByteArray("\0c\n", 3)) + frame(3, "daemon\n");
    for (const qsizetype piece : {1, 5, 9, 1000}) {
        LogFrames frames;
        QByteArray out;
        QByteArray err;
        for (qsizetype at = 0; at < all.size(); at += piece) {
            for (const LogFrames::Piece& one : frames.take(all.mid(at, piece)))
                (one.channel == Out::Stdout ? out : err) += one.bytes;
        }
        QCOMPARE(out, QByteArray("a\nb\0c\n", 6));
        QCOMPARE(err, QByteArray("bad\ndaemon\n"));
        QVERIFY(!frames.isBroken());
    }
    const QList<LogFrames::Piece> joined{{Out::Stdout, "a\nb"}, {Out::Stderr, "c"}};
    QCOMPARE(LogFrames().take(frame(1, "a\n") + frame(1, "b") + frame(2, "c")), joined);
}

void TestLogFeeds::givesPiecesOfAGiantFrame() {
    constexpr qsizetype size = 64 * 1024 * 1024;
    LogFrames frames;
    const QByteArray header = frame(1, QByteArray(1, 'x')).first(4) + QByteArray("\x04\0\0\0", 4);
    QVERIFY(frames.take(header).isEmpty());
    const QByteArray piece(1024 * 1024, 'x');
    qsizetype taken = 0;
    while (taken < size) {
        const auto pieces = frames.take(piece);
        QCOMPARE(pieces.size(), 1);
        taken += pieces.first().bytes.size();
    }
    QCOMPARE(frames.take(frame(2, "next")).first().bytes, QByteArray("next"));
}

void TestLogFeeds::knowsWhatIsNoFrame() {
    LogFrames frames;
    (void)frames.take("2026-11-21T18:19:34Z no frame\n");
    QVERIFY(frames.isBroken());
    QVERIFY(frames.take(frame(1, "late")).isEmpty());
}

void TestLogFeeds::readsTheSocketHoweverItIsTorn() {
    const QByteArray first = frame(1, "2026-11-21T18:19:34Z one\n") + frame(2, "2026-11");
    const QByteArray rest = frame(2, "-21T18:19:34Z two\n");
    const QByteArray all =
        streaming + chunk(first.left(11)) + chunk(first.mid(11)) + chunk(rest) + "0\r\n\r\n";
    for (const qsizetype piece : {1, 4, 13, 1000}) {
        FakeChannel* channel = nullptr;
        const auto feed = socketFeed(channel, SocketFeed::Form::Frames);
        QVERIFY(channel->written.startsWith("GET /containers/a/logs HTTP/1.1\r\n"));
        Heard heard(*feed);
        for (qsizetype at = 0; at < all.size(); at += piece)
            Q_EMIT channel->outputRead(all.mid(at, piece));
        QCOMPARE(heard.begun, 1);
        QCOMPARE(heard.out, QByteArray("2026-11-21T18:19:34Z one\n"));
        QCOMPARE(heard.err, QByteArray("2026-11-21T18:19:34Z two\n"));
        QCOMPARE(heard.ends.size(), 1);
        QCOMPARE(heard.ends.first().reason, Reason::Over);
        channel->end(0);
        QCOMPARE(heard.ends.size(), 1);
    }
}

void TestLogFeeds::readsATerminalRaw() {
    FakeChannel* channel = nullptr;
    const auto feed = socketFeed(channel, SocketFeed::Form::Raw);
    Heard heard(*feed);
    Q_EMIT channel->outputRead(streaming + chunk("2026-11-21T18:19:34Z \033]0;title\007x\r\n"));
    QCOMPARE(heard.out, QByteArray("2026-11-21T18:19:34Z \033]0;title\007x\r\n"));
    channel->cutOff();
    QCOMPARE(heard.ends.first().reason, Reason::CutOff);
}

void TestLogFeeds::saysWhatTheRuntimeRefused_data() {
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("message");
    QTest::newRow("no such container")
        << QByteArray("404 Not Found") << QByteArray("No such container: a") << int(Reason::Gone)
        << QStringLiteral("no such container at web-1");
    QTest::newRow("podman's words")
        << QByteArray("404 Not Found")
        << QByteArray("no container with name or ID \\\"a\\\" found: no such container")
        << int(Reason::Gone) << QStringLiteral("no such container at web-1");
    QTest::newRow("not allowed") << QByteArray("403 Forbidden")
                                 << QByteArray("access denied by policy") << int(Reason::Failed)
                                 << QStringLiteral("may not use");
    QTest::newRow("its own failure")
        << QByteArray("500 Internal Server Error")
        << QByteArray("log driver does not support reading") << int(Reason::CutOff)
        << QStringLiteral("does not support reading");
}

void TestLogFeeds::saysWhatTheRuntimeRefused() {
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, words);
    QFETCH(int, reason);
    QFETCH(QString, message);
    FakeChannel* channel = nullptr;
    const auto feed = socketFeed(channel, SocketFeed::Form::Frames);
    Heard heard(*feed);
    const QByteArray body = "{\"message\":\"" + words + "\"}";
    Q_EMIT channel->outputRead(
        "HTTP/1.1 " + head + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n");
    Q_EMIT channel->outputRead(body);
    QCOMPARE(heard.begun, 0);
    QCOMPARE(heard.out, QByteArray());
    QCOMPARE(heard.ends.size(), 1);
    QCOMPARE(int(heard.ends.first().reason), reason);
    QVERIFY2(heard.ends.first().error.message.contains(message),
             qPrintable(heard.ends.first().error.message));
}

void TestLogFeeds::saysHowTheSocketEnded() {
    FakeChannel* channel = nullptr;
    const auto refused = socketFeed(channel, SocketFeed::Form::Frames);
    Heard one(*refused);
    channel->refuse(QStringLiteral("open failed"));
    QCOMPARE(one.ends.first().reason, Reason::CutOff);
    QCOMPARE(one.ends.first().error.detail, QStringLiteral("open failed"));

    // Without the last chunk, it is not the end of the log.
    const auto torn = socketFeed(channel, SocketFeed::Form::Frames);
    Heard two(*torn);
    Q_EMIT channel->outputRead(streaming + chunk(frame(1, "a\n")));
    channel->end(0);
    QCOMPARE(two.out, QByteArray("a\n"));
    QCOMPARE(two.ends.first().reason, Reason::CutOff);

    const auto noise = socketFeed(channel, SocketFeed::Form::Frames);
    Heard three(*noise);
    Q_EMIT channel->outputRead("220 mail.example.com ESMTP\r\n");
    QCOMPARE(three.ends.first().reason, Reason::Failed);
}

void TestLogFeeds::saysHowTheCommandEnded_data() {
    QTest::addColumn<bool>("isRuntime");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("message");
    QTest::newRow("over") << true << 0 << QByteArray() << int(Reason::Over) << QString();
    QTest::newRow("gone") << true << 1 << QByteArray("Error: No such container: a\n")
                          << int(Reason::Gone) << QStringLiteral("no such container");
    QTest::newRow("password for sudo")
        << true << 1 << QByteArray("sudo: a password is required\n") << int(Reason::Failed)
        << QStringLiteral("sudo at web-1 does not run docker without a password");
    QTest::newRow("socket not for everybody")
        << true << 1
        << QByteArray("permission denied while trying to connect to the Docker daemon socket at "
                      "unix:///var/run/docker.sock\n")
        << int(Reason::Failed) << QStringLiteral("Add the user to its group");
    QTest::newRow("service is down")
        << true << 1
        << QByteArray("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the "
                      "docker daemon running?\n")
        << int(Reason::CutOff) << QStringLiteral("Check that its service runs");
    QTest::newRow("any command") << false << 3 << QByteArray("permission denied\n")
                                 << int(Reason::Over) << QString();
}

void TestLogFeeds::saysHowTheCommandEnded() {
    QFETCH(bool, isRuntime);
    QFETCH(int, status);
    QFETCH(QByteArray, words);
    QFETCH(int, reason);
    QFETCH(QString, message);
    FakeChannel* channel = nullptr;
    const auto feed =
        commandFeed(channel, isRuntime ? CommandFeed::Sort::Runtime : CommandFeed::Sort::Any);
    Heard heard(*feed);
    Q_EMIT channel->opened();
    QCOMPARE(heard.begun, 1);
    if (!words.isEmpty())
        Q_EMIT channel->errorRead(words);
    channel->end(status);
    QCOMPARE(heard.ends.size(), 1);
    QCOMPARE(int(heard.ends.first().reason), reason);
    QCOMPARE(heard.ends.first().exitStatus.value_or(-1), status);
    QVERIFY2(heard.ends.first().error.message.contains(message),
             qPrintable(heard.ends.first().error.message));
    QCOMPARE(heard.err, words);
}

/// A container may say anything, "permission denied" too.
void TestLogFeeds::tellsTheRuntimesWordsFromTheContainers() {
    FakeChannel* channel = nullptr;
    const auto feed = commandFeed(channel, CommandFeed::Sort::Runtime);
    Heard heard(*feed);
    Q_EMIT channel->errorRead("2026-11-21T18:19:34.5Z open /etc/shadow: permission denied\n");
    Q_EMIT channel->errorRead("unexpected EOF\n");
    channel->end(1);
    QCOMPARE(heard.ends.first().reason, Reason::CutOff);
    QVERIFY(heard.ends.first().error.message.contains(QLatin1String("unexpected EOF")));

    FakeChannel* lost = nullptr;
    const auto other = commandFeed(lost, CommandFeed::Sort::Runtime);
    Heard cut(*other);
    lost->cutOff();
    QCOMPARE(cut.ends.first().reason, Reason::CutOff);

    FakeChannel* missing = nullptr;
    const auto third = commandFeed(missing, CommandFeed::Sort::Any);
    Heard none(*third);
    missing->refuse(QStringLiteral("fly is not installed there"));
    QCOMPARE(none.ends.first().reason, Reason::Failed);
}

void TestLogFeeds::holdsTheChannelBack() {
    FakeChannel* channel = nullptr;
    const auto socket = socketFeed(channel, SocketFeed::Form::Frames);
    socket->setFlow(LogFeed::Flow::Held);
    QCOMPARE(channel->reading, Channel::Reading::Off);
    socket->setFlow(LogFeed::Flow::Flowing);
    QCOMPARE(channel->reading, Channel::Reading::On);
    const auto command = commandFeed(channel, CommandFeed::Sort::Any);
    command->setFlow(LogFeed::Flow::Held);
    QCOMPARE(channel->reading, Channel::Reading::Off);
}

QTEST_GUILESS_MAIN(TestLogFeeds)
#include "tst_logfeeds.moc"
