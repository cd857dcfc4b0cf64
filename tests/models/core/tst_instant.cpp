// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"

#include <QTest>

#include <ctime>
#include <limits>

using models::Instant;

namespace {
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
} // namespace

class TestInstant : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        // A zone that puts its clocks forward: moments here are UTC and know nothing of it.
        qputenv("TZ", "Europe/Berlin");
        tzset();
    }

    void textOfAMoment_data() {
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("1970") << qint64(0) << u"1970-01-01T00:00:00.000000000Z"_qs;
        QTest::newRow("one before") << qint64(-1) << u"1969-12-31T23:59:59.999999999Z"_qs;
        QTest::newRow("a second before")
            << qint64(-1'000'000'000) << u"1969-12-31T23:59:59.000000000Z"_qs;
        QTest::newRow("now about")
            << qint64(1'774'751'400'000'000'001) << u"2026-03-29T02:30:00.000000001Z"_qs;
        QTest::newRow("largest") << qint64(largest) << u"2262-04-11T23:47:16.854775807Z"_qs;
        QTest::newRow("smallest") << qint64(smallest) << u"1677-09-21T00:12:43.145224192Z"_qs;
    }
    void textOfAMoment() {
        QFETCH(qint64, nanoseconds);
        QFETCH(QString, text);
        QCOMPARE(Instant{nanoseconds}.toString(), text);
        const Instant read = Instant::fromString(text);
        // The two years that are not whole in 64 bits are not read.
        const bool isWhole = text >= u"1678"_qs && text < u"2262"_qs;
        QCOMPARE(read.nanoseconds, isWhole ? nanoseconds : 0);
    }

    void firstAndLastThatAreRead() {
        const QString first = u"1678-01-01T00:00:00.000000000Z"_qs;
        const QString last = u"2261-12-31T23:59:59.999999999Z"_qs;
        QCOMPARE(Instant::fromString(first).toString(), first);
        QCOMPARE(Instant::fromString(last).toString(), last);
        QVERIFY(Instant::fromString(first) < Instant{});
        QVERIFY(Instant::fromString(last) > Instant{});
    }

    void whatIsNoMomentIsNull_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "2026-03-29", "2026-03-29T02:30:00Z", "2026-03-29T02:30:00.000000001",
              "2026-03-29T02:30:00.000000001+", "2026-03-29T02:30:00.00000000xZ",
              "2026-03-29T02:30:00.+00000001Z", "2026-03-29T02:30:00.-00000001Z",
              "2026-03-29T02:30:00. 0000001 Z", "2026-13-29T02:30:00.000000001Z",
              "2026-02-30T02:30:00.000000001Z", "2026-03-29T24:30:00.000000001Z",
              "2026-03-29 02:30:00.000000001Z", "0000-00-00T00:00:00.000000000Z",
              "0001-01-01T00:00:00.000000000Z", "9999-12-31T23:59:59.999999999Z",
              "-999-12-31T23:59:59.999999999Z"})
            QTest::newRow(*text ? text : "nothing") << QString::fromLatin1(text);
    }
    void whatIsNoMomentIsNull() {
        QFETCH(QString, text);
        QVERIFY(Instant::fromString(text).isNull());
    }
};

QTEST_APPLESS_MAIN(TestInstant)
#include "tst_instant.moc"
