// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logassembly.h"
#include "models/log/logstore.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <limits>
#include <set>

using models::CompiledFilter;
using models::Instant;
using models::LogAssembly;
using models::LogChannel;
using models::LogFilter;
using models::LogMerge;
using models::LogRows;
using models::LogSnapshot;
using models::LogStore;
using models::MergedLine;

namespace {

constexpr std::int64_t second = 1'000'000'000;

std::shared_ptr<const CompiledFilter> compiled(const QString& text) {
    return *CompiledFilter::compile(*LogFilter::parse(text));
}

/// "0:3 1:0": source and line; context in brackets, a bar where lines are left out.
QString textOf(const LogRows& rows) {
    QStringList words;
    for (std::int64_t row = 0; row < rows.size(); ++row) {
        const MergedLine line = rows.line(row);
        const QString word = QStringLiteral("%1:%2").arg(line.source()).arg(line.line());
        words.append((rows.isParted(row) ? QStringLiteral("| ") : QString()) +
                     (rows.isContext(row) ? u'(' + word + u')' : word));
    }
    return words.join(u' ');
}

} // namespace

class TestLogAssembly : public QObject {
    Q_OBJECT

private:
    std::vector<std::unique_ptr<LogStore>> m_stores;

    void add(int source, std::int64_t seconds, const QByteArray& text) {
        m_stores[size_t(source)]->append(LogChannel::Stdout, text + '\n',
                                         Instant{seconds * second});
    }
    [[nodiscard]] std::vector<LogSnapshot> snapshots() const {
        std::vector<LogSnapshot> all;
        for (const auto& store : m_stores)
            all.push_back(store->snapshot());
        return all;
    }
    void makeStores(int count) {
        m_stores.clear();
        for (int i = 0; i < count; ++i)
            m_stores.push_back(std::make_unique<LogStore>());
    }

private Q_SLOTS:
    void showsWhatIsAroundHits_data() {
        QTest::addColumn<QString>("hits"); // x is a hit, each a second
        QTest::addColumn<int>("around");
        QTest::addColumn<QString>("rows");
        const auto row = [](const char* name, const char* hits, int around, const char* rows) {
            QTest::newRow(name) << QString::fromLatin1(hits) << around << QString::fromLatin1(rows);
        };
        row("none", "..x..x", 0, "0:2 0:5");
        row("one apart", "...x...x", 1, "(0:2) 0:3 (0:4) | (0:6) 0:7");
        row("beside one another", ".x..x.", 1, "(0:0) 0:1 (0:2) (0:3) 0:4 (0:5)");
        row("over one another", "x.x....", 3, "0:0 (0:1) 0:2 (0:3) (0:4) (0:5)");
        row("at the ends", "x....x", 1, "0:0 (0:1) | (0:4) 0:5");
        row("no hit", "....", 3, "");
        row("only hits", "xxx", 10, "0:0 0:1 0:2");
    }
    void showsWhatIsAroundHits() {
        QFETCH(QString, hits);
        QFETCH(int, around);
        makeStores(1);
        for (int i = 0; i < hits.size(); ++i)
            add(0, i + 1, hits[i] == u'x' ? "hit" : "other");
        LogAssembly assembly(compiled(QStringLiteral("hit")), around);
        (void)assembly.extend(snapshots());
        QTEST(textOf(assembly.rows()), "rows");
        // The same, line by line as they come.
        makeStores(1);
        LogAssembly growing(compiled(QStringLiteral("hit")), around);
        for (int i = 0; i < hits.size(); ++i) {
            add(0, i + 1, hits[i] == u'x' ? "hit" : "other");
            (void)growing.extend(snapshots());
        }
        QTEST(textOf(growing.rows()), "rows");
    }

    void contextIsOfTheSameSource() {
        makeStores(2);
        add(0, 1, "a");
        add(1, 2, "b");
        add(0, 3, "hit");
        add(1, 4, "c");
        add(0, 5, "d");
        add(0, 6, "e");
        add(1, 20, "f");
        add(1, 21, "hit");
        LogAssembly assembly(compiled(QStringLiteral("hit")), 1);
        (void)assembly.extend(snapshots());
        QCOMPARE(textOf(assembly.rows()), QStringLiteral("(0:0) 0:1 (0:2) | (1:2) 1:3"));
    }

