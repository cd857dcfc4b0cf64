// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runtitle.h"

#include <QTest>

class TestRunTitle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunIsCalledByItsRunbook() {
        app::RunSummary run;
        run.runbookPath = QStringLiteral("release.md");
        QCOMPARE(app::runTitle(run), QStringLiteral("release.md"));
        run.runbookTitle = QStringLiteral("Release the portal");
        QCOMPARE(app::runTitle(run), QStringLiteral("Release the portal"));
    }

    void aRollbackSaysOfWhich() {
        app::RunSummary run;
        run.runbookTitle = QStringLiteral("Release the portal");
        run.rollbackOf = models::RunId(QString(26, QLatin1Char('1')));
        QCOMPARE(app::runTitle(run), QStringLiteral("Rollback of Release the portal"));
    }
};

QTEST_GUILESS_MAIN(TestRunTitle)
#include "tst_runtitle.moc"
