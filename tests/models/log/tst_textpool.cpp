// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/textpool.h"

#include <QTest>

#include <cstring>
#include <set>
#include <thread>
#include <vector>

using models::TextPool;

namespace {

using Rooms = std::vector<std::shared_ptr<char>>;

/// More than are kept.
constexpr size_t many = 300;

Rooms taken(TextPool& pool, size_t count, TextPool::Pages pages) {
    Rooms rooms;
    for (size_t i = 0; i < count; ++i)
        rooms.push_back(pool.take(TextPool::textSize, pages));
    return rooms;
}

char mark(size_t index) {
    return static_cast<char>('a' + index % 23);
}

void fill(Rooms& rooms) {
    for (size_t i = 0; i < rooms.size(); ++i)
        std::memset(rooms[i].get(), mark(i), TextPool::textSize + TextPool::slack);
}

bool holds(const std::shared_ptr<char>& room, char mark) {
    const std::vector<char> expected(TextPool::textSize + TextPool::slack, mark);
    return std::memcmp(room.get(), expected.data(), expected.size()) == 0;
}

std::set<const char*> places(const Rooms& rooms) {
    std::set<const char*> places;
    for (const auto& room : rooms)
        places.insert(room.get());
    return places;
}

} // namespace

class TestTextPool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roomsAreTheirOwn_data();
    void roomsAreTheirOwn();
    void whatIsNotNeededIsTakenAgain();
    void aRoomOutlivesItsNeighboursAndThePool();
    void aLongLineHasARoomOfItsSize();
    void threadsDoNotShareARoom();
};

void TestTextPool::roomsAreTheirOwn_data() {
    QTest::addColumn<TextPool::Pages>("pages");
    QTest::newRow("as touched") << TextPool::Pages::AsTouched;
    QTest::newRow("at once") << TextPool::Pages::AtOnce;
}

void TestTextPool::roomsAreTheirOwn() {
    QFETCH(const TextPool::Pages, pages);
    const auto pool = TextPool::make();
    Rooms rooms = taken(*pool, many, pages);
    QCOMPARE(places(rooms).size(), many);
    fill(rooms);
    for (size_t i = 0; i < many; ++i)
        QVERIFY(holds(rooms[i], mark(i)));
}

void TestTextPool::whatIsNotNeededIsTakenAgain() {
    const auto pool = TextPool::make();
    Rooms rooms = taken(*pool, 3, TextPool::Pages::AsTouched);
    const std::set<const char*> before = places(rooms);
    rooms.clear();
    QCOMPARE(places(taken(*pool, 3, TextPool::Pages::AtOnce)), before);
}

void TestTextPool::aRoomOutlivesItsNeighboursAndThePool() {
    auto pool = TextPool::make();
    Rooms rooms = taken(*pool, many, TextPool::Pages::AtOnce);
    fill(rooms);
    const Rooms left{rooms[1], rooms[many - 1]};
    rooms.clear();
    QVERIFY(holds(left[0], mark(1)));
    pool.reset();
    QVERIFY(holds(left[0], mark(1)));
    QVERIFY(holds(left[1], mark(many - 1)));
}

void TestTextPool::aLongLineHasARoomOfItsSize() {
    const size_t size = 3 * TextPool::textSize;
    const auto room = TextPool::make()->take(size, TextPool::Pages::AtOnce);
    std::memset(room.get(), 'x', size + TextPool::slack);
    QCOMPARE(room.get()[size], 'x');
}

void TestTextPool::threadsDoNotShareARoom() {
    const auto pool = TextPool::make();
    std::vector<int> spoilt(4);
    std::vector<std::thread> threads;
    for (size_t thread = 0; thread < spoilt.size(); ++thread) {
        threads.emplace_back([&pool, &spoilt, thread] {
            for (int round = 0; round < 50; ++round) {
                Rooms rooms = taken(*pool, 5, TextPool::Pages::AtOnce);
                for (const auto& room : rooms)
                    std::memset(room.get(), mark(thread), TextPool::textSize + TextPool::slack);
                for (const auto& room : rooms)
                    spoilt[thread] += holds(room, mark(thread)) ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(spoilt, std::vector<int>(4));
}

QTEST_GUILESS_MAIN(TestTextPool)
#include "tst_textpool.moc"
