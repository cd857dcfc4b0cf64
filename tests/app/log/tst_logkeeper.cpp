// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logkeeper.h"
#include "models/log/logreader.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

using app::LogKeeper;
using models::LogChannel;
using models::LogMarker;
using models::LogPrefix;

namespace {

QByteArray numbered(int from, int count) {
    QByteArray lines;
    for (int i = from; i < from + count; ++i)
        lines += "line " + QByteArray::number(i) + " of a log that goes on and on\n";
    return lines;
}

constexpr qint64 unpackableSize = 20; ///< bytes, in whatever form it is kept

/// A line's text of which nothing can be foretold.
QByteArray unpackable(int line) {
    return QCryptographicHash::hash(QByteArray::number(line), QCryptographicHash::Sha1).toHex();
}

} // namespace

class TestLogKeeper : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatItHas() {
        LogKeeper keeper;
        const quint64 first = keeper.open(LogPrefix::None);
        const quint64 second = keeper.open(LogPrefix::DockerTimestamp);
        QVERIFY(first != second);
        keeper.append(first, LogChannel::Stdout, "one\ntw");
        keeper.append(second, LogChannel::Stderr, "2026-11-21T14:00:00.5Z hello\n");
        keeper.append(first, LogChannel::Stdout, "o\nthree");
        keeper.finish(first);
        QTRY_COMPARE(keeper.snapshot(first).lineCount(), 3);
        QTRY_COMPARE(keeper.snapshot(second).lineCount(), 1);
        models::LogReader reader;
        reader.setSnapshot(keeper.snapshot(first));
        QCOMPARE(reader.line(1).text.toByteArray(), QByteArray("two"));
        reader.setSnapshot(keeper.snapshot(second));
        QCOMPARE(reader.line(0).text.toByteArray(), QByteArray("hello"));
        QCOMPARE(reader.line(0).channel, LogChannel::Stderr);
    }

    void saysHowMuchItTook() {
        LogKeeper keeper;
        qint64 taken = 0;
        connect(&keeper, &LogKeeper::taken, this,
                [&taken](quint64, qint64 bytes) { taken += bytes; });
        const quint64 log = keeper.open(LogPrefix::None);
        qint64 given = 0;
        for (int i = 0; i < 50; ++i) {
            const QByteArray bytes = numbered(i * 100, 100);
            given += bytes.size();
            keeper.append(log, LogChannel::Stdout, bytes);
        }
        QTRY_COMPARE(taken, given);
        QCOMPARE(keeper.snapshot(log).lineCount(), 5000);
    }

    void markersStandBetweenTheLines() {
        LogKeeper keeper;
        const quint64 log = keeper.open(LogPrefix::None);
        keeper.append(log, LogChannel::Stdout, "before\n");
        const LogMarker marker{LogMarker::Kind::Resumed, {1'000}, {5'000}, 0, {}};
        keeper.mark(log, marker);
        keeper.append(log, LogChannel::Stdout, "behind\n");
        QTRY_COMPARE(keeper.snapshot(log).lineCount(), 3);
        models::LogReader reader;
        reader.setSnapshot(keeper.snapshot(log));
        QCOMPARE(reader.line(1).marker, marker);
    }

    void closedLogTellsNothingMore() {
        LogKeeper keeper;
        const quint64 log = keeper.open(LogPrefix::None);
        const quint64 other = keeper.open(LogPrefix::None);
        keeper.append(log, LogChannel::Stdout, "one\n");
        keeper.close(log);
        keeper.append(log, LogChannel::Stdout, "two\n");
        keeper.append(other, LogChannel::Stdout, "x\n");
        QTRY_COMPARE(keeper.snapshot(other).lineCount(), 1);
        QCOMPARE(keeper.snapshot(log).lineCount(), 0);
    }

    /// Beside others that are closed while they are read.
    void readsFiles() {
        QTemporaryFile file;
        QVERIFY(file.open());
        constexpr int lines = 200'000;
        const QByteArray bytes = numbered(0, lines) + "torn";
        QCOMPARE(file.write(bytes), bytes.size());
        QVERIFY(file.flush());
        LogKeeper keeper({2 << 20, 6 << 20, 1 << 30});
        QHash<quint64, app::LogReading> readings;
        connect(&keeper, &LogKeeper::readOn, this,
                [&readings](quint64 log, const app::LogReading& reading) {
                    readings.insert(log, reading);
                });
        const quint64 first = keeper.read(file.fileName());
        const quint64 closed = keeper.read(file.fileName());
        const quint64 second = keeper.read(file.fileName());
        QTRY_VERIFY_WITH_TIMEOUT(readings.contains(closed), 60'000);
        keeper.close(closed);
        readings.remove(closed);
        for (const quint64 log : {first, second}) {
            QTRY_VERIFY_WITH_TIMEOUT(readings.value(log).isOver, 60'000);
            QVERIFY(!readings.value(log).error);
            QCOMPARE(readings.value(log).bytes, bytes.size());
            QCOMPARE(readings.value(log).position, bytes.size());
            QCOMPARE(keeper.snapshot(log).lineCount(), lines + 1);
            QCOMPARE(keeper.snapshot(log).firstLine(), 0);
        }
        QVERIFY(!readings.contains(closed));
    }

    /// What does not fit in memory is on disk and reads as before; past that, the oldest lines go
    /// and a marker says so.
    void staysWithinItsBudget() {
        constexpr int lines = 400'000;
        constexpr models::LogBudget budget{256 << 10, 1 << 20, 4 << 20};
        LogKeeper keeper(budget);
        const quint64 log = keeper.open(LogPrefix::None);
        // No faster than it is taken: else lines may go for want of time, not of room.
        int given = 0;
        qint64 ahead = 0;
        const auto give = [&] {
            while (given < lines && ahead < 128 << 10) {
                QByteArray bytes;
                for (const int end = given + 1000; given < end; ++given)
                    bytes += unpackable(given) + '\n';
                ahead += bytes.size();
                keeper.append(log, LogChannel::Stdout, bytes);
            }
        };
        connect(&keeper, &LogKeeper::taken, this, [&](quint64, qint64 bytes) {
            ahead -= bytes;
            give();
        });
        give();
        const auto kept = [&] {
            const models::LogSnapshot snapshot = keeper.snapshot(log);
            return snapshot.lineCount() - snapshot.firstLine();
        };
        QTRY_COMPARE_WITH_TIMEOUT(keeper.snapshot(log).lineCount(), lines, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(kept() * unpackableSize < budget.memory + budget.spilled, 60'000);
        // More than fits in memory, even where that runs over.
        QVERIFY(kept() * unpackableSize > 2 * budget.memory);
        const models::LogSnapshot snapshot = keeper.snapshot(log);
        models::LogReader reader;
        reader.setSnapshot(snapshot);
        for (const qint64 line :
             {snapshot.firstLine(), snapshot.firstLine() + 777,
              snapshot.lineCount() / 2 + snapshot.firstLine() / 2, snapshot.lineCount() - 1}) {
            QCOMPARE(reader.line(line).text.toByteArray(), unpackable(static_cast<int>(line)));
            QVERIFY(!reader.error());
        }
        QVERIFY(reader.line(0).marker);
        QCOMPARE(reader.line(0).marker->kind, LogMarker::Kind::Dropped);
    }

    void snapshotsOutliveTheKeeper() {
        models::LogReader reader;
        {
            LogKeeper keeper;
            const quint64 log = keeper.open(LogPrefix::None);
            keeper.append(log, LogChannel::Stdout, "stays\n");
            QTRY_COMPARE(keeper.snapshot(log).lineCount(), 1);
            reader.setSnapshot(keeper.snapshot(log));
        }
        QCOMPARE(reader.line(0).text.toByteArray(), QByteArray("stays"));
    }
};

QTEST_GUILESS_MAIN(TestLogKeeper)
#include "tst_logkeeper.moc"
