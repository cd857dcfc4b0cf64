// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/silencewatch.h"

#include <QSignalSpy>
#include <QTest>

using app::SilenceWatch;
using models::Instant;
using models::Result;
using namespace std::chrono_literals;

class TestSilenceWatch : public QObject {
    Q_OBJECT

private:
    static Result<Instant> at(int seconds) { return Instant{seconds * 1'000'000'000LL}; }

private Q_SLOTS:
    void saysThatTheTimeHasCome() {
        SilenceWatch watch({1ms, 1ms});
        QSignalSpy due(&watch, &SilenceWatch::due);
        watch.begin();
        QTRY_COMPARE(due.size(), 1);
        watch.wait();
        QTRY_COMPARE(due.size(), 2);
    }

    void asksTheSecondTimeWithoutALine() {
        SilenceWatch watch({1h, 1h});
        watch.begin();
        QVERIFY(!watch.isLong());
        QVERIFY(watch.isLong());
        watch.noteLine();
        QVERIFY(!watch.isLong());
        QVERIFY(watch.isLong());
    }

    /// What was written just now may be on its way.
    void believesTheSecondAnswer() {
        SilenceWatch watch({1h, 1h});
        watch.begin();
        (void)watch.isLong();
        QVERIFY(!watch.isStalled(at(5), *at(4)));
        QVERIFY(watch.isLong()); // at once
        QVERIFY(watch.isStalled(at(5), *at(4)));
    }

    void nothingIsMissing_data() {
        QTest::addColumn<bool>("isAnswered");
        QTest::addColumn<int>("newest");
        QTest::newRow("the newest has come") << true << 4;
        QTest::newRow("an older one") << true << 3;
        QTest::newRow("no answer") << false << 0;
    }

    void nothingIsMissing() {
        QFETCH(const bool, isAnswered);
        QFETCH(const int, newest);
        SilenceWatch watch({1h, 1h});
        watch.begin();
        (void)watch.isLong();
        QVERIFY(!watch.isStalled(at(5), *at(4)));
        const Result<Instant> none =
            models::failure(models::ErrorCode::NotReadable, QStringLiteral("away"));
        QVERIFY(!watch.isStalled(isAnswered ? at(newest) : none, *at(4)));
        // Suspected anew, it gets its moment again.
        QVERIFY(!watch.isStalled(at(5), *at(4)));
    }

    void aLineEndsTheSuspicion() {
        SilenceWatch watch({1h, 1h});
        watch.begin();
        (void)watch.isLong();
        QVERIFY(!watch.isStalled(at(5), *at(4)));
        watch.noteLine();
        QVERIFY(!watch.isStalled(at(6), *at(5)));
        (void)watch.isLong();
        QVERIFY(!watch.isStalled(at(6), *at(5)));
        watch.reset();
        QVERIFY(!watch.isStalled(at(6), *at(5)));
    }
};

QTEST_GUILESS_MAIN(TestSilenceWatch)
#include "tst_silencewatch.moc"
