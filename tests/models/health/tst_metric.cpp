// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/metric.h"

#include <QTest>

#include <cmath>

using namespace models;
using namespace std::chrono_literals;

namespace {

constexpr Instant now{1'800'000'000'000'000'000};

Metric ofTenSeconds() {
    Metric metric;
    metric.name = u"queue"_qs;
    metric.every = 10s;
    return metric;
}

/// The last of them ten seconds ago.
MetricHealth with(const QList<HealthValue>& values) {
    MetricHealth health(ofTenSeconds());
    for (qsizetype i = 0; i < values.size(); ++i)
        health.take({{now.nanoseconds - (values.size() - i) * 10'000'000'000LL}, values[i]});
    return health;
}

HealthValue plain(double number) {
    return Quantity{number, Unit::None};
}

HealthValue asked(const MetricHealth& health, const QString& function, std::uint64_t least = 1) {
    return health.overTime({function, {}, {}, 0, {}, 5min}, now, least).value;
}

} // namespace

class TestMetric : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reckonsOverTime() {
        const MetricHealth health =
            with({plain(4), Missing{u"It was away."_qs}, plain(1), plain(3), plain(2)});
        QCOMPARE(asked(health, u"avg"_qs), plain(2.5));
        QCOMPARE(asked(health, u"prom"_qs), plain(2.5));
        QCOMPARE(asked(health, u"min"_qs), plain(1));
        QCOMPARE(asked(health, u"max"_qs), plain(4));
        QCOMPARE(asked(health, u"p50"_qs), plain(2));
        QCOMPARE(asked(health, u"p99"_qs), plain(4));
        QCOMPARE(asked(health, u"count"_qs), plain(4));
        QCOMPARE(asked(health, u"coverage"_qs), plain(4.0 / 30));
        QVERIFY(std::holds_alternative<Missing>(asked(health, u"success_rate"_qs)));
        QVERIFY(std::holds_alternative<Missing>(asked(health, u"avg"_qs, 5)));
    }

    void saysNothingOfNothing_data() {
        QTest::addColumn<QList<HealthValue>>("values");
        QTest::newRow("nothing") << QList<HealthValue>();
        QTest::newRow("it is away now") << QList<HealthValue>{plain(1), Missing{u"Away."_qs}};
        QTest::newRow("no number") << QList<HealthValue>{plain(std::nan(""))};
        QTest::newRow("an infinity")
            << QList<HealthValue>{plain(std::numeric_limits<double>::infinity())};
    }
    void saysNothingOfNothing() {
        QFETCH(QList<HealthValue>, values);
        const MetricHealth health = with(values);
        for (const QString& function : {u"avg"_qs, u"min"_qs, u"max"_qs, u"p95"_qs, u"prom"_qs}) {
            const HealthValue value = asked(health, function);
            QVERIFY(std::holds_alternative<Missing>(value));
            QVERIFY(!std::get<Missing>(value).reason.isEmpty());
        }
        QVERIFY(std::holds_alternative<Missing>(health.value(now).value));
    }

    void theLastOneAges() {
        const MetricHealth health = with({plain(7)});
        QCOMPARE(health.value(now).value, plain(7));
        QVERIFY(std::holds_alternative<Missing>(
            health.value({now.nanoseconds + 30'000'000'000}).value));
    }

    void theOrderIsThatOfTime() {
        MetricHealth health = with({plain(1), plain(2)});
        health.take({{now.nanoseconds - 600'000'000'000}, plain(9)});
        QCOMPARE(health.value(now).value, plain(2));
        QCOMPARE(health.samples({}, now).size(), 2U);
    }

    void aScaleHasAWord_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<double>("number");
        QTest::addColumn<int>("unit");
        QTest::newRow("none") << QString() << 50.0 << int(Unit::None);
        QTest::newRow("ratio") << u"ratio"_qs << 50.0 << int(Unit::None);
        QTest::newRow("percent") << u"percent"_qs << 0.5 << int(Unit::None);
        QTest::newRow("s") << u"s"_qs << 50.0 << int(Unit::Time);
        QTest::newRow("ms") << u"ms"_qs << 0.05 << int(Unit::Time);
        QTest::newRow("bytes") << u"bytes"_qs << 50.0 << int(Unit::Bytes);
    }
    void aScaleHasAWord() {
        QFETCH(QString, word);
        const auto scale = scaleFromWord(word);
        QVERIFY(scale);
        QCOMPARE(scaleWord(*scale), word);
        QTEST(quantityOf(50, *scale).number, "number");
        QTEST(int(quantityOf(50, *scale).unit), "unit");
        QVERIFY(!scaleFromWord(u"furlongs"_qs));
    }
};

QTEST_GUILESS_MAIN(TestMetric)
#include "tst_metric.moc"
