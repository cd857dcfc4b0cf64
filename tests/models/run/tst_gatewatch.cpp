// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/gatewatch.h"
#include "tests/support/onesource.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;
using tests::OneSource;

namespace {

constexpr std::int64_t second = 1'000'000'000;

Instant at(int seconds) {
    return {(1'800'000'000 + seconds) * second};
}

/// A reading each ten seconds, as tests::read() takes them.
QString told(const QString& condition, int samples, const QByteArrayList& readings) {
    GateRule rule;
    rule.samples = samples;
    GateWatch watch(*Condition::parse(condition), rule);
    QString verdicts;
    for (int i = 0; i < readings.size(); ++i) {
        tests::read(watch, readings[i], at(i * 10));
        switch (watch.standing(at(i * 10)).verdict) {
        case Verdict::Pass:
            verdicts += u'P';
            break;
        case Verdict::Fail:
            verdicts += u'f';
            break;
        case Verdict::Unknown:
            verdicts += u'?';
            break;
        }
    }
    return verdicts;
}

} // namespace

class TestGateWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsHowItsNumbersWent() {
        GateWatch watch(*Condition::parse(u"errors < 10%"_qs), {});
        watch.read(OneSource(Missing{u"It was not read."_qs}), at(0));
        watch.read(OneSource(Quantity{0.5, Unit::None}), at(10));
        watch.read(OneSource(Missing{u"It was not read."_qs}), at(20));
        watch.read(OneSource(Quantity{0.01, Unit::None}), at(30));
        const QList<LeafCourse> courses = watch.standing(at(30)).courses;
        QCOMPARE(courses.size(), 1);
        QCOMPARE(courses[0].expression, u"errors < 10%"_qs);
        QCOMPARE(courses[0].points, (QList<LeafCourse::Point>{
                                        {at(10), Verdict::Fail, 0.5, 0.1},
                                        {at(20), Verdict::Unknown, 0, 0},
                                        {at(30), Verdict::Pass, 0.01, 0.1},
                                    }));
        for (int i = 0; i < 2 * LeafCourse::pointsKept; ++i)
            watch.read(OneSource(Quantity{0.01, Unit::None}), at(40 + i * 10));
        QCOMPARE(watch.standing(at(40)).courses[0].points.size(), LeafCourse::pointsKept);
    }

    void standsByItsReadings_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<int>("samples");
        QTest::addColumn<QByteArray>("readings");
        QTest::addColumn<QString>("verdicts");
        const QString plain = u"errors < 10%"_qs;
        QTest::newRow("enough good ones") << plain << 3 << QByteArray("1,1,1,1") << u"??PP"_qs;
        QTest::newRow("one good moment opens nothing")
            << plain << 3 << QByteArray("50,50,1,50") << u"ffff"_qs;
        QTest::newRow("not known starts again")
            << plain << 3 << QByteArray("1,1,-,1,1,1") << u"?????P"_qs;
        QTest::newRow("a gap starts again")
            << plain << 3 << QByteArray("1,1, , , , ,1,1,1") << u"????????P"_qs;
        QTest::newRow("never on what is not known")
            << plain << 3 << QByteArray("1,1,1,-") << u"??P?"_qs;
        const QString sustained = u"errors < 10% for 2 of 3 checks"_qs;
        QTest::newRow("its own for") << sustained << 1 << QByteArray("1,50,1,50,50") << u"?fPff"_qs;
        QTest::newRow("a for does not shorten the minimum")
            << sustained << 5 << QByteArray("1,1,1,1,1") << u"????P"_qs;
        QTest::newRow("one look") << plain << 1 << QByteArray("50,1") << u"fP"_qs;
    }
    void standsByItsReadings() {
        QFETCH(QString, condition);
        QFETCH(int, samples);
        QFETCH(QByteArray, readings);
        QTEST(told(condition, samples, readings.split(',')), "verdicts");
    }

    void saysWhatItPassesOn() {
        GateRule rule;
        rule.samples = 2;
        GateWatch watch(*Condition::parse(u"errors < 10%"_qs), rule);
        QVERIFY(watch.standing(at(0)).words.contains(u"not checked"));
        for (int i = 0; i < 3; ++i)
            watch.read(OneSource(Quantity{0.01 * i, Unit::None}), at(i * 10));
        const GateStanding standing = watch.standing(at(20));
        QCOMPARE(standing.samples, 2);
        QCOMPARE(standing.newest.size(), 2);
        QCOMPARE(standing.newest.first().at, at(10));
        QVERIFY(standing.words.contains(u"errors was 2 %"));
    }
};

QTEST_GUILESS_MAIN(TestGateWatch)
#include "tst_gatewatch.moc"
