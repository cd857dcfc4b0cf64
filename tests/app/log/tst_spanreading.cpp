// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/spanreading.h"

#include <QTest>

using app::LogOpening;
using app::LogTimeSpan;
using app::SpanReading;

namespace {

const LogTimeSpan span{{20'000'000'000}, {30'000'000'000}};

} // namespace

class TestSpanReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensTheSpanAndNoLater() {
        LogOpening opening;
        opening.tail = 500;
        SpanReading(span).narrow(opening);
        QCOMPARE(*opening.since, span.from);
        QCOMPARE(*opening.until, span.until);
        QCOMPARE(opening.tail, -1);
        QCOMPARE(opening.extent, LogOpening::Extent::UntilNow);
    }

    /// Behind a cut line.
    void goesOnFromWhereItWasReadTo() {
        LogOpening opening;
        opening.since = models::Instant{22'000'000'000};
        SpanReading(span).narrow(opening);
        QCOMPARE(*opening.since, models::Instant{22'000'000'000});
        QCOMPARE(*opening.until, span.until);
    }

    void saysWhatItWas() {
        SpanReading reading(span);
        QCOMPARE(reading.remark().text, app::logwords::spanEmpty(span).text);
        QCOMPARE(reading.take("no end of a line"), QByteArray("no end of a line"));
        QCOMPARE(reading.remark().text, app::logwords::spanRead(span).text);
    }

    void takesWholeLinesUpToTheMost() {
        SpanReading reading(span);
        const QByteArray nearly = QByteArray("x\n").repeated(SpanReading::most - 1);
        QCOMPARE(reading.take(nearly), nearly);
        // A line counts when it ends, in whatever parts it comes.
        QCOMPARE(reading.take("la"), QByteArray("la"));
        QVERIFY(!reading.isCutShort());
        QCOMPARE(reading.take("st\nleft out\n"), QByteArray("st\n"));
        QVERIFY(reading.isCutShort());
        QCOMPARE(reading.take("more\n"), QByteArray());
        QCOMPARE(reading.remark().text, app::logwords::spanCutShort(SpanReading::most).text);
    }

    void theMostAndNoMoreIsNotCutShort() {
        SpanReading reading(span);
        (void)reading.take(QByteArray("x\n").repeated(SpanReading::most));
        QVERIFY(!reading.isCutShort());
        QCOMPARE(reading.remark().text, app::logwords::spanRead(span).text);
    }
};

QTEST_GUILESS_MAIN(TestSpanReading)
#include "tst_spanreading.moc"
