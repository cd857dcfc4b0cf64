// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/loglevel.h"
#include "models/log/logstore.h"
#include "tests/models/log/levellines.h"
#include "tests/models/log/logtext.h"

#include <QTest>

using models::Instant;
using models::LogChannel;
using models::LogLevel;
using models::LogLine;
using models::LogMarker;
using models::LogPrefix;
using models::LogReader;
using models::LogSnapshot;
using models::LogStore;

class TestLogStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatItTook();
    void timesALine_data();
    void timesALine();
    void marksTakeALine();
    void agreesWithAPlainList_data();
    void agreesWithAPlainList();
    void takesALineOfAnyLength();

private:
    models::ChunkScratch m_scratch;
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

void TestLogStore::agreesWithAPlainList_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 6; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void TestLogStore::agreesWithAPlainList() {
    QFETCH(int, seed);
    tests::LogText random(static_cast<unsigned>(seed));
    const QByteArrayList texts = random.lines(20'000);
    const qint64 step = seed == 5 ? (qint64(1) << 52) : 1 << (3 * seed);
    QList<qint64> times;
    QByteArray bytes;
    qint64 time = 1'700'000'000'000'000'000;
    for (const QByteArray& text : texts) {
        time += random.number(9) == 0 ? -step * random.number(50) : step * random.number(20);
        time = qBound(qint64(1), time, qint64(9'000'000'000'000'000'000));
        times.append(time);
        bytes += Instant{time}.toString().toLatin1() + ' ' + text + '\n';
    }
    LogStore store(LogPrefix::DockerTimestamp);
    for (const QByteArray& piece : random.cut(bytes, 20'000))
        store.append(LogChannel::Stderr, piece);
    QCOMPARE(store.lineCount(), texts.size());
    LogReader reader;
    reader.setSnapshot(store.snapshot());
    const LogSnapshot& snapshot = reader.snapshot();
    for (qint64 line = 0; line < store.lineCount(); ++line) {
        const LogLine found = reader.line(line);
        QCOMPARE(reader.raw(line), texts[line]);
        QCOMPARE(found.time.nanoseconds, times[line]);
        QCOMPARE(found.level, models::recogniseLevel(found.text));
        QCOMPARE(found.channel, LogChannel::Stderr);
        const models::OpenedChunk chunk = *snapshot.chunk(snapshot.chunkOf(line)).open(m_scratch);
        const auto local = static_cast<std::uint32_t>(line - chunk.summary.firstLine);
        QCOMPARE(chunk.columns->lineAt(chunk.columns->start(local, chunk.text), chunk.text), local);
    }
    for (int round = 0; round < 200; ++round) {
        const qint64 wanted = times[random.number(int(times.size()))] + random.number(3) - 1;
        const auto expected = std::find_if(times.cbegin(), times.cend(),
                                           [wanted](qint64 each) { return each >= wanted; });
        QCOMPARE(snapshot.lineAt(Instant{wanted}), expected - times.cbegin());
    }
    for (const models::LevelSet levels : {0x01, 0x60, 0x08, 0xff, 0x00}) {
        const qint64 from = random.number(int(texts.size()));
        std::vector<std::int64_t> expected;
        for (qint64 line = from; line < store.lineCount(); ++line) {
            if ((levels >> int(reader.line(line).level) & 1) != 0)
                expected.push_back(line);
        }
        QCOMPARE(tests::linesOf(snapshot, levels, from), expected);
    }
}

void TestLogStore::takesALineOfAnyLength() {
    LogStore store;
    store.append(LogChannel::Stdout, "before\n");
    const QByteArray part(1 << 20, 'x');
    for (int i = 0; i < 64; ++i)
        store.append(LogChannel::Stdout, part);
    store.append(LogChannel::Stdout, "\nafter\n");
    qsizetype total = 0;
    qint64 line = 1;
    for (; store.line(line).continues; ++line)
        total += store.line(line).text.size();
    total += store.line(line).text.size();
    QCOMPARE(total, 64 * part.size());
    QCOMPARE(store.line(0).text.toByteArray(), "before");
    QCOMPARE(store.line(line + 1).text.toByteArray(), "after");
    QCOMPARE(store.lineCount(), line + 2);
}

QTEST_GUILESS_MAIN(TestLogStore)
#include "tst_logstore.moc"
