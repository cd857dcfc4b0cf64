// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stampedline.h"
#include "ui/log/logboard.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using models::CompiledFilter;
using models::LogChannel;
using models::LogFilter;
using models::LogPrefix;
using tests::stamped;
using ui::LogBoard;

namespace {

std::shared_ptr<const CompiledFilter> compiled(const QString& text) {
    return *CompiledFilter::compile(*LogFilter::parse(text));
}

} // namespace

class TestLogBoard : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<app::LogKeeper> m_keeper;
    std::unique_ptr<LogBoard> m_board;
    quint64 m_portal = 0;
    quint64 m_worker = 0;

    void append(quint64 log, const QByteArray& bytes) {
        m_keeper->append(log, LogChannel::Stdout, bytes);
    }
    /// Of 100 bytes and more each: every hundredth is a hit with its number.
    void appendMany(int lines) {
        QByteArray bytes;
        for (int line = 0; line < lines; ++line)
            bytes += stamped(line / 2, (line % 100 == 0 ? "hit " : "no ") +
                                           QByteArray::number(line) + QByteArray(90, '.'));
        append(m_portal, bytes);
    }
    [[nodiscard]] QStringList shown() {
        QStringList lines;
        for (qint64 row = m_board->firstRow(); row < m_board->endRow(); ++row)
            lines.append(QString::fromUtf8(m_board->row(row).line.text));
        return lines;
    }
    [[nodiscard]] QList<qint64> hits() const {
        QList<qint64> all;
        for (size_t i = 0; i < m_board->hits().size(); ++i)
            all.append(m_board->hits()[i]);
        return all;
    }
    [[nodiscard]] QStringList found() {
        QStringList lines;
        for (const qint64 row : hits())
            lines.append(QString::fromUtf8(m_board->row(row).line.text));
        return lines;
    }
    void filter(const QString& text) {
        const LogFilter parsed = *LogFilter::parse(text);
        m_board->setFilter(parsed, *CompiledFilter::compile(parsed));
    }

