// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logmoment.h"

#include <QTest>

using models::Instant;
using models::MomentFrame;

namespace {

Instant utc(const char* text) {
    return Instant::fromString(QString::fromLatin1(text) + QStringLiteral(".000000000Z"));
}

} // namespace

class TestLogMoment : public QObject {
    Q_OBJECT

private:
    MomentFrame m_frame{utc("2026-11-21T10:00:00"), utc("2026-11-20T13:00:00"),
                        utc("2026-11-18T08:00:00"), utc("2026-11-20T14:30:00"), QTimeZone::utc()};

private Q_SLOTS:
    void understands_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("moment");
        const auto row = [](const char* text, const char* moment) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(moment);
        };
        row("14:02", "2026-11-20T14:02:00.000000000Z");
        row(" 9:05 ", "2026-11-20T09:05:00.000000000Z");
        row("14:02:11.5", "2026-11-20T14:02:11.500000000Z");
        row("14:02:11,000000001", "2026-11-20T14:02:11.000000001Z");
        row("15:00", "2026-11-19T15:00:00.000000000Z"); // later than the last line
        row("14:30", "2026-11-20T14:30:00.000000000Z");
        row("2026-11-20 14:02", "2026-11-20T14:02:00.000000000Z");
        row("2026-11-20T14:02:03Z", "2026-11-20T14:02:03.000000000Z");
        row("2026-1-2", "2026-01-02T00:00:00.000000000Z");
        row("-5m", "2026-11-20T12:55:00.000000000Z");
        row("+1h30m", "2026-11-20T14:30:00.000000000Z");
        row("- 2 days 1 hour", "2026-11-18T12:00:00.000000000Z");
        row("-250ms", "2026-11-20T12:59:59.750000000Z");
        row("10 min ago", "2026-11-21T09:50:00.000000000Z");
        row("1h 5m ago", "2026-11-21T08:55:00.000000000Z");
        row("Now", "2026-11-21T10:00:00.000000000Z");
    }
    void understands() {
        QFETCH(QString, text);
        const auto moment = models::momentOf(text, m_frame);
        QVERIFY2(moment, qPrintable(moment ? QString() : moment.error().message));
        QTEST(moment->toString(), "moment");
    }

    void saysWhatItDoesNotUnderstand_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "noon", "25:00", "14:60", "14", "2026-13-01",
                                 "2026-02-30 10:00", "-5", "-5 parsecs", "ago", "5 ago",
                                 "9999-01-01", "-99999999999999999999d", "14:02 pm", "2026-11-20x"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void saysWhatItDoesNotUnderstand() {
        QFETCH(QString, text);
        const auto moment = models::momentOf(text, m_frame);
        QVERIFY(!moment);
        QVERIFY(moment.error().message.contains(u'"' + text + u'"'));
    }

    void zonesCount() {
        m_frame.zone = QTimeZone(3600);
        QCOMPARE(models::momentOf(QStringLiteral("14:02"), m_frame), utc("2026-11-20T13:02:00"));
        QCOMPARE(models::momentOf(QStringLiteral("14:02Z"), m_frame), utc("2026-11-20T14:02:00"));
        QCOMPARE(models::momentOf(QStringLiteral("2026-11-20 00:30"), m_frame),
                 utc("2026-11-19T23:30:00"));
        // The day of the last line there is the next one already.
        m_frame.last = utc("2026-11-20T23:30:00");
        QCOMPARE(models::momentOf(QStringLiteral("00:10"), m_frame), utc("2026-11-20T23:10:00"));
        m_frame.zone = QTimeZone::utc();
    }

    /// Where the log begins behind the same time of the day before, that would be of no use.
    void staysOnTheDayWhereThereIsNoOther() {
        m_frame.first = utc("2026-11-20T08:00:00");
        QCOMPARE(models::momentOf(QStringLiteral("15:00"), m_frame), utc("2026-11-20T15:00:00"));
    }
};

QTEST_GUILESS_MAIN(TestLogMoment)
#include "tst_logmoment.moc"
