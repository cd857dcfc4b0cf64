// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/connection.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using app::Connection;
using models::ErrorCode;
using models::Result;

/// A file of ten pages of one thing.
class TestConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString path = m_folder->filePath(QStringLiteral("things.sqlite"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        m_connection = std::make_unique<Connection>(QStringLiteral("things"));
        QVERIFY(m_connection->open(path, Connection::Access::ReadWrite));
        QVERIFY(m_connection->run(QStringLiteral("PRAGMA auto_vacuum=INCREMENTAL")));
        QVERIFY(m_connection->run(QStringLiteral("CREATE TABLE things(bytes)")));
        for (int i = 0; i < 10; ++i)
            QVERIFY(m_connection->run(QStringLiteral("INSERT INTO things VALUES(?)"),
                                      {QByteArray(4096, 'x')}));
    }

    void aTransactionIsAllOrNothing() {
        const auto count = [this] {
            return m_connection->value(QStringLiteral("SELECT count(*) FROM things"))->toInt();
        };
        const auto remove = [this]() -> Result<void> {
            return m_connection->run(QStringLiteral("DELETE FROM things"))
                .map([](const QSqlQuery&) {});
        };
        const auto failed = m_connection->transaction([&]() -> Result<void> {
            return remove().and_then([]() -> Result<void> {
                return models::failure(ErrorCode::InvalidInput, QStringLiteral("no"));
            });
        });
        QCOMPARE(failed.error().code, ErrorCode::InvalidInput);
        QCOMPARE(count(), 10);
        QVERIFY(m_connection->transaction(remove));
        QCOMPARE(count(), 0);
    }

    void givesAllFreePagesBack() {
        QVERIFY(m_connection->run(QStringLiteral("DELETE FROM things")));
        QVERIFY(m_connection->value(QStringLiteral("PRAGMA freelist_count"))->toInt() >= 10);
        QVERIFY(m_connection->giveBackFreePages());
        QCOMPARE(m_connection->value(QStringLiteral("PRAGMA freelist_count"))->toInt(), 0);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Connection> m_connection;
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
