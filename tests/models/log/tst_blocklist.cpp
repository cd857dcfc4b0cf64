// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/blocklist.h"

#include <QRandomGenerator>
#include <QTest>

using models::BlockList;

class TestBlockList : public QObject {
    Q_OBJECT

private:
    static std::vector<int> itemsOf(const BlockList<int>& list) {
        std::vector<int> items;
        for (size_t i = 0; i < list.size(); ++i)
            items.push_back(list[i]);
        return items;
    }

private Q_SLOTS:
    void copiesStayAsTheyWere() {
        QRandomGenerator random(3);
        BlockList<int> list;
        std::vector<int> expected;
        std::vector<std::pair<BlockList<int>, std::vector<int>>> copies;
        for (int round = 0; round < 60; ++round) {
            std::vector<int> more(static_cast<size_t>(random.bounded(9000)));
            for (int& item : more)
                item = random.bounded(1000);
            list.append(more.data(), more.size());
            expected.insert(expected.end(), more.begin(), more.end());
            copies.emplace_back(list, expected);
            if (random.bounded(3) == 0) {
                const auto size = static_cast<size_t>(random.bounded(int(expected.size()) + 1));
                list.truncate(size);
                expected.resize(size);
            }
            QCOMPARE(list.size(), expected.size());
        }
        QVERIFY(itemsOf(list) == expected);
        for (const auto& [copy, items] : copies)
            QVERIFY(itemsOf(copy) == items);
    }

    void truncatesAtTheEdges() {
        constexpr auto block = static_cast<int>(BlockList<int>::blockSize);
        BlockList<int> list;
        for (int i = 0; i < 2 * block; ++i)
            list.append(i);
        const BlockList<int> copy = list;
        list.truncate(3 * block);
        QCOMPARE(list.size(), size_t(2 * block));
        list.truncate(block);
        list.append(-1);
        QCOMPARE(list[block], -1);
        QCOMPARE(copy[block], block);
        list.truncate(0);
        QVERIFY(list.empty());
        list.append(7);
        QCOMPARE(list[0], 7);
        QCOMPARE(copy[0], 0);
    }

    void findsInOrder() {
        BlockList<int> list;
        QCOMPARE(list.lowerBound(1), size_t(0));
        for (int i = 0; i < 40'000; ++i)
            list.append(2 * i);
        QCOMPARE(list.lowerBound(-1), size_t(0));
        QCOMPARE(list.lowerBound(40'000), size_t(20'000));
        QCOMPARE(list.lowerBound(40'001), size_t(20'001));
        QCOMPARE(list.lowerBound(1'000'000), list.size());
    }
};

QTEST_GUILESS_MAIN(TestBlockList)
#include "tst_blocklist.moc"
