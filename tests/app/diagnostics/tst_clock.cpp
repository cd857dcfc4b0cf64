// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/clock.h"

#include <QTest>

class TestClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isThatOfTheSystem() {
        qint64 before = 0;
        qint64 at = 0;
        qint64 after = 0;
        do { // again where the clock was set back in between, which says nothing of the function
            before = QDateTime::currentMSecsSinceEpoch();
            at = app::presentInstant().toDateTime().toMSecsSinceEpoch();
            after = QDateTime::currentMSecsSinceEpoch();
        } while (after < before);
        QVERIFY(before <= at && at <= after);
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
