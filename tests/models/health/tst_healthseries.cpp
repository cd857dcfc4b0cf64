// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthseries.h"
#include "tests/support/latencydistributions.h"

#include <QTest>

#include <cmath>
#include <random>

using models::HealthSeries;
using models::HealthSummary;
using models::Instant;
using models::Verdict;

namespace {

constexpr std::int64_t second = 1'000'000'000;
/// Some midnight.
constexpr Instant start{20'000LL * 86'400 * second};

Instant after(double seconds) {
    return {start.nanoseconds + static_cast<std::int64_t>(seconds * double(second))};
}

std::chrono::nanoseconds took(double seconds) {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * double(second)));
}

} // namespace

class TestHealthSeries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingAtFirst() {
        const HealthSeries series;
        QVERIFY(series.isEmpty());
        QVERIFY(series.newestAt().isNull());
        QCOMPARE(series.summary(start, after(60)).checks(), 0U);
        QVERIFY(!series.quantile(0.95, start, after(60)));
        QVERIFY(series.newest(40).empty());
    }

    void aFailureIsNoLatency() {
        HealthSeries series;
        series.push(after(0), Verdict::Pass, took(0.1));
        series.push(after(1), Verdict::Fail, took(9));
        series.push(after(2), Verdict::Unknown, took(9));
        series.push(after(3), Verdict::Pass, std::nullopt);
        series.push(after(4), Verdict::Pass, took(0.3));
        const HealthSummary summary = series.summary(start, after(10));
        QCOMPARE(summary.passed, 3U);
        QCOMPARE(summary.failed, 1U);
        QCOMPARE(summary.unknown, 1U);
        QCOMPARE(summary.measured, 2U);
        QVERIFY(qFuzzyCompare(float(summary.mean()), 0.2F));
        QVERIFY(qFuzzyCompare(float(summary.most), 0.3F));
        QCOMPARE(series.quantile(0.95, start, after(10))->samples, 2U);
        QVERIFY(!series.newest(3).front().latency);
    }

    void leavesOutWhatIsOlderThanTheNewest() {
        HealthSeries series;
        series.push(after(10), Verdict::Pass, took(0.1));
        series.push(after(9), Verdict::Fail, std::nullopt);
        series.push(after(10), Verdict::Fail, std::nullopt);
        QCOMPARE(series.newest(9).size(), 2U);
        QCOMPARE(series.summary(start, after(20)).failed, 1U);
    }

    void aSpanHasItsBeginAndNotItsEnd() {
        HealthSeries series;
        for (int i = 0; i < 10; ++i)
            series.push(after(i), Verdict::Pass, took(0.1));
        QCOMPARE(series.summary(after(2), after(5)).checks(), 3U);
        QCOMPARE(series.quantile(0.5, after(2), after(5))->samples, 3U);
        QVERIFY(!series.quantile(0.5, after(20), after(30)));
    }

    void aQuantileIsNearTheExactOne_data() {
        QTest::addColumn<int>("distribution");
        QTest::addColumn<int>("minutes");
        for (int i = 0; i < int(tests::latencyDistributions().size()); ++i) {
            for (const int minutes : {5, 60, 6 * 60, 30 * 60})
                QTest::addRow("%s, %d min", tests::latencyDistributions()[size_t(i)].name, minutes)
                    << i << minutes;
        }
        QCOMPARE(int(tests::latencyDistributions().size()), 20);
    }

    void aQuantileIsNearTheExactOne() {
        QFETCH(int, distribution);
        QFETCH(int, minutes);
        const auto& draw = tests::latencyDistributions()[size_t(distribution)].draw;
        std::mt19937 random(7);
        HealthSeries series;
        std::vector<double> window;
        constexpr int every = 5;
        constexpr int checks = 32 * 3600 / every;
        // Ends on the hour, so that roll-ups hold the window and nothing more.
        for (int i = 0; i < checks; ++i) {
            const double latency = draw(random);
            series.push(after(i * every), Verdict::Pass, took(latency));
            if (i * every >= checks * every - minutes * 60)
                window.push_back(latency);
        }
        const Instant now = after(checks * every);
        const Instant from = after(checks * every - minutes * 60);
        const double exact = tests::exactQuantile(window, 0.95);
        const auto found = series.quantile(0.95, from, now);
        QVERIFY(found);
        QCOMPARE(found->samples, window.size());
        const double error = std::abs(found->seconds - exact) / exact;
        QVERIFY2(error <= 0.02, qPrintable(QStringLiteral("%1 instead of %2: %3 %")
                                               .arg(found->seconds)
                                               .arg(exact)
                                               .arg(100 * error)));
    }

    void rollsUpWhatIsLongAgo() {
        HealthSeries series;
        constexpr int minutes = 60 * 24 * 20;
        for (int i = 0; i < minutes; ++i)
            series.push(after(i * 60), i % 10 == 0 ? Verdict::Fail : Verdict::Pass, took(0.1));
        const HealthSummary day = series.summary(after((minutes - 1440) * 60), after(minutes * 60));
        QCOMPARE(day.passed, 1296U);
        QCOMPARE(day.failed, 144U);
        const HealthSummary all = series.summary(start, after(minutes * 60));
        QCOMPARE(all.passed, std::uint64_t(minutes / 10 * 9));
        QCOMPARE(all.failed, std::uint64_t(minutes / 10));
        QVERIFY(qFuzzyCompare(float(all.least), 0.1F));
    }

    void ninetyDaysFitIntoAMegabyte() {
        HealthSeries series;
        std::mt19937 random(3);
        std::lognormal_distribution<> latency(0, 1.5);
        const auto push = [&](double at) {
            series.push(after(at), Verdict::Pass, took(latency(random) * 0.02));
        };
        constexpr int day = 86'400;
        for (int i = 0; i < 90 * day; i += 60)
            push(i);
        for (int i = 90 * day; i < 91 * day; i += 2)
            push(i);
        QVERIFY2(series.bytes() <= 1'000'000, qPrintable(QString::number(series.bytes())));
        QVERIFY(series.summary(start, after(91 * day)).checks() > 89 * 1440);
    }

    void memoryGrowsWithWhatIsInIt() {
        HealthSeries series;
        QVERIFY(series.bytes() < 1000);
        for (int i = 0; i < 40; ++i)
            series.push(after(i * 10), Verdict::Pass, took(0.05));
        QVERIFY(series.bytes() < 20'000);
    }

    void aSketchKeepsWhatItPacks() {
        models::LatencySketch sketch;
        models::LatencySketch unpacked;
        for (int i = 0; i < 2000; ++i)
            sketch.add(0.0001 * (i + 1));
        models::PackedSketch(sketch).addTo(unpacked);
        QCOMPARE(unpacked.counts(), sketch.counts());
        models::LatencySketch few;
        few.add(0.1);
        few.add(1e9);
        few.add(-1);
        few.add(std::nan(""));
        models::LatencySketch fewUnpacked;
        const models::PackedSketch packed(few);
        packed.addTo(fewUnpacked);
        QCOMPARE(fewUnpacked.counts(), few.counts());
        QVERIFY(packed.bytes() < 20);
        QCOMPARE(few.count(), 4U);
    }
};

QTEST_GUILESS_MAIN(TestHealthSeries)
#include "tst_healthseries.moc"
