// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/workspaceservice.h"

#include "tests/support/filecontent.h"
#include "tests/support/ordinaryrights.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using app::WorkspaceService;
using models::ErrorCode;
using models::Result;
using models::Workspace;
using tests::replaceFile;
using tests::writeFile;

namespace {

const QByteArray declared = "gantry: 1\nid: portal\nname: Portal\nrunbooks: [ runbooks/*.md ]\n"
                            "environments: { dev: {}, prod: { protected: true } }\n";

} // namespace

class TestWorkspaceService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void opensADeclaredFolder() {
        writeFile(at("gantry.yaml"), declared);
        writeFile(at("runbooks/deploy.md"), "# Deploy\n\n- [ ] One\n");
        writeFile(at("README.md"), "# Not a runbook here\n");
        for (const QString& path : {m_folder->path(), at("gantry.yaml")}) {
            WorkspaceService service;
            QFuture<Result<Workspace>> future = service.open(path);
            QTRY_VERIFY(future.isFinished());
            const Result<Workspace> workspace = future.result();
            QVERIFY(workspace.has_value());
            QCOMPARE(workspace->root, m_folder->path());
            QCOMPARE(workspace->id, QStringLiteral("portal"));
            QCOMPARE(workspace->runbooks, QStringList{QStringLiteral("runbooks/deploy.md")});
            QCOMPARE(workspace->environments.size(), 2);
            QVERIFY(workspace->diagnostics.isEmpty());
            QVERIFY(!workspace->isLoneFile);
        }
    }

    void opensAPlainFolder() {
        writeFile(at("b.md"), "# B\n");
        writeFile(at("A.MD"), "# A\n");
        writeFile(at("below/c.md"), "# C\n");
        const Result<Workspace> workspace = WorkspaceService::read(m_folder->path());
        QVERIFY(workspace.has_value());
        QCOMPARE(workspace->runbooks, QStringList{QStringLiteral("b.md")});
        QCOMPARE(workspace->environments.size(), 1);
        QCOMPARE(workspace->environments[0].name, QStringLiteral("local"));
        QCOMPARE(workspace->id.size(), 16);
        QCOMPARE(workspace->name, QFileInfo(m_folder->path()).fileName());
        QVERIFY(workspace->diagnostics.isEmpty());
    }

    void opensALoneFile() {
        writeFile(at("one.md"), "# One\n");
        writeFile(at("two.md"), "# Two\n");
        const Result<Workspace> workspace = WorkspaceService::read(at("one.md"));
        QVERIFY(workspace.has_value());
        QVERIFY(workspace->isLoneFile);
        QCOMPARE(workspace->runbooks, QStringList{QStringLiteral("one.md")});
        QCOMPARE(workspace->name, QStringLiteral("one"));
        QVERIFY(workspace->id != WorkspaceService::read(at("two.md"))->id);
    }

    void opensAListedFileInItsWorkspace() {
        writeFile(at("portal/gantry.yaml"), "gantry: 1\nname: Portal\nrunbooks: [ books/*.md ]\n");
        writeFile(at("portal/books/a.md"), "# A\n");
        writeFile(at("portal/other/b.md"), "# B\n");
        const Result<Workspace> listed = WorkspaceService::read(at("portal/books/a.md"));
        QVERIFY(listed.has_value());
        QVERIFY(!listed->isLoneFile);
        QCOMPARE(listed->name, QStringLiteral("Portal"));
        QCOMPARE(listed->root, at("portal"));
        QCOMPARE(*listed, *WorkspaceService::read(at("portal")));
        const Result<Workspace> other = WorkspaceService::read(at("portal/other/b.md"));
        QVERIFY(other.has_value());
        QVERIFY(other->isLoneFile);
    }

    void opensABrokenFile() {
        writeFile(at("gantry.yaml"), "gantry: 1\nname: Portal\nenvironments: {\n");
        writeFile(at("runbooks/a.md"), "# A\n");
        const Result<Workspace> workspace = WorkspaceService::read(m_folder->path());
        QVERIFY(workspace.has_value());
        QCOMPARE(workspace->name, QStringLiteral("Portal"));
        QCOMPARE(workspace->runbooks, QStringList{QStringLiteral("runbooks/a.md")});
        QVERIFY(!workspace->diagnostics.isEmpty());
    }

    void opensAFileThatIsTooLarge() {
        writeFile(at("gantry.yaml"), QByteArray(2 * 1024 * 1024, '#'));
        const Result<Workspace> workspace = WorkspaceService::read(m_folder->path());
        QVERIFY(workspace.has_value());
        QCOMPARE(workspace->diagnostics.size(), 1);
        QVERIFY(workspace->diagnostics[0].message.contains(QStringLiteral("larger than 1 MiB")));
    }

    void refusesWhatItCannotRead_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("nothing") << QString() << ErrorCode::InvalidInput;
        QTest::newRow("missing") << QStringLiteral("gone.md") << ErrorCode::NotFound;
        QTest::newRow("dangling link") << QStringLiteral("dangling.md") << ErrorCode::NotFound;
        QTest::newRow("pipe") << QStringLiteral("pipe.md") << ErrorCode::InvalidInput;
        QTest::newRow("other YAML") << QStringLiteral("other.yml") << ErrorCode::InvalidInput;
    }

    void refusesWhatItCannotRead() {
        QFETCH(QString, path);
        QFETCH(ErrorCode, code);
        writeFile(at("other.yml"), "a: 1\n");
        QVERIFY(QFile::link(at("nowhere.md"), at("dangling.md")));
        QCOMPARE(::mkfifo(at("pipe.md").toLocal8Bit().constData(), 0600), 0);
        const QString whole = path.isEmpty() ? path : m_folder->filePath(path);
        const Result<Workspace> workspace = WorkspaceService::read(whole);
        QVERIFY(!workspace.has_value());
        QCOMPARE(workspace.error().code, code);
        QVERIFY(!workspace.error().message.isEmpty());
    }

    void refusesAFolderWithoutPermission() {
        const tests::OrdinaryRights rights;
        const QString folder = at("closed");
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile::setPermissions(folder, QFile::Permissions()));
        const Result<Workspace> workspace = WorkspaceService::read(folder);
        QVERIFY(
            QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(!workspace.has_value());
        QCOMPARE(workspace.error().code, ErrorCode::NotReadable);
    }

    void trustsCommandsOfRunbooks() {
        writeFile(at("gantry.yaml"), declared);
        writeFile(at("runbooks/a.md"), "# A\n\n- [ ] One\n\n  ```sh\n  true\n  ```\n");
        const QString before = WorkspaceService::read(m_folder->path())->trustHash;
        QCOMPARE(before.size(), 64);
        writeFile(at("runbooks/a.md"),
                  "# A\n\nMore words.\n\n- [ ] One\n\n  ```sh\n  true\n  ```\n");
        QCOMPARE(WorkspaceService::read(m_folder->path())->trustHash, before);
        writeFile(at("runbooks/a.md"), "# A\n\n- [ ] One\n\n  ```sh\n  false\n  ```\n");
        QVERIFY(WorkspaceService::read(m_folder->path())->trustHash != before);
    }

    void remembersTheRecentOnes() {
        WorkspaceService service;
        QSignalSpy changed(&service, &WorkspaceService::recentChanged);
        for (int i = 0; i < 15; ++i)
            service.addRecent(QStringLiteral("/tmp/workspace-%1").arg(i));
        QCOMPARE(service.recent().size(), 12);
        QCOMPARE(service.recent().first(), QStringLiteral("/tmp/workspace-14"));
        service.addRecent(QStringLiteral("/tmp/workspace-10/"));
        QCOMPARE(service.recent().first(), QStringLiteral("/tmp/workspace-10"));
        QCOMPARE(service.recent().size(), 12);
        service.removeRecent(QStringLiteral("/tmp/workspace-10"));
        QCOMPARE(service.recent().size(), 11);
        QCOMPARE(changed.count(), 17);
        service.removeRecent(QStringLiteral("/tmp/never"));
        QCOMPARE(changed.count(), 17);
    }

    void forgetsTheRecentOnesWhereItIsToldTo() {
        const QString path = QStringLiteral("/tmp/workspace-tried");
        {
            WorkspaceService service(WorkspaceService::Recent::Forgotten);
            service.addRecent(path);
            QCOMPARE(service.recent().value(0), path);
        }
        QVERIFY(!WorkspaceService().recent().contains(path));
    }

    void keepsTheRecentOnes() {
        QStringList kept;
        {
            WorkspaceService service;
            service.addRecent(QStringLiteral("/tmp/one"));
            service.addRecent(QStringLiteral("/tmp/two"));
            service.addRecent(QStringLiteral("/tmp/three"));
            service.removeRecent(QStringLiteral("/tmp/two"));
            kept = service.recent();
        }
        QCOMPARE(kept.mid(0, 2),
                 (QStringList{QStringLiteral("/tmp/three"), QStringLiteral("/tmp/one")}));
        QCOMPARE(WorkspaceService().recent(), kept);
    }

    void tellsOfChanges() {
        writeFile(at("gantry.yaml"), declared);
        writeFile(at("runbooks/a.md"), "# A\n");
        WorkspaceService service;
        QSignalSpy changed(&service, &WorkspaceService::workspaceChanged);
        service.watch(*WorkspaceService::read(m_folder->path()));
        // Twice by rename: the second one shows that the watch outlives the first.
        for (const char* name : {"Second", "Third"}) {
            replaceFile(at("gantry.yaml"), QByteArray(declared).replace("Portal", name));
            QTRY_COMPARE(changed.count(), 1);
            QCOMPARE(changed.takeFirst().at(0).toString(), m_folder->path());
        }
        writeFile(at("runbooks/b.md"), "# B\n");
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(QFile::remove(at("runbooks/b.md")));
        QTRY_COMPARE(changed.count(), 2);
        QVERIFY(QFile::remove(at("gantry.yaml")));
        QTRY_COMPARE(changed.count(), 3);
        replaceFile(at("gantry.yaml"), declared);
        QTRY_COMPARE(changed.count(), 4);
    }

    void tellsWhatChangedBeforeTheWatch() {
        writeFile(at("gantry.yaml"), declared);
        const Result<Workspace> workspace = WorkspaceService::read(m_folder->path());
        replaceFile(at("gantry.yaml"), QByteArray(declared).replace("Portal", "Other"));
        WorkspaceService service;
        QSignalSpy changed(&service, &WorkspaceService::workspaceChanged);
        service.watch(*workspace);
        QTRY_COMPARE(changed.count(), 1);
    }

    void tellsThatAFolderVanishedAndCameBack() {
        writeFile(at("inner/gantry.yaml"), declared);
        WorkspaceService service;
        QSignalSpy changed(&service, &WorkspaceService::workspaceChanged);
        service.watch(*WorkspaceService::read(at("inner")));
        QVERIFY(QDir(at("inner")).removeRecursively());
        QTRY_COMPARE(changed.count(), 1);
        writeFile(at("inner/gantry.yaml"), declared);
        QTRY_VERIFY(changed.count() >= 2);
    }

private:
    [[nodiscard]] QString at(const char* relative) const {
        return m_folder->filePath(QString::fromUtf8(relative));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestWorkspaceService test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_workspaceservice.moc"
