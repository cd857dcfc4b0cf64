// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logreader.h"
#include "models/log/logsift.h"
#include "models/log/logstore.h"
#include "tests/models/log/logtext.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <memory>
#include <thread>

using models::CompiledFilter;
using models::LogChannel;
using models::LogFilter;
using models::LogPrefix;
using models::LogReader;
using models::LogSift;
using models::LogSnapshot;
using models::LogStore;

namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t second = 1'000'000'000;
const LogSift::Effort oneChunk{[] { return true; }, {}};

std::shared_ptr<const CompiledFilter> compiled(const QString& text) {
    return *CompiledFilter::compile(*LogFilter::parse(text));
}

void fill(LogStore& store, int lines, unsigned seed) {
    tests::LogText random(seed);
    store.append(LogChannel::Stdout, random.lines(lines).join('\n') + '\n');
}

/// So many lines of 100 bytes, a second apart: every tenth is a hit.
void fillTimed(LogStore& store, int lines, std::int64_t firstSecond) {
    for (int line = 0; line < lines; ++line) {
        QByteArray text(line % 10 == 0 ? "hit" : "other");
        text += QByteArray(100 - text.size(), '.');
        store.append(LogChannel::Stdout, text + '\n', {(firstSecond + line) * second});
    }
}

std::vector<std::int64_t> hitsOf(const LogStore& store, std::int64_t from = 0) {
    std::vector<std::int64_t> hits;
    for (std::int64_t line = (from + 9) / 10 * 10; line < store.lineCount(); line += 10)
        hits.push_back(line);
    return hits;
}

} // namespace

class TestLogSift : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void looksBackFromTheNewest() {
        LogStore store(LogPrefix::None, {unlimited, unlimited, 0});
        fillTimed(store, 40'000, 1);
        LogSift sift(compiled(QStringLiteral("hit")));
        sift.extend({store.snapshot()});
        QVERIFY(sift.lines(0).empty());
        QCOMPARE(sift.begin(0), store.lineCount());
        int looks = 0;
        for (; !sift.isComplete(); ++looks) {
            const std::int64_t before = sift.begin(0);
            QVERIFY(sift.lookBack(oneChunk));
            QVERIFY(sift.begin(0) < before);
            QCOMPARE(sift.lines(0), hitsOf(store, sift.begin(0)));
        }
        QCOMPARE(looks, int(store.snapshot().endChunk()));
        QVERIFY(looks > 10);
        QCOMPARE(sift.begin(0), 0);
        QVERIFY(!sift.lookBack());
    }

    void findsTheSameOnTwoThreads() {
        LogStore store(LogPrefix::None, {unlimited, unlimited, 0});
        fill(store, 40'000, 6);
        const LogSift::Effort onTwoThreads{[] { return true; },
                                           [](int count, const std::function<void(int)>& work) {
                                               QCOMPARE(count, 2);
                                               std::thread other([&work] { work(1); });
                                               work(0);
                                               other.join();
                                           }};
        LogSift alone(compiled(QStringLiteral("timeout /took/")));
        alone.extend({store.snapshot()});
        (void)alone.lookBack();
        LogSift together(compiled(QStringLiteral("timeout /took/")));
        together.extend({store.snapshot()});
        while (!together.isComplete())
            (void)together.lookBack(onTwoThreads);
        QVERIFY(!alone.lines(0).empty());
        QCOMPARE(together.lines(0), alone.lines(0));
    }

    /// What is there of all of them is later than what is still to come.
    void looksBackAtSeveralByTheirTimes() {
        LogStore early;
        LogStore late;
        LogStore sparse;
        fillTimed(early, 20'000, 1);
        fillTimed(late, 20'000, 10'001);
        fillTimed(sparse, 10, 12'000);
        const std::vector<LogSnapshot> snapshots{early.snapshot(), late.snapshot(),
                                                 sparse.snapshot()};
        const std::int64_t firstSeconds[] = {1, 10'001, 12'000};
        LogSift sift(compiled(QStringLiteral("hit")));
        sift.extend(snapshots);
        bool wasParted = false;
        while (!sift.isComplete()) {
            (void)sift.lookBack(oneChunk);
            std::int64_t earliest = std::numeric_limits<std::int64_t>::max();
            std::int64_t latestLeft = 0;
            for (size_t i = 0; i < snapshots.size(); ++i) {
                const std::int64_t begin = sift.begin(i);
                if (begin < snapshots[i].lineCount())
                    earliest = std::min(earliest, firstSeconds[i] + begin);
                if (begin > 0)
                    latestLeft = std::max(latestLeft, firstSeconds[i] + begin - 1);
            }
            QVERIFY(latestLeft < earliest);
            wasParted = wasParted || (sift.begin(1) == 0 && sift.begin(0) > 0);
        }
        QVERIFY(wasParted);
        QCOMPARE(sift.lines(0), hitsOf(early));
        QCOMPARE(sift.lines(1), hitsOf(late));
        QCOMPARE(sift.lines(2), hitsOf(sparse));
    }

    void linesWithoutTimesComeLast() {
        LogStore plain;
        LogStore timed;
        for (int line = 0; line < 20'000; ++line)
            plain.append(LogChannel::Stdout, QByteArray("hit") + QByteArray(97, '.') + '\n');
        fillTimed(timed, 20'000, 1);
        LogSift sift(compiled(QStringLiteral("hit")));
        sift.extend({plain.snapshot(), timed.snapshot()});
        while (!sift.isComplete()) {
            (void)sift.lookBack(oneChunk);
            QVERIFY(sift.begin(1) == 0 || sift.begin(0) == plain.lineCount());
        }
        QCOMPARE(sift.lines(0).size(), 20'000U);
        QCOMPARE(sift.lines(1), hitsOf(timed));
    }

    void keepsUpWhileItLooksBack() {
        LogStore store;
        LogStore another;
        fillTimed(store, 20'000, 1);
        LogSift sift(compiled(QStringLiteral("hit")));
        std::vector<LogSnapshot> snapshots{store.snapshot()};
        sift.extend(snapshots);
        for (int more = 0; !sift.isComplete(); ++more) {
            (void)sift.lookBack(oneChunk);
            fillTimed(store, 10, 30'000 + 10 * more);
            snapshots.front() = store.snapshot();
            sift.extend(snapshots);
            QCOMPARE(sift.lines(0), hitsOf(store, sift.begin(0)));
        }
        fillTimed(another, 5'000, 1);
        snapshots.push_back(another.snapshot());
        sift.extend(snapshots);
        QVERIFY(sift.isComplete());
        QCOMPARE(sift.lines(0), hitsOf(store));
        QCOMPARE(sift.lines(1), hitsOf(another));
    }

    void nothingIsLeftOfWhatWasEmpty() {
        LogStore store;
        LogSift sift(compiled(QStringLiteral("hit")));
        sift.extend({store.snapshot()});
        QVERIFY(sift.isComplete());
        fillTimed(store, 25, 1);
        sift.extend({store.snapshot()});
        QCOMPARE(sift.lines(0), hitsOf(store));
    }

    void stopsWhenCancelled() {
        LogStore store;
        fillTimed(store, 5'000, 7);
        LogSift sift(compiled(QStringLiteral("hit")));
        sift.extend({store.snapshot()});
        sift.cancel();
        QVERIFY(!sift.lookBack());
        QVERIFY(sift.lines(0).empty());
        QVERIFY(!sift.isComplete());
        QCOMPARE(sift.begin(0), store.lineCount());
    }
};

QTEST_GUILESS_MAIN(TestLogSift)
#include "tst_logsift.moc"
