// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logreplay.h"
#include "models/log/logstore.h"
#include "tests/models/log/logtext.h"

#include <QTest>

using models::Instant;
using models::LogChannel;
using models::LogMerge;
using models::LogReplay;
using models::LogSnapshot;
using models::LogStore;
using models::MergedLine;

namespace {

constexpr std::int64_t second = 1'000'000'000;

std::vector<MergedLine> replayed(const std::vector<LogSnapshot>& snapshots) {
    LogReplay replay(snapshots);
    std::vector<MergedLine> lines;
    for (MergedLine line; replay.next(line);)
        lines.push_back(line);
    return lines;
}

std::vector<MergedLine> merged(const std::vector<LogSnapshot>& snapshots) {
    std::vector<LogMerge::Source> sources;
    for (const LogSnapshot& snapshot : snapshots)
        sources.push_back({snapshot, nullptr});
    LogMerge merge;
    merge.extend(sources);
    return merge.lines();
}

} // namespace

class TestLogReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingGivesNothing() {
        QVERIFY(replayed({}).empty());
        QVERIFY(replayed({LogSnapshot(), LogSnapshot()}).empty());
    }

    void hasTheOrderOfAMerge_data() {
        QTest::addColumn<int>("sources");
        QTest::addColumn<int>("jumpsIn"); ///< one line in so many has a time out of order; 0: none
        QTest::newRow("one") << 1 << 10;
        QTest::newRow("in order") << 7 << 0;
        QTest::newRow("out of order") << 7 << 10;
        QTest::newRow("mostly out of order") << 3 << 2;
    }
    void hasTheOrderOfAMerge() {
        QFETCH(int, sources);
        QFETCH(int, jumpsIn);
        tests::LogText random(7);
        std::vector<LogSnapshot> snapshots;
        for (int source = 0; source < sources; ++source) {
            LogStore store;
            std::int64_t time = 1'000 * second;
            // More than a chunk holds, and lines without any time.
            for (int line = 0; line < 3'000 * (source + 1); ++line) {
                time += random.number(4) * second / 4;
                const bool jumps = jumpsIn > 0 && random.number(jumpsIn) == 0;
                const std::int64_t jump = jumps ? (random.number(20) - 10) * second : 0;
                const bool hasTime = random.number(50) != 0;
                store.append(LogChannel::Stdout, "a line that is long enough to fill chunks soon\n",
                             Instant{hasTime ? time + jump : 0});
            }
            snapshots.push_back(store.snapshot());
        }
        const std::vector<MergedLine> expected = merged(snapshots);
        const std::vector<MergedLine> lines = replayed(snapshots);
        QCOMPARE(lines.size(), expected.size());
        for (size_t i = 0; i < lines.size(); ++i)
            QCOMPARE(lines[i].value, expected[i].value);
    }

    void beginsWithTheFirstLineThatIsLeft() {
        LogStore store(models::LogPrefix::None, {1 << 20, 1 << 20, 0});
        for (int line = 0; line < 100'000; ++line)
            store.append(LogChannel::Stdout, "a line that is long enough to fill chunks soon\n",
                         Instant{(line + 1) * second});
        const LogSnapshot snapshot = store.snapshot();
        QVERIFY(snapshot.firstLine() > 0);
        const std::vector<MergedLine> lines = replayed({snapshot});
        QCOMPARE(lines.front().line(), snapshot.firstLine());
        QCOMPARE(std::int64_t(lines.size()), snapshot.lineCount() - snapshot.firstLine());
    }
};

QTEST_APPLESS_MAIN(TestLogReplay)
#include "tst_logreplay.moc"
