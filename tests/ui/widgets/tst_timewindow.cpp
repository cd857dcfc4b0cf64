// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timewindow.h"

#include <QTest>

using models::Instant;
using ui::TimeWindow;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr Instant now{1'800'000'000 * second};

Instant ago(std::int64_t seconds) {
    return {now.nanoseconds - seconds * second};
}

} // namespace

class TestTimeWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsUntilAPersonLooksElsewhere() {
        TimeWindow window;
        window.setLength(15min);
        window.tick(now);
        QCOMPARE(window.until(), now);
        QCOMPARE(window.from(), ago(900));
        window.pan(-0.5, now);
        QVERIFY(!window.isFollowing());
        QCOMPARE(window.until(), ago(450));
        window.tick({now.nanoseconds + second});
        QCOMPARE(window.until(), ago(450));
        window.follow(now);
        QCOMPARE(window.until(), now);
    }

    void neverShowsWhatIsStillToCome() {
        TimeWindow window;
        window.follow(now);
        window.pan(3, now);
        QCOMPARE(window.until(), now);
        QVERIFY(window.isFollowing());
        window.zoom(4, ago(10), now);
        QCOMPARE(window.until(), now);
        QCOMPARE(window.length(), TimeWindow::Length(4h));
    }

    void aZoomKeepsItsMoment() {
        TimeWindow window;
        window.follow(now);
        const Instant around = ago(2400);
        const double share = window.shareOf(around);
        window.zoom(0.5, around, now);
        QCOMPARE(window.length(), TimeWindow::Length(30min));
        QVERIFY(std::abs(window.shareOf(around) - share) < 1e-6);
        QVERIFY(!window.isFollowing());
    }

    void hasAShortestAndALongest() {
        TimeWindow window;
        window.follow(now);
        for (int i = 0; i < 40; ++i)
            window.zoom(0.5, ago(100), now);
        QCOMPARE(window.length(), TimeWindow::shortest);
        for (int i = 0; i < 40; ++i)
            window.zoom(2, ago(100), now);
        QCOMPARE(window.length(), TimeWindow::longest);
    }

    void bucketsStayWhereTheyAre_data() {
        QTest::addColumn<int>("minutes");
        for (const int minutes : {1, 15, 60, 360, 1440, 7 * 1440, 90 * 1440})
            QTest::addRow("%d min", minutes) << minutes;
    }

    void bucketsStayWhereTheyAre() {
        QFETCH(int, minutes);
        TimeWindow window;
        window.setLength(std::chrono::minutes(minutes));
        window.follow(now);
        const auto width = window.bucketWidth(1100);
        window.follow({now.nanoseconds + 7 * second});
        QCOMPARE(window.bucketWidth(1100), width);
        const auto buckets = window.length() / width;
        QVERIFY2(buckets <= 1100 / 4 && buckets >= 1100 / 12, qPrintable(QString::number(buckets)));
    }
};

QTEST_APPLESS_MAIN(TestTimeWindow)
#include "tst_timewindow.moc"
