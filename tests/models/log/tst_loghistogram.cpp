// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logassembly.h"
#include "models/log/loghistogram.h"
#include "models/log/logstore.h"
#include "tests/models/log/logtext.h"

#include <QTest>

using models::Instant;
using models::LevelCounts;
using models::LogChannel;
using models::LogHistogram;
using models::LogReader;
using models::LogStore;

class TestLogHistogram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsEveryLine_data();
    void countsEveryLine();
    void knowsTheRange();
};

void TestLogHistogram::countsEveryLine_data() {
    QTest::addColumn<int>("buckets");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::newRow("all in one") << 1 << qint64(900'000) << qint64(9'000'000);
    QTest::newRow("many") << 400 << qint64(500'000) << qint64(3'000'000);
    QTest::newRow("few") << 3 << qint64(1) << qint64(9'000'000);
    QTest::newRow("a part") << 10 << qint64(1'200'000) << qint64(1'200'050);
    QTest::newRow("before") << 10 << qint64(1) << qint64(2);
}

void TestLogHistogram::countsEveryLine() {
    QFETCH(int, buckets);
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    LogStore store;
    tests::LogText random(1);
    std::int64_t time = 1'000'000;
    for (int line = 0; line < 20'000; ++line) {
        time += random.number(100) - 10;
        store.append(LogChannel::Stdout, line % 3 == 0 ? "ERROR x\n" : "INFO x\n", Instant{time});
    }
    const std::int64_t length = std::max<std::int64_t>((to - from + buckets - 1) / buckets, 1);
    std::vector<LevelCounts> expected(static_cast<size_t>(buckets));
    LogReader reader;
    reader.setSnapshot(store.snapshot());
    for (std::int64_t line = 0; line < store.lineCount(); ++line) {
        const models::LogLine found = reader.line(line);
        if (found.time.nanoseconds >= from && found.time.nanoseconds < to)
            ++expected[size_t((found.time.nanoseconds - from) / length)][size_t(found.level)];
    }
    const LogHistogram counted =
        models::histogram({store.snapshot()}, Instant{from}, Instant{to}, buckets);
    QCOMPARE(counted.buckets, expected);
    for (const char* all : {"-none-of-it", ""}) {
        models::LogAssembly assembly(
            *all == 0 ? nullptr
                      : *models::CompiledFilter::compile(
                            *models::LogFilter::parse(QString::fromLatin1(all))));
        (void)assembly.extend({store.snapshot()});
        QCOMPARE(models::histogram(assembly.rows(), Instant{from}, Instant{to}, buckets).buckets,
                 expected);
    }
}

void TestLogHistogram::knowsTheRange() {
    LogStore store;
    QVERIFY(models::timeRange({store.snapshot()}).first.isNull());
    for (const qint64 time : {50, 20, 90, 30})
        store.append(LogChannel::Stdout, "x\n", Instant{time});
    const auto [first, last] = models::timeRange({store.snapshot(), LogStore().snapshot()});
    QCOMPARE(first.nanoseconds, 20);
    QCOMPARE(last.nanoseconds, 90);
}

QTEST_GUILESS_MAIN(TestLogHistogram)
#include "tst_loghistogram.moc"
