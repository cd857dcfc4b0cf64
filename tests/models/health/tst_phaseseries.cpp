// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthtraces.h"
#include "models/health/phaseseries.h"

#include <QTest>

using models::Instant;
using models::Phase;
using models::PhaseSeries;
using models::ProbePhases;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t second = 1'000'000'000;
/// Some midnight.
constexpr Instant start{20'000LL * 86'400 * second};

Instant after(std::int64_t seconds) {
    return {start.nanoseconds + seconds * second};
}

ProbePhases taking(std::chrono::nanoseconds lookup, std::chrono::nanoseconds firstByte) {
    ProbePhases phases;
    phases.lookup = lookup;
    phases.firstByte = firstByte;
    return phases;
}

} // namespace

class TestPhaseSeries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsEachPhaseThatWasThere() {
        PhaseSeries series;
        QVERIFY(series.spans(start, after(60)).empty());
        series.push(after(0), taking(1ms, 40ms));
        series.push(after(3), taking(3ms, 60ms));
        series.push(after(10), {});
        const auto spans = series.spans(start, after(60));
        QCOMPARE(spans.size(), 1U);
        QCOMPARE(spans[0].begin, start);
        QVERIFY(std::abs(*spans[0].means[size_t(Phase::Lookup)] - 0.002) < 1e-6);
        QVERIFY(std::abs(*spans[0].means[size_t(Phase::FirstByte)] - 0.05) < 1e-6);
        QVERIFY(!spans[0].means[size_t(Phase::Tls)]);
    }

    void whatIsLongAgoIsCoarser() {
        PhaseSeries series;
        constexpr int day = 86'400;
        for (int at = 0; at < 3 * day; at += 30)
            series.push(after(at), taking(1ms, 40ms));
        const auto recent = series.spans(after(3 * day - 3600), after(3 * day));
        QCOMPARE(recent.front().end.nanoseconds - recent.front().begin.nanoseconds, 10 * second);
        QCOMPARE(recent.size(), 120U);
        const auto old = series.spans(after(day), after(day + 7200));
        QCOMPARE(old.front().end.nanoseconds - old.front().begin.nanoseconds, 300 * second);
        QCOMPARE(old.size(), 24U);
        QVERIFY(series.bytes() < 140'000);
    }

    void aGapEndsALine() {
        PhaseSeries series;
        for (const int at : {0, 10, 20, 60, 70})
            series.push(after(at), taking(1ms, 40ms));
        const auto traces = models::phaseTraces(series.spans(start, after(100)), 10s);
        const models::TracePoints& lookup = traces[size_t(Phase::Lookup)];
        QCOMPARE(lookup.size(), 5U);
        QVERIFY(lookup[0].begins && !lookup[1].begins && !lookup[2].begins);
        QVERIFY(lookup[3].begins && !lookup[4].begins);
        QVERIFY(traces[size_t(Phase::Connect)].empty());
    }

    void takesUpWhatWasKept() {
        PhaseSeries series;
        PhaseSeries::Row hour{
            std::uint32_t(start.nanoseconds / second / 3600), {2, 0, 0, 0}, {4, 0, 0, 0}};
        series.restore(3600s, hour);
        series.push(after(7200), taking(1ms, 40ms));
        const auto spans = series.spans(start, after(7300));
        QCOMPARE(spans.size(), 2U);
        QCOMPARE(*spans[0].means[0], 0.5);
        QVERIFY(std::abs(*spans[1].means[0] - 0.001) < 1e-6);
        // And what came since is told as finely as ever.
        const auto recent = series.spans(after(7200), after(7300));
        QCOMPARE(recent[0].end.nanoseconds - recent[0].begin.nanoseconds, 10 * second);
    }
};

QTEST_APPLESS_MAIN(TestPhaseSeries)
#include "tst_phaseseries.moc"
