// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/readingpace.h"

#include <QTest>

using app::ReadingPace;
using namespace std::chrono_literals;

using Mode = ReadingPace::Mode;

class TestReadingPace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gathersWhatComesLittleByLittle_data();
    void gathersWhatComesLittleByLittle();
    void readsAtOnceAgain_data();
    void readsAtOnceAgain();
    void gathersOnWhereALookComesLate();
    void waitsForNothingAfterAPause();

private:
    /// So many wakes, so far apart, with so many bytes each.
    void wake(ReadingPace& pace, int times, std::chrono::microseconds apart, std::uint64_t bytes);

    ReadingPace::Clock::time_point m_now{1h};
};

void TestReadingPace::wake(ReadingPace& pace, int times, std::chrono::microseconds apart,
                           std::uint64_t bytes) {
    for (int i = 0; i < times; ++i) {
        m_now += apart;
        (void)pace.noteRead(bytes, m_now);
    }
}

void TestReadingPace::gathersWhatComesLittleByLittle_data() {
    QTest::addColumn<int>("apart"); // microseconds
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<bool>("gathers");
    QTest::newRow("a hundred channels of a log") << 100 << quint64(110) << true;
    QTest::newRow("one busy log") << 3000 << quint64(110) << true;
    QTest::newRow("a calm log") << 10'000 << quint64(110) << false;
    QTest::newRow("a stream") << 100 << quint64(32'768) << false;
    QTest::newRow("keepalives") << 15'000'000 << quint64(64) << false;
}

void TestReadingPace::gathersWhatComesLittleByLittle() {
    QFETCH(int, apart);
    QFETCH(quint64, bytes);
    QFETCH(bool, gathers);
    ReadingPace pace;
    wake(pace, 2000, std::chrono::microseconds(apart), bytes);
    QCOMPARE(pace.mode() == Mode::Gathering, gathers);
}

void TestReadingPace::readsAtOnceAgain_data() {
    QTest::addColumn<int>("looks");
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("nothing comes any more") << 4 << quint64(0) << false;
    QTest::newRow("a stream begins") << 1 << quint64(1'000'000) << false;
    QTest::newRow("something is asked") << 1 << quint64(2000) << true;
}

void TestReadingPace::readsAtOnceAgain() {
    QFETCH(int, looks);
    QFETCH(quint64, bytes);
    QFETCH(bool, isAsked);
    ReadingPace pace;
    wake(pace, 1000, 500us, 110);
    wake(pace, 100, ReadingPace::gatherTime, 3000);
    QCOMPARE(pace.mode(), Mode::Gathering);
    if (isAsked)
        pace.noteRequest(m_now);
    wake(pace, looks, ReadingPace::gatherTime, bytes);
    QCOMPARE(pace.mode(), Mode::AtOnce);
}

/// As on a machine that is busy: a look finds nothing, and a late one finds a lot.
void TestReadingPace::gathersOnWhereALookComesLate() {
    ReadingPace pace;
    wake(pace, 1000, 100us, 110);
    wake(pace, 20, ReadingPace::gatherTime, 35'000);
    wake(pace, 1, ReadingPace::gatherTime, 0);
    wake(pace, 1, 150ms, 330'000);
    wake(pace, 20, ReadingPace::gatherTime, 35'000);
    QCOMPARE(pace.mode(), Mode::Gathering);
}

/// Many wakes, but not lately.
void TestReadingPace::waitsForNothingAfterAPause() {
    ReadingPace pace;
    wake(pace, 1, 1ms, 110);
    wake(pace, 50, 1ms, 110);
    wake(pace, 1, 10s, 110);
    QCOMPARE(pace.mode(), Mode::AtOnce);
}

QTEST_GUILESS_MAIN(TestReadingPace)

#include "tst_readingpace.moc"
