// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthseries.h"
#include "models/health/serieswindow.h"

#include <QTest>

using namespace models;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

constexpr Instant now{1'800'000'000'000'000'000};

/// One check every ten seconds, the last of them ten seconds ago.
HealthSeries series(const QList<std::pair<Verdict, int>>& checks) {
    HealthSeries series;
    for (qsizetype i = 0; i < checks.size(); ++i)
        series.push({now.nanoseconds - (checks.size() - i) * 10'000'000'000LL}, checks[i].first,
                    milliseconds(checks[i].second));
    return series;
}

HealthAnswer asked(const HealthSeries& checks, const WindowQuestion& question,
                   std::uint64_t least = 1) {
    return answerOverTime({checks, now, milliseconds(10'000), least}, question);
}

double number(const HealthAnswer& answer) {
    const auto* const quantity = std::get_if<Quantity>(&answer.value);
    return quantity == nullptr ? -1 : quantity->number;
}

} // namespace

class TestSeriesWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reckons_data() {
        QTest::addColumn<QString>("function");
        QTest::addColumn<double>("expected");
        QTest::addColumn<QString>("basis");
        const auto row = [](const char16_t* function, double expected, const char16_t* basis) {
            const QString name = QString::fromUtf16(function);
            QTest::addRow("%s", qPrintable(name)) << name << expected << QString::fromUtf16(basis);
        };
        row(u"count", 10, u"");
        row(u"success_rate", 0.75, u"from 8 samples");
        row(u"error_rate", 0.25, u"from 8 samples");
        // 6 passed and 2 failed, of the 30 that are due in five minutes.
        row(u"coverage", 8.0 / 30, u"from 8 of 30 checks");
        // A quarter fails where a hundredth may.
        row(u"burn", 25, u"from 8 samples");
        // 2 within 100 ms, 2 more within 400 ms, 2 slower and 2 failed.
        row(u"apdex", 3.0 / 8, u"from 8 samples");
        row(u"p50", 0.3, u"from 6 samples");
        row(u"max", 2, u"from 6 samples");
        row(u"min", 0.05, u"from 6 samples");
        row(u"avg", (0.05 + 0.1 + 0.3 + 0.4 + 0.401 + 2) / 6, u"from 6 samples");
    }
    void reckons() {
        QFETCH(QString, function);
        const HealthSeries checks = series({{Verdict::Pass, 50},
                                            {Verdict::Pass, 100},
                                            {Verdict::Unknown, 0},
                                            {Verdict::Fail, 5},
                                            {Verdict::Pass, 300},
                                            {Verdict::Pass, 400},
                                            {Verdict::Pass, 401},
                                            {Verdict::Pass, 2000},
                                            {Verdict::Fail, 9000},
                                            {Verdict::Unknown, 0}});
        WindowQuestion question{function, {}, {}, 0.99, milliseconds(100), minutes(5)};
        const HealthAnswer answer = asked(checks, question);
        QFETCH(double, expected);
        QVERIFY2(std::abs(number(answer) - expected) < 1e-6, qPrintable(answer.basis));
        QTEST(answer.basis, "basis");
    }

    void saysNothingOfNothing_data() {
        QTest::addColumn<QString>("function");
        for (const char* function :
             {"success_rate", "error_rate", "burn", "apdex", "p95", "avg", "min", "max"})
            QTest::newRow(function) << QString::fromLatin1(function);
    }
    void saysNothingOfNothing() {
        QFETCH(QString, function);
        const WindowQuestion question{function, {}, {}, 0.999, milliseconds(100), minutes(5)};
        const auto isMissing = [&question](const HealthSeries& checks, std::uint64_t least = 1) {
            const auto answer = asked(checks, question, least);
            const auto* const missing = std::get_if<Missing>(&answer.value);
            return missing != nullptr && !missing->reason.isEmpty();
        };
        QVERIFY(isMissing({}));
        QVERIFY(isMissing(series({{Verdict::Unknown, 10}, {Verdict::Unknown, 10}})));
        const HealthSeries two = series({{Verdict::Pass, 10}, {Verdict::Pass, 10}});
        QVERIFY(!isMissing(two));
        QVERIFY(isMissing(two, 3));
        // What was is not in the window.
        HealthSeries old;
        old.push({now.nanoseconds - 600'000'000'000LL}, Verdict::Pass, milliseconds(10));
        QVERIFY(isMissing(old));
    }

    void anObjectiveLeavesRoomForErrors_data() {
        QTest::addColumn<double>("objective");
        QTest::newRow("all") << 1.0;
        QTest::newRow("none") << 0.0;
        QTest::newRow("more than all") << 1.5;
    }
    void anObjectiveLeavesRoomForErrors() {
        QFETCH(double, objective);
        const WindowQuestion question{u"burn"_qs, {}, {}, objective, {}, minutes(5)};
        QCOMPARE(number(asked(series({{Verdict::Fail, 0}}), question)), -1.0);
    }

    void rolledUpOnesAreNearby() {
        HealthSeries checks; // more than are kept one by one
        for (int i = 20'000; i > 0; --i)
            checks.push({now.nanoseconds - i * 10'000'000'000LL},
                        i % 4 == 0 ? Verdict::Fail : Verdict::Pass,
                        milliseconds(i % 4 == 1 ? 90 : 350));
        const WindowQuestion question{u"apdex"_qs,           {}, {}, 0, milliseconds(100),
                                      std::chrono::hours(48)};
        // A quarter each: satisfied, tolerating twice, failed.
        QVERIFY(std::abs(number(asked(checks, question)) - 0.5) < 0.01);
    }
};

QTEST_GUILESS_MAIN(TestSeriesWindow)
#include "tst_serieswindow.moc"
