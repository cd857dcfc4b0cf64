// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/arena.h"

#include <QTest>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <thread>

using models::Arena;

namespace {

char* fill(void* piece, std::size_t size) {
    std::memset(piece, 'x', size);
    return static_cast<char*>(piece);
}

bool holds(const void* piece, std::size_t size, char byte) {
    const char* const bytes = static_cast<const char*>(piece);
    return std::all_of(bytes, bytes + size, [byte](char one) { return one == byte; });
}

} // namespace

class TestArena : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void piecesAreZeroedAlignedAndApart() {
        Arena arena(1000);
        std::vector<std::pair<char*, std::size_t>> pieces;
        // Together far more than was expected.
        for (const std::size_t size : {1U, 0U, 8U, 9U, 168U, 70'000U, 3U, 500'000U, 24U}) {
            void* const piece = arena.allocate(size);
            QCOMPARE(reinterpret_cast<std::uintptr_t>(piece) % alignof(void*), std::uintptr_t(0));
            QVERIFY(holds(piece, size, '\0'));
            pieces.emplace_back(fill(piece, size), size);
        }
        for (const auto& [piece, size] : pieces) {
            QVERIFY(holds(piece, size, 'x'));
            std::memset(piece, 0, size);
        }
    }

    void newestPieceGrowsInPlace() {
        Arena arena(1000);
        char* const piece = fill(arena.allocate(10), 10);
        QCOMPARE(arena.reallocate(piece, 100), piece);
        QVERIFY(holds(piece, 10, 'x'));
        QVERIFY(holds(piece + 10, 90, '\0'));
    }

    void olderPieceMovesWithItsContent() {
        Arena arena(1000);
        char* const piece = fill(arena.allocate(10), 10);
        char* const behind = fill(arena.allocate(10), 10);
        void* const moved = arena.reallocate(piece, 200'000);
        QVERIFY(moved != piece);
        QVERIFY(holds(moved, 10, 'x'));
        QVERIFY(holds(behind, 10, 'x'));
    }

    void memoryOfTheLastComesZeroedAgain() {
        const void* first = nullptr;
        for (int round = 0; round < 2; ++round) {
            Arena arena(100'000);
            void* const piece = arena.allocate(90'000);
            QVERIFY(holds(piece, 90'000, '\0'));
            fill(piece, 90'000);
            QCOMPARE(round == 0 ? piece : first, piece);
            first = piece;
        }
    }

    void nestedArenasShareNothing() {
        { Arena spare(100'000); }
        Arena outer(100'000);
        char* const piece = fill(outer.allocate(50'000), 50'000);
        {
            Arena inner(100'000);
            std::memset(inner.allocate(50'000), 'y', 50'000);
        }
        Arena next(100'000);
        std::memset(next.allocate(50'000), 'z', 50'000);
        QVERIFY(holds(piece, 50'000, 'x'));
    }

    void threadsShareNothing() {
        { Arena spare(100'000); }
        std::thread other([] {
            Arena arena(100'000);
            fill(arena.allocate(90'000), 90'000);
        });
        Arena arena(100'000);
        QVERIFY(holds(arena.allocate(90'000), 90'000, '\0'));
        other.join();
    }
};

QTEST_APPLESS_MAIN(TestArena)
#include "tst_arena.moc"
