// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that are read apart from a store are those that it would have read itself.
#include "models/log/logblock.h"

#include "models/log/logstore.h"
#include "tests/models/log/levellines.h"
#include "tests/models/log/logtext.h"

#include <QTest>

#include <cstring>
#include <vector>

using models::Instant;
using models::LogBlock;
using models::LogBlockMaker;
using models::LogChannel;
using models::LogLine;
using models::LogMarker;
using models::LogPrefix;
using models::LogReader;
using models::LogStore;
using models::TextPool;

namespace {

/// The lines stand in the room behind a few other bytes.
LogBlock blockOf(const QByteArray& lines, LogBlockMaker& maker,
                 LogChannel channel = LogChannel::Stdout) {
    constexpr size_t before = 5;
    const auto size = static_cast<size_t>(lines.size());
    const std::shared_ptr<char> room =
        TextPool::make()->take(size + before, TextPool::Pages::AsTouched);
    std::memcpy(room.get() + before, lines.constData(), size);
    return maker.make(room, QByteArrayView(room.get() + before, lines.size()), channel);
}

LogBlock blockOf(const QByteArray& lines) {
    LogBlockMaker maker;
    return blockOf(lines, maker);
}

void compare(LogStore& found, LogStore& wanted) {
    LogReader reader;
    LogReader other;
    reader.setSnapshot(found.snapshot());
    other.setSnapshot(wanted.snapshot());
    QCOMPARE(found.lineCount(), wanted.lineCount());
    for (qint64 i = 0; i < wanted.lineCount(); ++i) {
        const LogLine line = reader.line(i);
        const LogLine same = other.line(i);
        QCOMPARE(line.text.toByteArray(), same.text.toByteArray());
        QCOMPARE(reader.raw(i), other.raw(i));
        QCOMPARE(line.time, same.time);
        QCOMPARE(line.level, same.level);
        QCOMPARE(line.channel, same.channel);
        QCOMPARE(line.continues, same.continues);
        QCOMPARE(line.marker, same.marker);
    }
    // What is known of chunks without opening them, whatever their sizes.
    for (qint64 time = 1; time < 4'000; time += 7)
        QCOMPARE(reader.snapshot().lineAt(Instant{time * 1'000'000'000}),
                 other.snapshot().lineAt(Instant{time * 1'000'000'000}));
    for (const models::LevelSet levels : {0x01, 0x60, 0x08})
        QCOMPARE(tests::linesOf(reader.snapshot(), levels),
                 tests::linesOf(other.snapshot(), levels));
}

} // namespace

class TestLogBlock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithAStore_data() {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<LogPrefix>("prefix");
        for (quint32 seed = 0; seed < 4; ++seed) {
            QTest::addRow("plain %u", seed) << seed << LogPrefix::None;
            QTest::addRow("with stamps %u", seed) << seed << LogPrefix::DockerTimestamp;
        }
    }
    void agreesWithAStore() {
        QFETCH(quint32, seed);
        QFETCH(LogPrefix, prefix);
        tests::LogText random(seed);
        LogStore wanted(prefix);
        LogStore found(prefix);
        LogBlockMaker maker(prefix);
        for (int block = 0; block < 40; ++block) {
            QByteArray lines;
            for (int i = random.number(400); i >= 0; --i) {
                // Some lines have a time, some begin a block without one.
                if (random.number(3) == 0)
                    lines +=
                        Instant{random.number(3'600) * 1'000'000'000LL}.toString().toLatin1() + ' ';
                lines += random.line() + '\n';
            }
            wanted.append(LogChannel::Stderr, lines);
            found.append(blockOf(lines, maker, LogChannel::Stderr));
        }
        compare(found, wanted);
    }

    void standsBetweenOthers() {
        LogStore wanted;
        LogStore found;
        const LogMarker marker{LogMarker::Kind::Gap, {1'000}, {5'000'000'000}, 0, {}};
        for (LogStore* store : {&wanted, &found}) {
            store->append(LogChannel::Stdout, "1970-01-01 00:00:01 one\ntorn");
            store->mark(marker);
        }
        // Its first lines are of the marker's time, and what comes behind is of its last one's.
        const QByteArray lines("two\nthree\n1970-01-01 00:00:09 ERROR four\nfive\n");
        wanted.append(LogChannel::Stdout, lines);
        found.append(blockOf(lines));
        for (LogStore* store : {&wanted, &found})
            store->append(LogChannel::Stdout, "six\nseven without an end");
        wanted.append(LogChannel::Stdout, "\n" + lines);
        found.append(blockOf(lines));
        for (LogStore* store : {&wanted, &found})
            store->mark(marker);
        compare(found, wanted);
        QCOMPARE(found.line(3).time.nanoseconds, 5'000'000'000);
        QCOMPARE(found.line(7).time.nanoseconds, 9'000'000'000);
    }

    void timesComeFromTheLineBefore() {
        LogStore store;
        store.append(blockOf("a\n"));
        QVERIFY(store.line(0).time.isNull());
        store.append(blockOf("1970-01-01 00:00:09 b\n"));
        store.append(blockOf("c\n"));
        store.append(blockOf("d\n"));
        QCOMPARE(store.line(3).time.nanoseconds, 9'000'000'000);
        QCOMPARE(store.snapshot().lineAt(Instant{8'000'000'000}), 1);
    }

    /// A maker goes on with its memory, and holds none of a block's.
    void leavesARoomToItsBlock() {
        LogBlockMaker maker;
        std::shared_ptr<char> room = TextPool::make()->take(100, TextPool::Pages::AsTouched);
        std::memcpy(room.get(), "one\n", 4);
        const std::weak_ptr<char> watched = room;
        {
            const QByteArrayView lines(room.get(), 4);
            const LogBlock block = maker.make(std::move(room), lines, LogChannel::Stdout);
            QVERIFY(!watched.expired());
        }
        QVERIFY(watched.expired());
    }

    /// Columns share allocations from one block to the next: each stays while any of them does.
    void columnsOutliveTheirMaker() {
        constexpr int blocks = 60;
        constexpr int lines = 5'000; // each with a time: columns of two allocations and more
        const auto time = [](int block, int line) {
            return Instant{(block * lines + line) * 1'000'000'000LL};
        };
        std::vector<LogBlock> kept;
        {
            LogBlockMaker maker(LogPrefix::DockerTimestamp);
            for (int block = 0; block < blocks; ++block) {
                QByteArray text;
                for (int line = 0; line < lines / (block % 3 + 1); ++line)
                    text += time(block, line).toString().toLatin1() + " x\n";
                LogBlock made = blockOf(text, maker);
                if (block % 4 != 1)
                    kept.push_back(std::move(made));
            }
        }
        LogStore store;
        for (LogBlock& block : kept)
            store.append(std::move(block));
        qint64 at = 0;
        for (int block = 0; block < blocks; ++block) {
            for (int line = 0; block % 4 != 1 && line < lines / (block % 3 + 1); ++line)
                QCOMPARE(store.line(at++).time, time(block, line));
        }
        QCOMPARE(store.lineCount(), at);
    }

    /// More lines than a store puts into one chunk itself.
    void takesLinesOfNothing() {
        const QByteArray lines(200'000, '\n');
        LogStore store;
        store.append(blockOf(lines));
        store.append(LogChannel::Stdout, "last\n");
        QCOMPARE(store.lineCount(), lines.size() + 1);
        QVERIFY(store.line(lines.size() - 1).text.isEmpty());
        QCOMPARE(store.line(lines.size()).text.toByteArray(), QByteArray("last"));
    }
};

QTEST_GUILESS_MAIN(TestLogBlock)
#include "tst_logblock.moc"
