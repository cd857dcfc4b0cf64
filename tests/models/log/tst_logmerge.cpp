// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logmerge.h"
#include "models/log/logstore.h"
#include "tests/models/log/logtext.h"

#include <QTest>

#include <algorithm>

using models::Instant;
using models::LogChannel;
using models::LogMerge;
using models::LogStore;
using models::MergedLine;

namespace {

constexpr std::int64_t second = 1'000'000'000;

struct Stores {
    std::vector<std::unique_ptr<LogStore>> stores;

    explicit Stores(int count) {
        for (int i = 0; i < count; ++i)
            stores.push_back(std::make_unique<LogStore>());
    }
    void add(int source, std::int64_t time) {
        stores[size_t(source)]->append(LogChannel::Stdout, "x\n", Instant{time});
    }
    [[nodiscard]] std::vector<LogMerge::Source> sources() const {
        std::vector<LogMerge::Source> sources;
        for (const auto& store : stores)
            sources.push_back({store->snapshot(), nullptr});
        return sources;
    }
};

/// "0:3 1:0": source and line.
QString textOf(const std::vector<MergedLine>& lines) {
    QStringList words;
    for (const MergedLine line : lines)
        words.append(QStringLiteral("%1:%2").arg(line.source()).arg(line.line()));
    return words.join(u' ');
}

} // namespace

class TestLogMerge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersByTime_data();
    void ordersByTime();
    void agreesWithASort();
    void insertsWhatIsLate_data();
    void insertsWhatIsLate();
    void saysWhereLinesCameIn();
    void mergesFilteredLines();
};

void TestLogMerge::ordersByTime_data() {
    QTest::addColumn<QList<QList<qint64>>>("times"); // of each source, in seconds
    QTest::addColumn<QString>("merged");
    using Times = QList<QList<qint64>>;
    QTest::newRow("none") << Times{{}, {}} << QString();
    QTest::newRow("in turn") << Times{{10, 30}, {20, 40}} << QStringLiteral("0:0 1:0 0:1 1:1");
    QTest::newRow("equal: the first source first")
        << Times{{10, 10}, {10}} << QStringLiteral("0:0 0:1 1:0");
    QTest::newRow("an earlier line stays behind the one before it")
        << Times{{20, 19, 21}, {20}} << QStringLiteral("0:0 0:1 1:0 0:2");
    QTest::newRow("one stamp jumps ahead")
        << Times{{10, 9'000, 11, 30}, {20}} << QStringLiteral("0:0 0:1 0:2 1:0 0:3");
    QTest::newRow("a clock is set back")
        << Times{{100, 110, 50, 60}, {55, 105}} << QStringLiteral("1:0 0:0 1:1 0:1 0:2 0:3");
}

void TestLogMerge::ordersByTime() {
    QFETCH(QList<QList<qint64>>, times);
    Stores stores(int(times.size()));
    for (int source = 0; source < times.size(); ++source) {
        for (const qint64 time : times[source])
            stores.add(source, time * second);
    }
    LogMerge merge;
    merge.extend(stores.sources());
    QTEST(textOf(merge.lines()), "merged");
}

void TestLogMerge::agreesWithASort() {
    tests::LogText random(1);
    Stores stores(23);
    struct Entry {
        std::int64_t time;
        MergedLine line;
    };
    std::vector<Entry> expected;
    for (int source = 0; source < 23; ++source) {
        std::int64_t time = 1'000 * second;
        for (int line = 0; line < 50 * source; ++line) {
            time += random.number(3) * second / 2;
            stores.add(source, time);
            expected.push_back({time, MergedLine::of(std::uint32_t(source), line)});
        }
    }
    std::stable_sort(expected.begin(), expected.end(),
                     [](const Entry& a, const Entry& b) { return a.time < b.time; });
    LogMerge merge;
    merge.extend(stores.sources());
    QCOMPARE(merge.lines().size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(merge.lines()[i].value, expected[i].line.value);
}

void TestLogMerge::insertsWhatIsLate_data() {
    QTest::addColumn<qint64>("late");
    QTest::addColumn<QString>("merged");
    QTest::newRow("not late") << qint64(103'000) << QStringLiteral("0:0 0:1 0:2 0:3 1:0");
    QTest::newRow("of the same time") << qint64(102'500) << QStringLiteral("0:0 0:1 0:2 0:3 1:0");
    QTest::newRow("within the window") << qint64(101'500) << QStringLiteral("0:0 0:1 1:0 0:2 0:3");
    QTest::newRow("before it") << qint64(50'000) << QStringLiteral("0:0 1:0 0:1 0:2 0:3");
}

void TestLogMerge::insertsWhatIsLate() {
    QFETCH(qint64, late); // milliseconds
    Stores stores(2);
    for (const qint64 time : {100'000, 101'000, 102'000, 102'500})
        stores.add(0, time * (second / 1'000));
    LogMerge merge(2 * second);
    merge.extend(stores.sources());
    stores.add(1, late * (second / 1'000));
    merge.extend(stores.sources());
    QTEST(textOf(merge.lines()), "merged");
}

void TestLogMerge::saysWhereLinesCameIn() {
    tests::LogText random(4);
    Stores stores(7);
    LogMerge merge(3 * second);
    std::vector<MergedLine> followed;
    std::array<std::int64_t, 7> clocks{};
    clocks.fill(1'000 * second);
    for (int round = 0; round < 300; ++round) {
        const int source = random.number(7);
        for (int line = random.number(20); line > 0; --line) {
            clocks[size_t(source)] += random.number(1'000) * (second / 1'000);
            stores.add(source, clocks[size_t(source)]);
        }
        if (random.number(40) == 0)
            clocks[size_t(source)] -= 60 * second;
        if (random.number(40) == 0)
            stores.add(source, clocks[size_t(source)] + 100'000 * second);
        for (const LogMerge::Inserted& inserted : merge.extend(stores.sources())) {
            const auto from = merge.lines().begin() + inserted.position;
            followed.insert(followed.begin() + inserted.position, from, from + inserted.count);
        }
        QCOMPARE(followed.size(), merge.lines().size());
        QVERIFY(followed == merge.lines());
    }
    // Each source's lines are all there, and in their order.
    std::array<std::int64_t, 7> next{};
    for (const MergedLine line : merge.lines())
        QCOMPARE(line.line(), next[line.source()]++);
    for (int source = 0; source < 7; ++source)
        QCOMPARE(next[size_t(source)], stores.stores[size_t(source)]->lineCount());
}

void TestLogMerge::mergesFilteredLines() {
    Stores stores(2);
    for (int line = 0; line < 6; ++line) {
        stores.add(0, (100 + 2 * line) * second);
        stores.add(1, (101 + 2 * line) * second);
    }
    std::vector<std::int64_t> taken{1, 4};
    std::vector<LogMerge::Source> sources = stores.sources();
    sources[0].lines = &taken;
    LogMerge merge;
    merge.extend(sources);
    QCOMPARE(textOf(merge.lines()), QStringLiteral("1:0 0:1 1:1 1:2 1:3 0:4 1:4 1:5"));
    stores.add(0, 114 * second);
    taken.push_back(6);
    sources[0].snapshot = stores.sources()[0].snapshot;
    const std::vector<LogMerge::Inserted> expected{{8, 1}};
    QVERIFY(merge.extend(sources) == expected);
}

QTEST_GUILESS_MAIN(TestLogMerge)
#include "tst_logmerge.moc"
