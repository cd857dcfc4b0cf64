// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthtraces.h"

#include <QTest>

using models::Condition;
using models::HealthRollup;
using models::HealthSeries;
using models::Instant;
using models::Verdict;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t second = 1'000'000'000;
/// Some midnight.
constexpr Instant start{20'000LL * 86'400 * second};

Instant after(std::int64_t seconds) {
    return {start.nanoseconds + seconds * second};
}

} // namespace

class TestHealthTraces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bucketsStandOnAbsoluteTime() {
        HealthSeries series;
        for (int at = 0; at < 100; at += 5)
            series.push(after(at), Verdict::Pass, std::chrono::milliseconds(at + 1));
        const auto spans = series.spans(after(33), after(100), 20s);
        QCOMPARE(spans.size(), 4U);
        QCOMPARE(spans[0].first, after(35)); // of the bucket from 20 to 40
        QCOMPARE(spans[1].first, after(40));
        QCOMPARE(spans[1].last, after(55));
        QCOMPARE(spans[1].summary.passed, 4U);
        QCOMPARE(float(*spans[1].median), 0.046F);
        QCOMPARE(float(*spans[1].p95), 0.056F);
        QCOMPARE(float(spans[1].summary.least), 0.041F);
    }

    void whatIsLongAgoIsReadFromRollUps() {
        HealthSeries series;
        constexpr int day = 86'400;
        for (int at = 0; at < 10 * day; at += 30)
            series.push(after(at), at % 3600 == 0 ? Verdict::Fail : Verdict::Pass, 100ms);
        const auto spans = series.spans(start, after(10 * day), 3600s);
        QCOMPARE(spans.size(), 240U);
        for (const models::HealthSpan& span : spans) {
            QCOMPARE(span.summary.passed, 119U);
            QCOMPARE(span.summary.failed, 1U);
            QVERIFY(std::abs(*span.p95 - 0.1) < 0.002);
        }
        const auto fine = series.spans(after(5 * day), after(5 * day + 3600), 300s);
        QCOMPARE(fine.size(), 12U);
    }

    void takesUpWhatWasKept() {
        HealthSeries series;
        constexpr int hour = 3600;
        for (int i = 0; i < 48; ++i) {
            models::LatencySketch sketch;
            HealthRollup rollup{after(i * hour), {10, 1, 0, 10, 0.1, 0.3, 2}, {}};
            for (int n = 0; n < 10; ++n)
                sketch.add(0.2);
            rollup.sketch = models::PackedSketch(sketch);
            series.restoreHour(rollup);
        }
        for (int i = 24 * 12; i < 48 * 12; ++i)
            series.restoreFiveMinutes({after(i * 300), {1, 0, 0, 1, 0.1, 0.3, 0.2}, {}});
        for (int at = 48 * hour; at < 49 * hour; at += 10)
            series.push(after(at), Verdict::Pass, 150ms);
        const models::HealthSummary all = series.summary(start, after(49 * hour));
        QCOMPARE(all.passed, 480U + 360U);
        QCOMPARE(all.failed, 48U);
        const auto p95 = series.quantile(0.95, start, after(49 * hour));
        QVERIFY(std::abs(p95->seconds - 0.2) < 0.004);
        QCOMPARE(p95->samples, 840U);
        QCOMPARE(series.spans(start, after(24 * hour), 300s).size(), 24U);
        QCOMPARE(series.spans(after(24 * hour), after(48 * hour), 300s).size(), 288U);
        QCOMPARE(series.spans(after(48 * hour), after(49 * hour), 10s).size(), 360U);
    }

    void aGapIsAGap() {
        HealthSeries series;
        for (const int at : {0, 10, 20, 60, 70})
            series.push(after(at), Verdict::Pass, 100ms);
        series.push(after(80), Verdict::Fail, std::nullopt);
        series.push(after(90), Verdict::Pass, 100ms);
        const auto spans = series.spans(start, after(100), 1s);
        const models::LatencyTraces traces = models::latencyTraces(spans, 10s);
        QCOMPARE(traces.median.size(), 6U);
        QList<int> begins;
        for (std::size_t i = 0; i < traces.median.size(); ++i) {
            if (traces.median[i].begins)
                begins.append(int(i));
        }
        QCOMPARE(begins, QList<int>({0, 3, 5})); // at 60 after a gap, at 90 after a failure
        QCOMPARE(traces.range.size(), 6U);

        const auto changes = models::stateChanges(spans, 10s);
        QList<std::pair<Instant, Verdict>> told;
        for (const models::StateChange& change : changes)
            told.append({change.at, change.verdict});
        const QList<std::pair<Instant, Verdict>> expected{{start, Verdict::Pass},
                                                          {after(20), Verdict::Unknown},
                                                          {after(60), Verdict::Pass},
                                                          {after(80), Verdict::Fail},
                                                          {after(90), Verdict::Pass}};
        QCOMPARE(told, expected);
    }

    void findsLimitsOfLatency_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QList<double>>("limits");
        const auto row = [](const char* condition, const QList<double>& limits) {
            QTest::newRow(condition) << QString::fromLatin1(condition) << limits;
        };
        row("http.status == 200", {});
        row("http.total < 500ms", {0.5});
        row("http.status == 200 && p95(http.total, 5m) <= 1.5s && http.ttfb < 200ms", {1.5, 0.2});
        row("500ms > http.total", {0.5});
        row("http.total > 500ms", {});
        row("http.total < 500ms || http.status == 200", {});
        row("tls.expires_in > 14d", {});
        row("http.status < 300", {});
        row("http.total < baseline.worst", {2});
        row("p95(http.total, 5m) <= 1.5x baseline.worst", {3});
        row("http.total < baseline.missing", {});
    }

    void findsLimitsOfLatency() {
        QFETCH(QString, condition);
        const auto parsed = Condition::parse(condition);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        QList<double> limits;
        for (const models::LatencyLimit& limit : models::latencyLimits(*parsed, m_references))
            limits.append(limit.seconds);
        QTEST(limits, "limits");
    }
    void tellsWhatIsPromised() {
        const auto parsed = Condition::parse(QStringLiteral("http.status == 200"));
        const auto limits = models::latencyLimits(
            *parsed, {{QStringLiteral("sla.p95"), {0.4, models::Unit::Time}},
                      {QStringLiteral("sla.success"), {0.99, models::Unit::None}},
                      {QStringLiteral("baseline.p95"), {0.2, models::Unit::Time}}});
        QCOMPARE(limits.size(), 1);
        QCOMPARE(limits[0].seconds, 0.4);
        QCOMPARE(limits[0].words, QStringLiteral("sla.p95"));
    }

private:
    const QMap<QString, models::Quantity> m_references{
        {QStringLiteral("baseline.worst"), {2, models::Unit::Time}}};
};

QTEST_APPLESS_MAIN(TestHealthTraces)
#include "tst_healthtraces.moc"