    /// Groups of two sources that lie in one another are not parted where one of them goes on.
    void groupsThatMeetAreNotParted() {
        makeStores(2);
        for (int i = 1; i <= 5; ++i)
            add(0, 10 * i, i == 3 ? "hit" : "x");
        add(1, 21, "x");
        add(1, 31, "hit");
        add(1, 60, "x");
        add(1, 61, "x");
        add(1, 62, "x");
        add(1, 63, "hit");
        LogAssembly assembly(compiled(QStringLiteral("hit")), 1);
        (void)assembly.extend(snapshots());
        QCOMPARE(textOf(assembly.rows()),
                 QStringLiteral("(0:1) (1:0) 0:2 1:1 (0:3) (1:2) | (1:4) 1:5"));
    }

    void markersStayWhateverIsFiltered() {
        makeStores(1);
        const auto mark = [this](std::int64_t seconds) {
            models::LogMarker marker;
            marker.kind = models::LogMarker::Kind::Gap;
            marker.to = Instant{seconds * second};
            m_stores[0]->mark(marker);
        };
        add(0, 1, "hit");
        LogAssembly hits(compiled(QStringLiteral("hit")));
        LogAssembly around(compiled(QStringLiteral("hit")), 2);
        hits.extend(snapshots());
        QCOMPARE(textOf(hits.rows()), QStringLiteral("0:0"));
        add(0, 2, "no");
        mark(3);
        add(0, 4, "no");
        add(0, 5, "hit");
        add(0, 6, "no");
        mark(7);
        hits.extend(snapshots());
        around.extend(snapshots());
        QCOMPARE(textOf(hits.rows()), QStringLiteral("0:0 (0:2) 0:4 (0:6)"));
        QCOMPARE(textOf(around.rows()), QStringLiteral("0:0 (0:1) (0:2) (0:3) 0:4 (0:5) (0:6)"));
        // What is before a marker is no context of what is behind it.
        add(0, 8, "hit");
        around.extend(snapshots());
        QCOMPARE(textOf(around.rows()),
                 QStringLiteral("0:0 (0:1) (0:2) (0:3) 0:4 (0:5) (0:6) 0:7"));

        LogFilter later;
        later.times = LogFilter::TimeRange{Instant{6 * second}, {}};
        LogAssembly chosen(*CompiledFilter::compile(later));
        chosen.extend(snapshots());
        QCOMPARE(chosen.rows().size(), 3);
    }

    void withoutAFilterThereIsNoContext() {
        makeStores(1);
        add(0, 1, "a");
        LogAssembly assembly(nullptr, 3);
        (void)assembly.extend(snapshots());
        QVERIFY(assembly.isWhole());
        QCOMPARE(textOf(assembly.rows()), QStringLiteral("0:0"));
    }

