// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/conditionreading.h"

#include <QMap>
#include <QTest>

using namespace models;

namespace {

constexpr Unit s = Unit::Time;

/// Answers from a table; what is not in it is not there.
class Table final : public HealthSource {
public:
    Table();

    QMap<QString, HealthValue> values;
    QMap<QString, HealthAnswer> windows; ///< "p95 http.total 300 s"
    mutable QList<WindowQuestion> asked;

    HealthAnswer value(const HealthPath& path) const override {
        return {values.value(pathText(path), Missing{u"There is no such field."_qs}), {}};
    }
    HealthAnswer overTime(const WindowQuestion& question) const override {
        asked.append(question);
        const QString key =
            question.function + u' ' +
            (question.series.isEmpty() ? question.metric : pathText(question.series));
        return windows.value(key, {Missing{u"2 of 5 samples so far."_qs}, {}});
    }
};

Table::Table() {
    values = {{u"yes"_qs, true},
              {u"no"_qs, false},
              {u"nothing"_qs, Null{}},
              {u"http.status"_qs, Quantity{200, Unit::None}},
              {u"http.total"_qs, Quantity{0.812, s}},
              {u"sla.p95"_qs, Quantity{0.5, s}},
              {u"zero"_qs, Quantity{0, Unit::None}},
              {u"nan"_qs, Quantity{std::nan(""), Unit::None}},
              {u"free"_qs, Quantity{2e9, Unit::Bytes}},
              {u"word"_qs, u"<b>slow</b>"_qs},
              {u"body.commit"_qs, u"9F2C1D7"_qs},
              {u"target.commit"_qs, u"9f2c1d7a00112233445566778899aabbccddeeff"_qs}};
    windows = {{u"p95 http.total"_qs, {Quantity{0.812, s}, u"from 30 samples"_qs}},
               {u"error_rate http"_qs, {Quantity{0.125, Unit::None}, {}}},
               {u"burn "_qs, {Quantity{15, Unit::None}, {}}},
               {u"apdex "_qs, {Quantity{0.9, Unit::None}, {}}},
               {u"prom error_ratio"_qs, {Quantity{0.02, Unit::None}, {}}}};
}

} // namespace

class TestConditionReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decides_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Verdict>("verdict");
        const auto row = [](const char16_t* text, Verdict verdict) {
            const QString condition = QString::fromUtf16(text);
            QTest::addRow("%s", qPrintable(condition)) << condition << verdict;
        };
        using enum Verdict;
        row(u"yes", Pass);
        row(u"no", Fail);
        row(u"!no", Pass);
        row(u"gone", Unknown);
        row(u"!gone", Unknown);
        // Kleene's tables
        row(u"yes && gone", Unknown);
        row(u"no && gone", Fail);
        row(u"gone && no", Fail);
        row(u"yes || gone", Pass);
        row(u"gone || yes", Pass);
        row(u"no || gone", Unknown);
        row(u"gone || gone", Unknown);
        row(u"!(yes && gone)", Unknown);
        // A field that is not there is nothing, neither 0 nor null.
        row(u"gone == 0", Unknown);
        row(u"gone != 0", Unknown);
        row(u"gone == null", Unknown);
        row(u"gone < 5", Unknown);
        row(u"nothing == null", Pass);
        row(u"nothing != null", Fail);
        row(u"word == null", Fail);
        row(u"http.status == 200", Pass);
        row(u"http.status != 200", Fail);
        row(u"http.status in [200, 204]", Pass);
        row(u"http.status in [301, 302]", Fail);
        row(u"http.status in [301, gone]", Unknown);
        row(u"http.status in [200, gone]", Pass);
        row(u"http.status == word", Unknown);
        row(u"word", Unknown);
        row(u"word == '<b>slow</b>'", Pass);
        row(u"http.status + word > 1", Unknown);
        row(u"http.total > 1.5x sla.p95", Pass);
        row(u"http.total <= 1.5x sla.p95", Fail);
        row(u"http.total >= 812ms", Pass);
        row(u"http.total / sla.p95 > 1.6", Pass);
        row(u"http.status / zero > 1", Unknown);
        row(u"nan > 1", Unknown);
        row(u"nan < 1", Unknown);
        row(u"free > 1.5GB", Pass);
        row(u"free > 1s", Unknown);
        row(u"(http.status == 200) == yes", Pass);
        row(u"(gone == 200) == yes", Unknown);
        row(u"sha_eq(body.commit, target.commit)", Pass);
        row(u"sha_eq(target.commit, body.commit)", Pass);
        row(u"sha_eq(body.commit, '9f2c1d8')", Fail);
        row(u"sha_eq(body.commit, '9f2c')", Unknown);
        row(u"sha_eq(body.commit, 'latest-and-best')", Unknown);
        row(u"sha_eq(gone, target.commit)", Unknown);
        row(u"p95(http.total, 5m) > 1.5x sla.p95", Pass);
        row(u"p99(http.total, 5m) > 1.5x sla.p95", Unknown);
        row(u"error_rate(http, 1m) > 10%", Pass);
        row(u"burn(99.9%, 1h) > 14.4", Pass);
        row(u"apdex(500ms, 5m) >= 0.85", Pass);
        row(u"prom('error_ratio', 5m) < 10%", Pass);
        row(u"prom('error_ratio') < 10%", Pass);
    }
    void decides() {
        QFETCH(const QString, text);
        const auto condition = Condition::parse(text);
        QVERIFY2(condition, condition ? "" : qPrintable(condition.error().message));
        const Table source;
        const ConditionReading reading = readCondition(*condition, source);
        QTEST(reading.verdict, "verdict");
        QVERIFY(!reading.leaves.isEmpty());
    }

    void everyLeafSaysWhatItSaw() {
        const Table source;
        const auto condition =
            Condition::parse(u"p95(http.total, 5m) > 1.5x sla.p95 || error_rate(http, 1m) > 10% || "
                             "http.status in [301, 302] || gone > 5 || http.total < 900ms"_qs);
        QVERIFY(condition);
        const ConditionReading reading = readCondition(*condition, source);
        QStringList words;
        for (const LeafReading& leaf : reading.leaves)
            words.append(leaf.words);
        QCOMPARE(
            words,
            (QStringList{
                u"p95(http.total, 5m) was 812 ms from 30 samples; limit 1.5x sla.p95 (750 ms)"_qs,
                u"error_rate(http, 1m) was 12.5 %; limit 10%"_qs,
                u"http.status was 200; wanted one of 301, 302"_qs,
                u"gone is not known. There is no such field."_qs,
                u"http.total was 812 ms; limit 900ms"_qs}));
        QCOMPARE(reading.leaves[0].expression, u"p95(http.total, 5m) > 1.5x sla.p95"_qs);
        QCOMPARE(reading.leaves[2].verdict, Verdict::Fail);
    }

    void asksForWindows() {
        const Table source;
        const auto condition =
            Condition::parse(u"apdex(500ms, 5m) > 0 && burn(99.9%, 1h) > 0 && "
                             "prom('x') > 0 && count(log.critical, 24h) == 0"_qs);
        QVERIFY(condition);
        QCOMPARE(readCondition(*condition, source).leaves.size(), 4);
        using namespace std::chrono_literals;
        QCOMPARE(source.asked.size(), 4);
        QCOMPARE(source.asked[0].threshold, 500ms);
        QCOMPARE(source.asked[0].window, 5min);
        QCOMPARE(source.asked[1].number, 0.999);
        QCOMPARE(source.asked[1].window, 1h);
        QCOMPARE(source.asked[2].metric, u"x"_qs);
        QCOMPARE(source.asked[2].window, 0ms);
        QCOMPARE(pathText(source.asked[3].series), u"log.critical"_qs);
        QCOMPARE(source.asked[3].window, 24h);
    }

    void valuesAreSaidWithUnits_data() {
        QTest::addColumn<HealthValue>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("ms") << HealthValue(Quantity{0.0125, s}) << u"12.5 ms"_qs;
        QTest::newRow("s") << HealthValue(Quantity{30, s}) << u"30 s"_qs;
        QTest::newRow("min") << HealthValue(Quantity{300, s}) << u"5 min"_qs;
        QTest::newRow("h") << HealthValue(Quantity{86'400, s}) << u"24 h"_qs;
        QTest::newRow("d") << HealthValue(Quantity{14 * 86'400, s}) << u"14 d"_qs;
        QTest::newRow("B") << HealthValue(Quantity{512, Unit::Bytes}) << u"512 B"_qs;
        QTest::newRow("GB") << HealthValue(Quantity{1.5e9, Unit::Bytes}) << u"1.5 GB"_qs;
        QTest::newRow("large") << HealthValue(Quantity{1'234'567, Unit::None}) << u"1234567"_qs;
        QTest::newRow("small") << HealthValue(Quantity{0.8512, Unit::None}) << u"0.851"_qs;
        QTest::newRow("true") << HealthValue(true) << u"true"_qs;
        QTest::newRow("null") << HealthValue(Null{}) << u"null"_qs;
        QTest::newRow("text") << HealthValue(u"<b>"_qs) << u"\"<b>\""_qs;
        QTest::newRow("missing") << HealthValue(Missing{u"x"_qs}) << u"unknown"_qs;
    }
    void valuesAreSaidWithUnits() {
        QFETCH(const HealthValue, value);
        QTEST(valueWords(value), "words");
    }
};

Q_DECLARE_METATYPE(models::HealthValue)

QTEST_GUILESS_MAIN(TestConditionReading)
#include "tst_conditionreading.moc"
