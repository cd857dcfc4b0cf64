// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/database.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using app::Database;

class TestDatabase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Each start would wait for the disk otherwise.
    void openingItAgainWritesNothing() {
        const QTemporaryDir folder;
        app::DatabaseFile file;
        file.path = folder.filePath(QStringLiteral("things/things.sqlite"));
        file.subject = QStringLiteral("things");
        file.applicationId = 7;
        file.migrations = {{1,
                            {QStringLiteral("PRAGMA application_id=7"),
                             QStringLiteral("CREATE TABLE things(bytes)")}}};
        Database first(file);
        QVERIFY(first.open());
        first.close();
        Database again(file);
        QVERIFY(again.open());
        constexpr int incremental = 2;
        QCOMPARE(again.connection().value(QStringLiteral("PRAGMA auto_vacuum"))->toInt(),
                 incremental);
        QCOMPARE(QFileInfo(file.path + QStringLiteral("-wal")).size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
