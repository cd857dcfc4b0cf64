// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/firstworkspace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

class TestFirstWorkspace : public QObject {
    Q_OBJECT

    static QByteArray contentOf(const QString& path) {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("not to be read");
    }

private Q_SLOTS:
    void aFolderIsMadeWhereItIsMissing() {
        const QString folder = m_folder.filePath(QStringLiteral("new/one"));
        const auto made = app::writeFirstFile(folder, "gantry: 1\n");
        QVERIFY(made);
        QCOMPARE(*made, folder);
        QCOMPARE(contentOf(folder + QStringLiteral("/gantry.yaml")), "gantry: 1\n");
    }

    void whatIsThereStays() {
        const QString folder = m_folder.filePath(QStringLiteral("old"));
        QVERIFY(app::writeFirstFile(folder, "gantry: 1\nname: Old\n"));
        const auto again = app::writeFirstFile(folder, "gantry: 1\nname: New\n");
        QVERIFY(!again);
        QCOMPARE(again.error().code, models::ErrorCode::Refused);
        QCOMPARE(contentOf(folder + QStringLiteral("/gantry.yaml")), "gantry: 1\nname: Old\n");
    }

    void aLinkIsNotFollowed() {
        const QString folder = m_folder.filePath(QStringLiteral("linked"));
        const QString other = m_folder.filePath(QStringLiteral("other.yaml"));
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile::link(other, folder + QStringLiteral("/gantry.yaml")));
        const auto made = app::writeFirstFile(folder, "gantry: 1\n");
        QVERIFY(!made);
        QCOMPARE(made.error().code, models::ErrorCode::Refused);
        QVERIFY(!QFile::exists(other));
    }

    void aFileIsNoFolder() {
        const QString path = m_folder.filePath(QStringLiteral("file"));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        const auto made = app::writeFirstFile(path, "gantry: 1\n");
        QVERIFY(!made);
        QCOMPARE(made.error().code, models::ErrorCode::NotWritable);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestFirstWorkspace)
#include "tst_firstworkspace.moc"
