// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logstore.h"

#include <QTest>

using models::Instant;
using models::LogChannel;
using models::LogLevel;
using models::LogLine;
using models::LogMarker;
using models::LogPrefix;
using models::LogStore;

class TestLogStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatItTook();
    void timesALine_data();
    void timesALine();
    void marksTakeALine();
};

void TestLogStore::givesWhatItTook() {
    LogStore store(LogPrefix::DockerTimestamp);
    store.append(LogChannel::Stdout, "2024-05-01T10:20:30.5Z INFO up\n2024-05-01T10:20:3");
    store.append(LogChannel::Stderr, "2024-05-01T10:20:31Z ERROR no\n");
    store.append(LogChannel::Stdout, "2Z  - \n");
    QCOMPARE(store.lineCount(), 3);
    QCOMPARE(store.line(0).text.toByteArray(), "INFO up");
    QCOMPARE(store.line(0).level, LogLevel::Info);
    QCOMPARE(store.line(0).time.toString(), QStringLiteral("2024-05-01T10:20:30.500000000Z"));
    QCOMPARE(store.line(1).channel, LogChannel::Stderr);
    QCOMPARE(store.line(1).level, LogLevel::Error);
    const LogLine last = store.line(2);
    QCOMPARE(last.text.toByteArray(), " - ");
    QCOMPARE(last.time.toString(), QStringLiteral("2024-05-01T10:20:32.000000000Z"));
    QVERIFY(!last.marker);
}

void TestLogStore::timesALine_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("arrived");
    QTest::addColumn<QList<qint64>>("times");
    QTest::newRow("none") << QByteArray("a\nb\n") << qint64(0) << QList<qint64>{0, 0};
    QTest::newRow("arrival") << QByteArray("a\nb\n") << qint64(7) << QList<qint64>{7, 7};
    QTest::newRow("its own, then the one before")
        << QByteArray("1970-01-01 00:00:01 a\n  at b\n") << qint64(0)
        << QList<qint64>{1'000'000'000, 1'000'000'000};
    QTest::newRow("its own before arrival")
        << QByteArray("1970-01-01 00:00:01 a\nb\n") << qint64(9) << QList<qint64>{1'000'000'000, 9};
}

void TestLogStore::timesALine() {
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, arrived);
    QFETCH(QList<qint64>, times);
    LogStore store;
    store.append(LogChannel::Stdout, bytes, Instant{arrived});
    QList<qint64> found;
    for (qint64 line = 0; line < store.lineCount(); ++line)
        found.append(store.line(line).time.nanoseconds);
    QCOMPARE(found, times);
}

void TestLogStore::marksTakeALine() {
    LogStore store;
    store.append(LogChannel::Stdout, "before\ntorn");
    LogMarker marker;
    marker.kind = LogMarker::Kind::Gap;
    marker.from = Instant{5};
    marker.to = Instant{12};
    store.mark(marker);
    store.append(LogChannel::Stdout, "after\n");
    QCOMPARE(store.lineCount(), 4);
    QCOMPARE(store.line(1).text.toByteArray(), "torn");
    QCOMPARE(store.line(2).marker, std::optional(marker));
    QCOMPARE(store.line(2).marker->length(), 7);
    QVERIFY(store.line(2).text.isEmpty());
    QCOMPARE(store.line(3).text.toByteArray(), "after");
}

QTEST_GUILESS_MAIN(TestLogStore)
#include "tst_logstore.moc"
