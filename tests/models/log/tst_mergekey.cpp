// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/mergekey.h"

#include <QTest>

using models::MergeKey;

class TestMergeKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesPartAtATime_data() {
        QTest::addColumn<qint64>("time");
        QTest::addColumn<qint64>("last");
        QTest::addColumn<qint64>("following");
        QTest::addColumn<qint64>("key");
        QTest::addColumn<bool>("wasSetBack");
        const auto row = [](const char* name, qint64 time, qint64 last, qint64 following,
                            qint64 key, bool wasSetBack = false) {
            QTest::newRow(name) << time << last << following << key << wasSetBack;
        };
        // The window is 10.
        row("the first", 100, 0, 101, 100);
        row("the first, without a time", 0, 0, 101, 0);
        row("behind the one before", 105, 100, 106, 105);
        row("without a time: at that of the line before", 0, 100, 106, 100);
        row("a little early: at that of the line before", 95, 100, 106, 100);
        row("early by the window", 90, 100, 106, 100);
        row("the clock was set back", 89, 100, 90, 89, true);
        row("set back, without a line behind", 89, 100, 0, 89, true);
        row("jumps ahead by the window", 110, 100, 101, 110);
        row("jumps ahead and stays", 150, 100, 151, 150);
        row("jumps ahead, no time behind", 150, 100, 0, 150);
        row("jumps ahead and back again", 150, 100, 101, 100);
        row("jumps back by the window only", 150, 100, 140, 150);
        row("jumps back to a clock set back", 150, 100, 89, 150);
        row("the first one jumps for nobody", 150, 0, 1, 150);
    }
    void takesPartAtATime() {
        QFETCH(qint64, time);
        QFETCH(qint64, last);
        QFETCH(qint64, following);
        const MergeKey key = models::mergeKey(time, last, 10, [following] { return following; });
        QTEST(static_cast<qint64>(key.key), "key");
        QTEST(key.wasSetBack, "wasSetBack");
    }

    /// Reading it costs: it may be in another chunk.
    void asksForTheFollowingLineOnlyAfterAJump() {
        int asked = 0;
        const auto following = [&asked] {
            ++asked;
            return std::int64_t{0};
        };
        for (const std::int64_t time : {0, 80, 95, 100, 110})
            QCOMPARE(models::mergeKey(time, 100, 10, following).wasSetBack, time == 80);
        QCOMPARE(asked, 0);
        QCOMPARE(models::mergeKey(111, 100, 10, following), (MergeKey{111, false}));
        QCOMPARE(asked, 1);
    }
};

QTEST_GUILESS_MAIN(TestMergeKey)
#include "tst_mergekey.moc"