private Q_SLOTS:
    void init() {
        m_keeper = std::make_unique<app::LogKeeper>();
        m_portal = m_keeper->open(LogPrefix::DockerTimestamp);
        m_worker = m_keeper->open(LogPrefix::DockerTimestamp);
        m_board = std::make_unique<LogBoard>(*m_keeper);
    }
    void cleanup() {
        m_board.reset();
        m_keeper.reset();
    }

    void showsOneSourceWhole() {
        m_board->setSources({{m_portal, u"portal"_qs}});
        append(m_portal, stamped(1, "a") + stamped(2, "b"));
        QTRY_COMPARE(shown(), (QStringList{u"a"_qs, u"b"_qs}));
        append(m_portal, stamped(3, "c"));
        QTRY_COMPARE(m_board->endRow(), 3);
    }

    void mergesByTime() {
        append(m_portal, stamped(1, "p1") + stamped(3, "p3") + stamped(5, "p5"));
        append(m_worker, stamped(2, "w2") + stamped(4, "w4"));
        m_board->setSources({{m_portal, u"portal"_qs}, {m_worker, u"worker"_qs}});
        QTRY_COMPARE(shown(), (QStringList{u"p1"_qs, u"w2"_qs, u"p3"_qs, u"w4"_qs, u"p5"_qs}));
        QCOMPARE(m_board->row(0).source, 0);
        QCOMPARE(m_board->row(1).source, 1);
    }

    void lateLinesComeInWhereTheyBelong() {
        m_board->setSources({{m_portal, u"portal"_qs}, {m_worker, u"worker"_qs}});
        append(m_portal, stamped(10, "p10") + stamped(12, "p12"));
        QTRY_COMPARE(m_board->endRow(), 2);
        QSignalSpy inserted(m_board.get(), &LogBoard::inserted);
        append(m_worker, stamped(11, "w11"));
        QTRY_COMPARE(shown(), (QStringList{u"p10"_qs, u"w11"_qs, u"p12"_qs}));
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(inserted.first().at(0).toLongLong(), 1);
        QCOMPARE(inserted.first().at(1).toLongLong(), 1);
    }

    void filtersBySourceLevelAndText() {
        append(m_portal, stamped(1, "INFO start") + stamped(3, "ERROR no database"));
        append(m_worker, stamped(2, "ERROR no queue") + stamped(4, "INFO stop"));
        m_board->setSources({{m_portal, u"portal"_qs}, {m_worker, u"worker"_qs}});
        filter(u"level:error"_qs);
        QTRY_COMPARE(shown(), (QStringList{u"ERROR no queue"_qs, u"ERROR no database"_qs}));
        filter(u"level:error -queue"_qs);
        QTRY_COMPARE(shown(), QStringList{u"ERROR no database"_qs});
        filter(u"source:worker"_qs);
        QTRY_COMPARE(shown(), (QStringList{u"ERROR no queue"_qs, u"INFO stop"_qs}));
        QCOMPARE(m_board->row(0).source, 1);
        append(m_portal, stamped(5, "INFO again"));
        append(m_worker, stamped(6, "INFO last"));
        QTRY_COMPARE(shown().last(), u"INFO last"_qs);
        QCOMPARE(m_board->endRow(), 3);
    }

    void hitsAreRows() {
        append(m_portal, stamped(1, "one fish") + stamped(3, "red fish") + stamped(5, "bird"));
        append(m_worker, stamped(2, "two fish") + stamped(4, "blue bird"));
        m_board->setSources({{m_portal, u"portal"_qs}, {m_worker, u"worker"_qs}});
        m_board->setSearch(compiled(u"bird"_qs));
        QTRY_COMPARE(found(), (QStringList{u"blue bird"_qs, u"bird"_qs}));
        QCOMPARE(m_board->hitAfter(0), 3);
        QCOMPARE(m_board->hitAfter(4), 3);
        QCOMPARE(m_board->hitBefore(4), 3);
        QCOMPARE(m_board->hitBefore(3), 4);
        append(m_worker, stamped(5, "late bird"));
        QTRY_COMPARE(m_board->hits().size(), 3U);
        m_board->setSearch(nullptr);
        QTRY_VERIFY(m_board->hits().empty());
        QCOMPARE(m_board->hitAfter(0), -1);
    }

    void contextIsNoHit() {
        append(m_portal, stamped(1, "a") + stamped(2, "ERROR fish") + stamped(3, "fish") +
                             stamped(5, "b") + stamped(6, "c") + stamped(7, "ERROR bird"));
        append(m_worker, stamped(4, "w"));
        m_board->setSources({{m_portal, u"portal"_qs}, {m_worker, u"worker"_qs}});
        filter(u"level:error"_qs);
        m_board->setSearch(compiled(u"level:error fish"_qs));
        m_board->setContext(1);
        const QStringList all{u"a"_qs, u"ERROR fish"_qs, u"fish"_qs, u"c"_qs, u"ERROR bird"_qs};
        QTRY_COMPARE(shown(), all);
        QCOMPARE(found(), QStringList{u"ERROR fish"_qs});
        QVERIFY(m_board->row(0).isContext);
        QVERIFY(!m_board->row(1).isContext);
        QVERIFY(!m_board->row(2).isParted);
        QVERIFY(m_board->row(3).isParted);
        append(m_portal, stamped(8, "d") + stamped(9, "e"));
        QTRY_COMPARE(shown(), all + QStringList{u"d"_qs});
        m_board->setContext(0);
        QTRY_COMPARE(shown(), (QStringList{u"ERROR fish"_qs, u"ERROR bird"_qs}));
        filter({});
        m_board->setContext(3);
        QTRY_COMPARE(m_board->endRow(), 9);
    }

    void seeksOffThisThread_data() {
        QTest::addColumn<qint64>("shift");
        QTest::addColumn<qint64>("row");
        constexpr qint64 second = 1'000'000'000;
        QTest::newRow("its time") << qint64(0) << qint64(1);
        QTest::newRow("a moment later") << qint64(1) << qint64(2);
        QTest::newRow("before all") << -100 * second << qint64(0);
        QTest::newRow("after all") << 100 * second << qint64(2);
    }
    void seeksOffThisThread() {
        QFETCH(const qint64, shift);
        append(m_portal, stamped(10, "a") + stamped(20, "b") + stamped(30, "c"));
        m_board->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_board->endRow(), 3);
        const models::Instant second = m_board->row(1).line.time;
        std::optional<qint64> found;
        m_board->seek({second.nanoseconds + shift}, [&found](qint64 row) { found = row; });
        QTRY_VERIFY(found);
        QTEST(*found, "row");
    }

    /// What it finds is of the rows that are there when it is found.
    void seeksAmongTheRowsOfNow() {
        append(m_portal, stamped(10, "a") + stamped(20, "b") + stamped(30, "c"));
        append(m_worker, stamped(20, "w"));
        m_board->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_board->endRow(), 3);
        const models::Instant second = m_board->row(1).line.time;
        std::optional<qint64> found;
        m_board->setSources({{m_worker, u"worker"_qs}});
        m_board->seek({second.nanoseconds * 2},
                      [this, &found](qint64 row) { found = row < m_board->endRow() ? row : 100; });
        QTRY_COMPARE(shown(), QStringList{u"w"_qs});
        QTRY_VERIFY(found);
        QVERIFY(*found < 3);
        m_board->setSources({});
        QTRY_COMPARE(m_board->endRow(), m_board->firstRow());
        found.reset();
        m_board->seek(second, [&found](qint64 row) { found = row; });
        QTRY_COMPARE(found.value_or(0), -1);
    }

    void knowsTheTimeNearARow() {
        append(m_portal, QByteArray("x\n").repeated(1000) + stamped(10, "a") + "y\n");
        m_board->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_board->endRow(), 1002);
        using Toward = LogBoard::Toward;
        const models::Instant time = m_board->row(1000).line.time;
        QVERIFY(!time.isNull());
        QCOMPARE(m_board->timeNear(1001, Toward::Begin), time);
        QCOMPARE(m_board->timeNear(990, Toward::End), time);
        QCOMPARE(m_board->timeNear(990, Toward::Begin), models::Instant());
        QCOMPARE(m_board->timeNear(0, Toward::End), models::Instant()); // too far
        QCOMPARE(m_board->timeNear(-1, Toward::Begin), models::Instant());
    }

    /// Whatever comes in whatever pieces, rows are in order, and hits are the rows with the word.
    void isRightHoweverItComes_data() {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 6; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void isRightHoweverItComes() {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        m_board->setSources({{m_portal, u"portal"_qs}, {m_worker, u"worker"_qs}});
        if (seed % 2 == 0)
            filter(u"-quiet"_qs);
        m_board->setSearch(compiled(seed % 2 == 0 ? u"-quiet loud"_qs : u"loud"_qs));
        int clock[2] = {0, 0};
        qsizetype wanted = 0;
        for (int round = 0; round < 60; ++round) {
            const int source = random.bounded(2);
            QByteArray bytes;
            for (int i = random.bounded(30); i >= 0; --i) {
                clock[source] += random.bounded(2);
                const char* word = random.bounded(3) == 0   ? "loud"
                                   : random.bounded(2) == 0 ? "quiet"
                                                            : "so so";
                wanted += seed % 2 != 0 || qstrcmp(word, "quiet") != 0;
                bytes += stamped(clock[source], word);
            }
            append(source == 0 ? m_portal : m_worker, bytes);
            if (random.bounded(3) == 0)
                QCoreApplication::processEvents();
        }
        QTRY_COMPARE(m_board->endRow(), wanted);
        QList<qint64> hits;
        std::array<qint64, 2> before{};
        for (qint64 row = 0; row < m_board->endRow(); ++row) {
            const ui::LogRow shown = m_board->row(row);
            if (shown.line.text == "loud")
                hits.append(row);
            qint64& last = before[static_cast<size_t>(shown.source)];
            QVERIFY(shown.line.time.nanoseconds >= last); // a source's lines keep their order
            last = shown.line.time.nanoseconds;
        }
        QTRY_COMPARE(this->hits(), hits);
    }

    /// However much there is, what is newest is found first, and told while the rest is looked at.
    void findsTheNewestFirst() {
        appendMany(40'000);
        m_board->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_board->endRow(), 40'000);
        const QSignalSpy reset(m_board.get(), &LogBoard::reset);
        m_board->setFirstLook({});
        QList<QList<qint64>> told;
        connect(m_board.get(), &LogBoard::hitsChanged, this, [&] {
            if (m_board->isSearching())
                told.append(hits());
        });
        m_board->setSearch(compiled(u"hit"_qs));
        QTRY_COMPARE(m_board->hits().size(), 400U);
        QTRY_VERIFY(!m_board->isBusy());
        QVERIFY(told.size() > 3);
        const QList<qint64> all = hits();
        for (const QList<qint64>& some : std::as_const(told)) {
            QVERIFY(some.size() < all.size());
            QCOMPARE(some, all.last(some.size()));
        }
        QVERIFY(reset.isEmpty()); // the rows are what they were
    }

    void searchesForWhatIsWantedNow() {
        appendMany(40'000);
        m_board->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_board->endRow(), 40'000);
        m_board->setFirstLook({});
        m_board->setSearch(compiled(u"hit"_qs));
        QTRY_VERIFY(m_board->isSearching());
        m_board->setSearch(compiled(u"hit 39900"_qs));
        QTRY_VERIFY(!m_board->isBusy());
        QCOMPARE(hits(), QList<qint64>{39'900});
        m_board->setSearch(compiled(u"hit"_qs));
        m_board->setSearch(nullptr);
        QTRY_VERIFY(!m_board->isBusy());
        QVERIFY(m_board->hits().empty());
    }

    /// A search stays while the lines that are searched become others.
    void searchesTheSourcesOfNow() {
        append(m_portal, stamped(1, "hit p") + stamped(2, "p"));
        append(m_worker, stamped(3, "w") + stamped(4, "hit w"));
        m_board->setSources({{m_portal, u"portal"_qs}});
        m_board->setSearch(compiled(u"hit"_qs));
        QTRY_COMPARE(found(), QStringList{u"hit p"_qs});
        m_board->setSources({{m_portal, u"portal"_qs}, {m_worker, u"worker"_qs}});
        QTRY_COMPARE(found(), (QStringList{u"hit p"_qs, u"hit w"_qs}));
        m_board->setSources({{m_worker, u"worker"_qs}});
        QTRY_COMPARE(found(), QStringList{u"hit w"_qs});
    }

    /// Rows that are there keep their lines: those that come later stand before them.
    void siftsTheNewestFirst() {
        appendMany(40'000);
        m_board->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_board->endRow(), 40'000);
        m_board->setFirstLook({});
        QList<qint64> sizes;
        QString last;
        connect(m_board.get(), &LogBoard::reset, this, [&] {
            QVERIFY(m_board->isSifting());
            sizes.append(m_board->endRow());
            last = QString::fromUtf8(m_board->row(m_board->endRow() - 1).line.text.first(9));
        });
        connect(m_board.get(), &LogBoard::inserted, this, [&](qint64 row, qint64 count) {
            QCOMPARE(row, 0);
            sizes.append(sizes.last() + count);
        });
        filter(u"hit"_qs);
        QTRY_VERIFY(!sizes.isEmpty() && !m_board->isBusy());
        QCOMPARE(last, u"hit 39900"_qs);
        QVERIFY(sizes.size() > 3);
        QVERIFY(sizes.first() < 100);
        QCOMPARE(sizes.last(), 400);
        QCOMPARE(m_board->endRow(), 400);
        QVERIFY(!m_board->isSifting());
    }

    /// Who types what to find while rows come in hears of each of them all the same.
    void tellsOfRowsWhateverIsSearchedMeanwhile() {
        appendMany(40'000);
        m_board->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_board->endRow(), 40'000);
        m_board->setFirstLook({});
        qint64 told = -1;
        // When the next job is under way.
        const auto searchSoon = [this] {
            QTimer::singleShot(0, m_board.get(),
                               [this] { m_board->setSearch(compiled(u"hit"_qs)); });
        };
        connect(m_board.get(), &LogBoard::reset, this, [&] {
            told = m_board->endRow();
            searchSoon();
        });
        connect(m_board.get(), &LogBoard::inserted, this, [&](qint64, qint64 count) {
            told += count;
            searchSoon();
        });
        filter(u"hit"_qs);
        QTRY_VERIFY(told >= 0 && !m_board->isBusy());
        QVERIFY(!m_board->isBusy());
        QCOMPARE(m_board->endRow(), 400);
        QCOMPARE(told, 400);
        QCOMPARE(m_board->hits().size(), 400U);
    }

    void nothingIsShownWithoutSources() {
        append(m_portal, stamped(1, "a"));
        QTRY_COMPARE(m_keeper->snapshot(m_portal).lineCount(), 1);
        QCOMPARE(m_board->endRow(), 0);
        m_board->setSources({{m_portal, u"portal"_qs}});
        QTRY_COMPARE(m_board->endRow(), 1);
        m_board->setSources({});
        QTRY_COMPARE(m_board->endRow(), 0);
    }
};

QTEST_MAIN(TestLogBoard)
#include "tst_logboard.moc"
