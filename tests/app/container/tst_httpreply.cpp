// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/httpreply.h"

#include <QTest>

using app::HttpReply;

class TestHttpReply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsABody_data();
    void readsABody();
    void knowsWhatIsNone_data();
    void knowsWhatIsNone();
    void knowsABodyThatWasCutShort();
    void holdsNothingBack();
};

void TestHttpReply::readsABody_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("length") << ok + "Content-Length: 5\r\n\r\nhello" << 200 << QByteArray("hello");
    QTest::newRow("no body") << ok + "content-length: 0\r\n\r\n" << 200 << QByteArray();
    QTest::newRow("nothing to say")
        << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 204 << QByteArray();
    QTest::newRow("until it closes")
        << ok + "Server: x\r\n\r\nall\nof it" << 200 << QByteArray("all\nof it");
    QTest::newRow("chunks") << ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n"
                                    "0123456789\r\n0\r\n\r\n"
                            << 200 << QByteArray("hello0123456789");
    QTest::newRow("chunks that look like chunks")
        << ok + "Transfer-Encoding: chunked\r\n\r\n7\r\n5\r\nab\r\n\r\n0\r\nTrailer: t\r\n\r\n"
        << 200 << QByteArray("5\r\nab\r\n");
    QTest::newRow("chunks count before a length")
        << ok + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\nx\r\n0\r\n\r\n"
        << 200 << QByteArray("x");
    QTest::newRow("another head before it")
        << "HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 1\r\n\r\nx" << 200
        << QByteArray("x");
    QTest::newRow("error") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone")
                           << 404 << QByteArray("gone");
    QTest::newRow("zeroes") << ok + "Content-Length: 3\r\n\r\n" + QByteArray(3, '\0') << 200
                            << QByteArray(3, '\0');
}

/// However it is cut.
void TestHttpReply::readsABody() {
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    for (const qsizetype piece : {1, 2, 3, 7, 1000}) {
        HttpReply reply;
        QByteArray read;
        for (qsizetype at = 0; at < text.size(); at += piece)
            read += reply.take(text.mid(at, piece));
        reply.end();
        QVERIFY(reply.isComplete());
        QCOMPARE(reply.status(), status);
        QCOMPARE(read, body);
    }
}

void TestHttpReply::knowsWhatIsNone_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("another protocol") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("no status") << QByteArray("HTTP/1.1 what\r\n\r\n");
    QTest::newRow("no number") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n");
    QTest::newRow("less than nothing")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n");
    QTest::newRow("no chunk") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n");
    QTest::newRow("chunk too long")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n");
    QTest::newRow("head without end") << "HTTP/1.1 200 OK\r\n" + QByteArray(100'000, 'x');
    QTest::newRow("size without end")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + QByteArray(10'000, '0');
}

void TestHttpReply::knowsWhatIsNone() {
    QFETCH(QByteArray, text);
    HttpReply reply;
    (void)reply.take(text);
    QVERIFY(reply.isBroken());
    QVERIFY(!reply.hasHead());
    QCOMPARE(reply.take("HTTP/1.1 200 OK\r\n\r\n"), QByteArray());
    reply.end();
    QVERIFY(!reply.isComplete());
}

void TestHttpReply::knowsABodyThatWasCutShort() {
    for (const char* text :
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "HTTP/1.1 200 OK\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
        HttpReply reply;
        (void)reply.take(text);
        reply.end();
        QVERIFY(!reply.isComplete());
        QVERIFY(!reply.isBroken());
    }
}

/// A log has no end: what came of a chunk is given on.
void TestHttpReply::holdsNothingBack() {
    HttpReply reply;
    QCOMPARE(reply.take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4000000\r\nfirst"),
             QByteArray("first"));
    QVERIFY(reply.hasHead());
    QCOMPARE(reply.take("more"), QByteArray("more"));
}

QTEST_GUILESS_MAIN(TestHttpReply)
#include "tst_httpreply.moc"
