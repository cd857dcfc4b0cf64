// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logfollower.h"

#include "app/log/logshelf.h"
#include "models/log/logreader.h"
#include "tests/support/fakelogservice.h"

#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include <numeric>

using app::LogFollower;
using app::LogKeeper;

class TestLogFollower : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A file comes faster than its lines are packed and spilled: it waits, and none go.
    void readsFilesThatAreLargerThanMemory() {
        constexpr int lines = 800'000; // more than twice what memory may hold
        QTemporaryFile file;
        QVERIFY(file.open());
        QByteArray bytes;
        for (int i = 0; i < lines; ++i)
            bytes += "line " + QByteArray::number(i) + " of a log that goes on and on and on\n";
        QCOMPARE(file.write(bytes), bytes.size());
        QVERIFY(file.flush());

        tests::FakeLogService service;
        LogKeeper keeper({2 << 20, 12 << 20, 1 << 30});
        LogFollower follower(service, keeper);
        const quint64 log = follower.read(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(follower.logs().first().state, LogFollower::Log::State::Read,
                                  120'000);
        QTRY_COMPARE(keeper.snapshot(log).lineCount(), lines);
        QCOMPARE(keeper.snapshot(log).firstLine(), 0);
        QCOMPARE(follower.logs().first().bytes, bytes.size());
        models::LogReader reader;
        reader.setSnapshot(keeper.snapshot(log));
        QCOMPARE(reader.line(17).text.toByteArray(),
                 QByteArray("line 17 of a log that goes on and on and on"));
    }

    /// The rest is asked for when the lines that are there are packed, not when they have come.
    void asksForMoreOnlyAsFastAsLinesArePacked() {
        const QByteArray bytes =
            QByteArray("a line of a log that goes on and on\n").repeated(400'000);
        QList<qint64> told;
        app::LogShelf::Listener listener;
        listener.grown = [&told](quint64, const models::LogSnapshot&, qint64 taken) {
            told.append(taken);
        };
        listener.flushed = [] {};
        listener.troubled = [](const models::Error& error) { QFAIL(qPrintable(error.message)); };
        app::LogShelf shelf({1 << 20, 8 << 20, 1 << 30}, std::move(listener));
        shelf.open(1, models::LogPrefix::None);
        shelf.append(1, models::LogChannel::Stdout, bytes, {});
        // Once they are packed they are told of at one time; what is spilled later is no more of
        // them.
        const auto all = [&told] { return std::accumulate(told.cbegin(), told.cend(), qint64(0)); };
        QTRY_VERIFY_WITH_TIMEOUT(all() > 0, 120'000);
        QCOMPARE(told.first(), 0);
        QCOMPARE(all(), bytes.size());
    }

    /// Lines of several hosts stand as they were written, whatever their clocks say.
    void timesAreByOneClock() {
        tests::FakeLogService service;
        LogKeeper keeper;
        LogFollower follower(service, keeper);
        app::LogSource source;
        source.container = QStringLiteral("portal");
        source.host.name = QStringLiteral("web-1");
        source.host.ssh = QStringLiteral("deploy@web-1.example.com");
        follower.noteClock(source.host.ssh, std::chrono::seconds(2));
        const quint64 log = follower.follow(source);
        const auto arrive = [&](const QByteArray& line) {
            const QList<quint64> streams = service.followed.keys();
            Q_EMIT service.arrived(streams.first(),
                                   {app::LogPiece{models::LogChannel::Stdout, line + '\n'}});
        };
        arrive("2026-11-22T10:00:05.000000000Z ahead");
        QTRY_COMPARE(keeper.snapshot(log).lineCount(), 1);
        QTRY_VERIFY(follower.logs().first().bytes > 0);
        follower.noteClock(source.host.ssh, std::chrono::seconds(0));
        arrive("2026-11-22T10:00:05.000000000Z right");
        QTRY_COMPARE(keeper.snapshot(log).lineCount(), 3);
        models::LogReader reader;
        reader.setSnapshot(keeper.snapshot(log));
        QCOMPARE(
            reader.line(0).time,
            models::Instant{QDateTime({2026, 11, 22}, {10, 0, 3}, Qt::UTC).toMSecsSinceEpoch() *
                            1'000'000});
        QVERIFY(reader.line(1).marker);
        QVERIFY(reader.line(1).marker->words.contains("its clock is right"));
        QCOMPARE(reader.line(2).time.nanoseconds - reader.line(0).time.nanoseconds, 2'000'000'000);
        QCOMPARE(reader.line(0).text.toByteArray(), QByteArray("ahead"));
    }

    /// One that is followed is followed once; one that failed is not left at that.
    void asksAgainForWhatFailed() {
        tests::FakeLogService service;
        LogKeeper keeper;
        LogFollower follower(service, keeper);
        app::LogSource source;
        source.container = QStringLiteral("portal");
        source.host.ssh = QStringLiteral("deploy@web-1.example.com");
        const quint64 log = follower.follow(source);
        QCOMPARE(follower.follow(source), log);
        QCOMPARE(service.followed.keys(), QList<quint64>{1});
        app::LogStreamState state;
        state.state = app::LogStreamState::State::Failed;
        Q_EMIT service.stateChanged(1, state);
        QCOMPARE(follower.follow(source), log);
        QCOMPARE(service.followed.keys(), QList<quint64>{2});
        QCOMPARE(follower.logs().size(), 1);
    }

    void saysWhatItCannotRead() {
        tests::FakeLogService service;
        LogKeeper keeper;
        LogFollower follower(service, keeper);
        const quint64 log = follower.read(QStringLiteral("/nowhere/at.log"));
        QTRY_COMPARE(follower.logs().first().state, LogFollower::Log::State::Failed);
        QVERIFY(follower.logs().first().error->message.contains(u"/nowhere/at.log"));
        follower.close(log);
        QVERIFY(follower.logs().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLogFollower)
#include "tst_logfollower.moc"
