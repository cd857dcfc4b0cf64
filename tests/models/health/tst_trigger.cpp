// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/trigger.h"
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

Trigger failing(const QString& clear = {}) {
    return {u"connections failing"_qs, u"connection_success < 70% for 2 checks"_qs, clear, 10s};
}

/// A reading each ten seconds, as tests::read() takes them.
QString told(const Trigger& trigger, const QByteArrayList& readings) {
    TriggerWatch watch = *TriggerWatch::make(trigger);
    QString states;
    for (int i = 0; i < readings.size(); ++i) {
        tests::read(watch, readings[i], at(i * 10));
        switch (watch.state(at(i * 10))) {
        case TriggerState::Holds:
            states += u'H';
            break;
        case TriggerState::Unknown:
            states += u'?';
            break;
        case TriggerState::Clear:
            states += u'c';
            break;
        }
    }
    return states;
}

} // namespace

class TestTrigger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsAndClears_data() {
        QTest::addColumn<QString>("clear");
        QTest::addColumn<QByteArrayList>("readings");
        QTest::addColumn<QString>("states");
        const auto row = [](const char* name, const QString& clear, const QByteArray& readings,
                            const QString& states) {
            QTest::newRow(name) << clear << readings.split(',') << states;
        };
        row("good", {}, "99,98,97", u"ccc"_qs);
        row("one check is not two", {}, "99,50,99", u"ccc"_qs);
        row("two are", {}, "99,50,60,99", u"ccHc"_qs);
        row("what is not known never holds", {}, "-,-,-", u"???"_qs);
        row("and does not end it", {}, "50,60,-,-,99", u"?HHHc"_qs);
        row("a gap does not either", {}, "50,60, , , , ,99", u"?HHHHHc"_qs);
        row("another threshold for the way back", u"connection_success > 90%"_qs,
            "50,60,80,85,95,80", u"?HHHcc"_qs);
        row("which is not known", u"connection_success > 90%"_qs, "50,60,-,-,95", u"?HHHc"_qs);
    }
    void holdsAndClears() {
        QFETCH(QString, clear);
        QFETCH(QByteArrayList, readings);
        QTEST(told(failing(clear), readings), "states");
    }

    void saysTheNumbers() {
        TriggerWatch watch = *TriggerWatch::make(failing());
        watch.read(OneSource(Quantity{0.5, Unit::None}), at(0));
        watch.read(OneSource(Quantity{0.64, Unit::None}), at(10));
        QCOMPARE(watch.words(at(10)), u"connection_success was 64 %; limit 70%"_qs);
        QVERIFY(watch.words(at(600)).contains(u"last checked"));
    }

    void refusesWhatIsNoCondition() {
        QVERIFY(!TriggerWatch::make({u"a"_qs, u"p95 ="_qs, {}, 10s}));
        QVERIFY(!TriggerWatch::make({u"a"_qs, u"x > 1"_qs, u"x <"_qs, 10s}));
    }
};

QTEST_GUILESS_MAIN(TestTrigger)
#include "tst_trigger.moc"
