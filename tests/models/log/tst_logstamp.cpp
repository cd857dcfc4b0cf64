// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logstamp.h"

#include <QTest>

using models::dockerStamp;
using models::Instant;
using models::leadingStamp;
using models::LogStamp;

class TestLogStamp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsDockers_data();
    void readsDockers();
    void readsALinesOwn_data();
    void readsALinesOwn();
    void readsOneAfterTheOther();
    void agreesWithQtOnEveryDay();
};

void TestLogStamp::readsDockers_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("time");
    const auto row = [](const char* bytes, const char* time) {
        QTest::newRow(bytes) << QByteArray(bytes) << QString::fromLatin1(time);
    };
    row("2024-05-01T10:20:30.123456789Z x", "2024-05-01T10:20:30.123456789Z");
    row("2024-05-01T10:20:30.1Z x", "2024-05-01T10:20:30.100000000Z");
    row("2024-05-01T10:20:30Z x", "2024-05-01T10:20:30.000000000Z");
    row("2024-05-01T10:20:30.123456789+02:00 x", "2024-05-01T08:20:30.123456789Z");
    row("2024-02-29T00:00:00.000000000-0130 x", "2024-02-29T01:30:00.000000000Z");
    row("2023-02-29T00:00:00.000000000Z x", "");
    row("2024-05-01T10:20:30.123456789Zx", "");
    row("2024-05-01T10:20:30.Z x", "");
    row("2024-05-01T10:20:30.1234567890Z x", "");
    row("2024-05-01 10:20:30.123456789Z x", "");
    row("2024-05-01T24:20:30.123456789Z x", "");
    row("2024-05-01T10:20:30.123456789Z", "");
    row("0001-01-01T00:00:00.000000000Z x", "");
    row("", "");
}

void TestLogStamp::readsDockers() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, time);
    const LogStamp stamp = dockerStamp(bytes);
    QCOMPARE(stamp.time, Instant::fromString(time));
    QCOMPARE(stamp.length, time.isEmpty() ? 0 : bytes.size() - 1);
}

void TestLogStamp::readsALinesOwn_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("time");
    const auto row = [](const char* bytes, const char* time) {
        QTest::newRow(bytes) << QByteArray(bytes) << QString::fromLatin1(time);
    };
    row("2024-05-01 10:20:30,123 - INFO", "2024-05-01T10:20:30.123000000Z");
    row("2024/05/01 10:20:30 [error]", "2024-05-01T10:20:30.000000000Z");
    row("[2024-05-01T10:20:30Z INFO]", "2024-05-01T10:20:30.000000000Z");
    row("[2024-05-01 10:20:30 +0200] x", "2024-05-01T08:20:30.000000000Z");
    row("2024-05-01T10:20:30.5+02:00", "2024-05-01T08:20:30.500000000Z");
    row("2024-05-01T10:20:30.123456789Z x", "2024-05-01T10:20:30.123456789Z");
    row("2024-05-01T10:20:30.12345678xZ", "2024-05-01T10:20:30.123456780Z");
    row("2024-05-01T10:20:30.1x3456789Z", "2024-05-01T10:20:30.100000000Z");
    row("2024-05-01T10:20:30.123456789+02:00", "2024-05-01T08:20:30.123456789Z");
    row("2024-05-01 10:20:30 - x", "2024-05-01T10:20:30.000000000Z");
    row("2024-05-01 10:20:30.123456 UTC [7] LOG", "2024-05-01T10:20:30.123456000Z");
    row("2024-05-01", "");
    row("at 2024-05-01 10:20:30", "");
    row("2024-05/01 10:20:30", "");
}

void TestLogStamp::readsALinesOwn() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, time);
    QCOMPARE(leadingStamp(bytes).time, Instant::fromString(time));
}

/// What one line shares with the one before is not read again.
void TestLogStamp::readsOneAfterTheOther() {
    models::LeadingStampReader reader;
    for (const char* seconds : {"30", "31", "60", "61", "3x", "00"}) {
        for (const char* fraction : {".123456789", ".000000000", ".12345678x", ".1234567890",
                                     ".123", ",123456789", "", ".12345x789"}) {
            for (const char* zone : {"Z", "z", "+02:00", " ", "Z text", "Zone"}) {
                const QByteArray text = QByteArray("2024-05-01T10:20:") + seconds + fraction + zone;
                for (const QByteArray& line : {text, '[' + text + "] x"})
                    QVERIFY2(reader.read(line) == leadingStamp(line), line.constData());
            }
        }
    }
    QCOMPARE(reader.read("2024-05-01T10:20:30.123456789Z").time,
             Instant::fromString(QStringLiteral("2024-05-01T10:20:30.123456789Z")));
}

void TestLogStamp::agreesWithQtOnEveryDay() {
    for (QDate day(1970, 1, 2); day.year() < 2262;
         day = day.addDays(day.year() % 4 == 0 ? 1 : 13)) {
        const QByteArray bytes = day.toString(Qt::ISODate).toLatin1() + "T01:02:03Z ";
        const qint64 seconds = QDateTime(day, QTime(1, 2, 3), Qt::UTC).toSecsSinceEpoch();
        QCOMPARE(dockerStamp(bytes).time.nanoseconds, seconds * 1'000'000'000);
    }
}

QTEST_GUILESS_MAIN(TestLogStamp)
#include "tst_logstamp.moc"