    /// Whatever comes in whatever pieces, it is what a search of all with so many lines around
    /// gives, and rows before those that came stay.
    void agreesWithASearchOfAll_data() {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 8; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void agreesWithASearchOfAll() {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        makeStores(3);
        const int around = random.bounded(1, 5);
        std::array<std::vector<bool>, 3> hits;
        LogAssembly assembly(compiled(QStringLiteral("hit")), around);
        std::int64_t time = 1;
        for (int round = 0; round < 80; ++round) {
            for (int i = random.bounded(20); i >= 0; --i) {
                const int source = random.bounded(3);
                const bool isHit = random.bounded(7) == 0;
                time += random.bounded(2);
                add(source, time, isHit ? "hit" : "x");
                hits[size_t(source)].push_back(isHit);
            }
            const LogRows before = assembly.rows();
            const QString text = textOf(before);
            (void)assembly.extend(snapshots());
            QCOMPARE(textOf(before), text);
        }
        std::array<std::int64_t, 3> last{-1, -1, -1};
        std::array<std::set<std::int64_t>, 3> shown;
        for (std::int64_t row = 0; row < assembly.rowCount(); ++row) {
            const MergedLine line = assembly.row(row);
            const size_t source = line.source();
            QVERIFY(line.line() > last[source]);
            last[source] = line.line();
            shown[source].insert(line.line());
            QCOMPARE(assembly.rows().isContext(row), !hits[source][size_t(line.line())]);
        }
        for (size_t source = 0; source < hits.size(); ++source) {
            std::set<std::int64_t> wanted;
            const auto count = static_cast<std::int64_t>(hits[source].size());
            for (std::int64_t line = 0; line < count; ++line) {
                if (!hits[source][size_t(line)])
                    continue;
                for (std::int64_t near = std::max<std::int64_t>(0, line - around);
                     near < std::min(count, line + around + 1); ++near)
                    wanted.insert(near);
            }
            QCOMPARE(shown[source], wanted);
        }
    }

    /// Looked at chunk by chunk from the newest on, it becomes what it is at one look, and what it
    /// says came before the rows that were there is what came.
    void olderRowsComeBefore_data() {
        QTest::addColumn<int>("around");
        QTest::addColumn<std::int64_t>("setBack"); // a clock, in seconds
        QTest::newRow("hits") << 0 << std::int64_t(0);
        QTest::newRow("context") << 2 << std::int64_t(0);
        QTest::newRow("a clock set back") << 0 << std::int64_t(9'000);
    }
    void olderRowsComeBefore() {
        QFETCH(int, around);
        QFETCH(std::int64_t, setBack);
        const int every = around > 0 ? 7 : 50; // so that some hits are close to where a look ends
        makeStores(3);
        const auto addMany = [this, every](int source, int from, int to, std::int64_t first) {
            for (int i = from; i < to; ++i) {
                const QByteArray word(i % every == 0 ? "hit" : "x");
                add(source, first + i, word + QByteArray(100 - word.size(), '.'));
            }
        };
        addMany(0, 0, 20'000, 1);
        addMany(1, 0, 10'000, 5'001);
        addMany(1, 10'000, 20'000, 5'001 - setBack);
        addMany(2, 0, 500, 12'000);
        LogAssembly sliced(compiled(QStringLiteral("hit")), around);
        constexpr quint64 none = std::numeric_limits<quint64>::max();
        QList<quint64> rows;
        int looks = 0;
        bool wasAnew = false;
        do {
            const LogAssembly::Growth growth =
                sliced.extend(snapshots(), {[] { return true; }, {}});
            for (const LogMerge::Inserted& more : growth.inserted)
                rows.insert(more.position, more.count, none);
            QList<quint64> now;
            for (std::int64_t row = 0; row < sliced.rowCount(); ++row)
                now.append(sliced.row(row).value);
            QVERIFY(rows.size() <= now.size());
            for (qsizetype row = 0; row < rows.size() && !growth.isAnew; ++row)
                QVERIFY(rows[row] == none || rows[row] == now[row]);
            wasAnew = wasAnew || growth.isAnew;
            rows = now;
            // What comes meanwhile is there too.
            if (++looks == 2)
                addMany(0, 20'000, 20'101, 10'000);
        } while (!sliced.isComplete());
        QVERIFY(looks > 5);
        QVERIFY(!wasAnew); // nor where one that is around a hit comes between those of others
        LogAssembly once(compiled(QStringLiteral("hit")), around);
        (void)once.extend(snapshots());
        QVERIFY(once.isComplete());
        QCOMPARE(textOf(sliced.rows()), textOf(once.rows()));
    }

    void findsATime() {
        makeStores(2);
        for (int i = 0; i < 1000; ++i) {
            add(0, 100 + 2 * i, "a");
            add(1, 101 + 2 * i, "b");
        }
        LogAssembly assembly(nullptr);
        (void)assembly.extend(snapshots());
        const LogRows& rows = assembly.rows();
        QCOMPARE(rows.rowAt({1}, 0), 0);
        QCOMPARE(rows.rowAt({(100 + 517) * second}, 0), 517);
        QCOMPARE(rows.rowAt({(100 + 517) * second - 1}, 0), 517);
        QCOMPARE(rows.rowAt({(100 + 517) * second + 1}, 0), 518);
        QCOMPARE(rows.rowAt({1}, 30), 30);
        QCOMPARE(rows.rowAt({10'000 * second}, 0), rows.size());
        QCOMPARE(LogRows().size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestLogAssembly)
#include "tst_logassembly.moc"
