// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"

#include <QApplication>
#include <QTest>

using namespace std::chrono_literals;

namespace tests {

class TestTimeFormat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void ages_data();
    void ages();
    void timesCarryTheirZone();
    void partsAreInTheShownZone();
};

void TestTimeFormat::durations_data() {
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("words");
    const auto row = [](qint64 ms, const char* words) {
        QTest::addRow("%lld", static_cast<long long>(ms)) << ms << QString::fromLatin1(words);
    };
    row(-5, "0 ms");
    row(0, "0 ms");
    row(840, "840 ms");
    row(1000, "1 s");
    row(59'999, "59 s");
    row(245'000, "4 min 05 s");
    row(7'620'000, "2 h 07 min");
    row(273'600'000, "3 d 4 h");
}

void TestTimeFormat::durations() {
    QFETCH(qint64, ms);
    QTEST(ui::formatDuration(std::chrono::milliseconds(ms)), "words");
}

void TestTimeFormat::ages_data() {
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("to come") << qint64(-30) << QStringLiteral("now");
    QTest::newRow("now") << qint64(0) << QStringLiteral("now");
    QTest::newRow("seconds") << qint64(12) << QStringLiteral("12 s ago");
    QTest::newRow("minutes") << qint64(250) << QStringLiteral("4 min ago");
    QTest::newRow("hours") << qint64(3 * 3600) << QStringLiteral("3 h ago");
    QTest::newRow("days") << qint64(5 * 86400) << QStringLiteral("5 d ago");
}

void TestTimeFormat::ages() {
    QFETCH(qint64, seconds);
    const models::Instant now = models::Instant{1'800'000'000'000'000'000};
    QTEST(ui::formatAge({now.nanoseconds - seconds * 1'000'000'000}, now), "words");
}

void TestTimeFormat::timesCarryTheirZone() {
    const models::Instant at{1'795'269'731'000'000'000}; // 2026-11-21 14:02:11 UTC
    QCOMPARE(ui::formatTime(at), QStringLiteral("14:02:11 UTC"));
    QCOMPARE(ui::formatDateTime(at), QStringLiteral("2026-11-21 14:02 UTC"));
    QCOMPARE(ui::formatSpan(at, {at.nanoseconds + 3'600'000'000'000}),
             QStringLiteral("2026-11-21 14:02 to 15:02 UTC"));
    QCOMPARE(ui::formatSpan(at, {at.nanoseconds + 36'000'000'000'000}),
             QStringLiteral("2026-11-21 14:02 to 2026-11-22 00:02 UTC"));
    QCOMPARE(ui::formatTime({}), QString());
    ui::Theme::instance().setTimeDisplay(ui::TimeDisplay::Local);
    QCOMPARE(ui::formatTime(at), QStringLiteral("16:02:11 EET"));
    ui::Theme::instance().setTimeDisplay(ui::TimeDisplay::Utc);
}

void TestTimeFormat::partsAreInTheShownZone() {
    const models::Instant at{1'795'300'331'250'000'000}; // 2026-11-21 22:32:11.250 UTC
    QCOMPARE(ui::formatDate(at), QStringLiteral("2026-11-21"));
    QCOMPARE(ui::formatClock(at), QStringLiteral("22:32:11.250"));
    QCOMPARE(ui::zoneName(at), QStringLiteral("UTC"));
    QCOMPARE(ui::shownZone(), QTimeZone::utc());
    QCOMPARE(ui::shownTime(at), at.toDateTime());
    ui::Theme::instance().setTimeDisplay(ui::TimeDisplay::Local);
    QCOMPARE(ui::formatDate(at), QStringLiteral("2026-11-22"));
    QCOMPARE(ui::formatClock(at), QStringLiteral("00:32:11.250"));
    QCOMPARE(ui::zoneName(at), QStringLiteral("EET"));
    QCOMPARE(ui::shownZone().id(), QByteArray("Europe/Helsinki"));
    QCOMPARE(ui::shownTime(at).date(), QDate(2026, 11, 22));
    ui::Theme::instance().setTimeDisplay(ui::TimeDisplay::Utc);
    QCOMPARE(ui::formatDate({}) + ui::formatClock({}) + ui::zoneName({}), QString());
    QVERIFY(!ui::shownTime({}).isValid());
}

} // namespace tests

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    qputenv("TZ", "Europe/Helsinki");
    QApplication application(argc, argv);
    tests::TestTimeFormat test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_timeformat.moc"
