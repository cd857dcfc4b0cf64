// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/prometheusanswer.h"

#include <QTest>

using namespace models;

namespace {

constexpr Instant asked{1'800'000'000'000'000'000};

QByteArray answer(const QByteArray& type, const QByteArray& result) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"" + type +
           "\",\"result\":" + result + "}}";
}

QByteArray series(const QByteArray& number, const QByteArray& at = "1800000000.25") {
    return "{\"metric\":{\"job\":\"portal\"},\"value\":[" + at + ",\"" + number + "\"]}";
}

} // namespace

class TestPrometheusAnswer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsOneNumber_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<double>("number");
        QTest::newRow("a vector of one") << answer("vector", '[' + series("0.75") + ']') << 0.75;
        QTest::newRow("a scalar") << answer("scalar", "[1800000000,\"12\"]") << 12.0;
        QTest::newRow("an exponent") << answer("vector", '[' + series("1.5e-3") + ']') << 0.0015;
        QTest::newRow("a clock that is a little off")
            << answer("vector", '[' + series("3", "1799999880") + ']') << 3.0;
    }
    void readsOneNumber() {
        QFETCH(QByteArray, bytes);
        const MetricReading reading = readPrometheusAnswer(bytes, Metric::Scale::Plain, asked);
        const auto* const quantity = std::get_if<Quantity>(&reading.value);
        QVERIFY(quantity);
        QTEST(quantity->number, "number");
        QCOMPARE(reading.at, asked);
    }

    void countsByItsScale() {
        const QByteArray bytes = answer("vector", '[' + series("250") + ']');
        const auto read = [&bytes](Metric::Scale scale) {
            return std::get<Quantity>(readPrometheusAnswer(bytes, scale, asked).value);
        };
        QCOMPARE(read(Metric::Scale::Milliseconds), (Quantity{0.25, Unit::Time}));
        QCOMPARE(read(Metric::Scale::Percent), (Quantity{2.5, Unit::None}));
        QCOMPARE(read(Metric::Scale::Bytes), (Quantity{250, Unit::Bytes}));
    }

    void whatIsNoNumberIsNotKnown_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& bytes, const char* reason) {
            QTest::newRow(name) << bytes << QString::fromLatin1(reason);
        };
        const QByteArray one = series("1");
        row("nothing found", answer("vector", "[]"), "found nothing");
        row("two series", answer("vector", '[' + one + ',' + one + ']'), "2 series");
        row("NaN", answer("vector", '[' + series("NaN") + ']'), "It is NaN");
        row("an infinity", answer("vector", '[' + series("+Inf") + ']'), "It is +Inf");
        row("no number", answer("vector", '[' + series("many") + ']'), "It is many");
        row("an empty number", answer("vector", '[' + series("") + ']'), "and not a number");
        row("a matrix", answer("matrix", "[]"), "gave a matrix");
        row("a text", answer("string", "[1800000000,\"a\"]"), "gave a string");
        row("a histogram", answer("vector", "[{\"metric\":{},\"histogram\":[1800000000,{}]}]"),
            "histogram_quantile");
        row("a number that is none of text",
            answer("vector", "[{\"metric\":{},\"value\":[1800000000,1]}]"),
            "not one of Prometheus");
        row("a value without a time", answer("scalar", "[\"1\"]"), "not one of Prometheus");
        row("of long ago", answer("vector", '[' + series("1", "1799990000") + ']'),
            "clocks differ");
        row("of later", answer("vector", '[' + series("1", "1800010000") + ']'), "ahead");
        row("an error", "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse <b>\"}",
            "refuses the query: parse <b>");
        row("an error without words", "{\"status\":\"error\"}", "not one of Prometheus");
        row("HTML", "<html>Sign in</html>", "HTML");
        row("cut off", "{\"status\":\"success\",\"data\":{\"resul", "no JSON");
        row("empty", "", "no JSON");
        row("a list", "[]", "no JSON");
        row("another object", "{\"ok\":true}", "not one of Prometheus");
    }
    void whatIsNoNumberIsNotKnown() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const MetricReading reading = readPrometheusAnswer(bytes, Metric::Scale::Plain, asked);
        const auto* const missing = std::get_if<Missing>(&reading.value);
        QVERIFY(missing);
        QVERIFY2(missing->reason.contains(reason), qPrintable(missing->reason));
        QCOMPARE(reading.at, asked);
    }

    void readsARange() {
        const auto readings = readPrometheusRange(
            answer("matrix", "[{\"metric\":{},\"values\":[[1799999000,\"1\"],[1799999015,\"NaN\"],"
                             "[1799999030,\"3\"]]}]"),
            Metric::Scale::Plain);
        QVERIFY(readings);
        QCOMPARE(readings->size(), 3);
        QCOMPARE(readings->at(0).at, (Instant{1'799'999'000'000'000'000}));
        QCOMPARE(readings->at(0).value, HealthValue(Quantity{1, Unit::None}));
        QVERIFY(std::holds_alternative<Missing>(readings->at(1).value));
        QCOMPARE(readings->at(2).value, HealthValue(Quantity{3, Unit::None}));
        QVERIFY(!readPrometheusRange(answer("vector", "[]"), Metric::Scale::Plain));
        QVERIFY(!readPrometheusRange("<html>", Metric::Scale::Plain));
    }
};

QTEST_GUILESS_MAIN(TestPrometheusAnswer)
#include "tst_prometheusanswer.moc"
