// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/conditionreplay.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;

namespace {

constexpr Instant now{1'800'000'000'000'000'000};

Instant before(std::chrono::nanoseconds time) {
    return {now.nanoseconds - time.count()};
}

/// "12 pass, 6 fail": checks of ten seconds.
QString told(const std::vector<ReplaySpan>& spans) {
    QStringList words;
    for (const ReplaySpan& span : spans) {
        const auto checks = (span.until.nanoseconds - span.from.nanoseconds) / 10'000'000'000;
        words.append(u"%1 %2"_qs.arg(checks).arg(span.verdict == Verdict::Pass   ? u"holds"
                                                 : span.verdict == Verdict::Fail ? u"not"
                                                                                 : u"unknown"));
    }
    return words.join(u", ");
}

} // namespace

class TestConditionReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Ten minutes of a metric: 4 good, 1 bad, 2 nothing, 3 good.
    void init() {
        Metric metric;
        metric.name = u"errors"_qs;
        metric.every = 10s;
        m_metric = std::make_unique<MetricHealth>(metric);
        for (int i = 60; i > 0; --i) {
            const int minute = (60 - i) / 6;
            if (minute == 5 || minute == 6)
                continue;
            m_metric->take({before(i * 10s), Quantity{minute == 4 ? 0.5 : 0.01, Unit::None}});
        }
        Probe probe;
        probe.every = 10s;
        m_probe = std::make_unique<ProbeHealth>(*ProbeHealth::make(probe));
        for (int i = 30; i > 0; --i) {
            ProbeReply reply;
            reply.outcome = ProbeReply::Outcome::Answered;
            reply.at = before(i * 10s);
            reply.status = i > 12 ? 200 : 503;
            m_probe->take(reply, {});
        }
        m_services = {{u"portal"_qs, {m_probe.get()}, {}}};
        m_metrics = {m_metric.get()};
    }

    void showsWhereItWouldHaveHeld_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QString>("spans");
        QTest::newRow("a metric") << u"errors > 10%"_qs << u"24 not, 9 holds, 9 unknown, 18 not"_qs;
        QTest::newRow("sustained")
            << u"errors > 10% for 3 checks"_qs << u"26 not, 7 holds, 9 unknown, 18 not"_qs;
        QTest::newRow("a window") << u"error_rate(http, 1m) > 50%"_qs
                                  << u"31 unknown, 21 not, 8 holds"_qs;
        // Of what was answered only the newest is kept.
        QTest::newRow("a value") << u"http.status == 503"_qs << u"59 unknown, 1 holds"_qs;
        QTest::newRow("nothing") << u"other > 1"_qs << u"60 unknown"_qs;
    }
    void showsWhereItWouldHaveHeld() {
        QFETCH(QString, condition);
        const auto spans = replayCondition(*Condition::parse(condition),
                                           {m_services, m_metrics, before(10min), now, 10s, 1});
        QTEST(told(spans), "spans");
        QCOMPARE(spans.front().from, before(10min));
        QCOMPARE(spans.back().until, now);
    }

    void ofNoTimeThereIsNothing() {
        QVERIFY(
            replayCondition(*Condition::parse(u"errors > 1"_qs), {m_services, m_metrics, now, now})
                .empty());
    }

private:
    std::unique_ptr<MetricHealth> m_metric;
    std::unique_ptr<ProbeHealth> m_probe;
    std::vector<ServiceHealth> m_services;
    std::vector<const MetricHealth*> m_metrics;
};

QTEST_GUILESS_MAIN(TestConditionReplay)
#include "tst_conditionreplay.moc"
