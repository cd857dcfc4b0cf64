// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/clock.h"

#include <QTest>

class TestClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isThatOfTheSystem() {
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        const qint64 at = app::presentInstant().toDateTime().toMSecsSinceEpoch();
        const qint64 after = QDateTime::currentMSecsSinceEpoch();
        if (after < before)
            QSKIP("The system's clock was set back just now.");
        QVERIFY(before <= at && at <= after);
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
