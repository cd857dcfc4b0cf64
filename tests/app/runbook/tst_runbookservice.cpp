// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbook/documentfile.h"
#include "app/runbook/runbookservice.h"
#include "tests/support/filecontent.h"
#include "tests/support/ordinaryrights.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using app::readDocument;
using app::RunbookService;
using models::ErrorCode;
using models::Result;
using models::Runbook;
using tests::replaceFile;
using tests::writeFile;

class TestRunbookService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_path = m_folder->filePath(QStringLiteral("deploy.md"));
    }

    void loads() {
        writeFile(m_path, "# Deploy\n\n- [ ] One\n");
        RunbookService service;
        QFuture<Result<Runbook>> future = service.load(m_path);
        QTRY_VERIFY(future.isFinished());
        const Result<Runbook> runbook = future.result();
        QVERIFY(runbook.has_value());
        QCOMPARE(runbook->title, QStringLiteral("Deploy"));
        QCOMPARE(runbook->source, QByteArray("# Deploy\n\n- [ ] One\n"));
    }

    void refuses_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, ErrorCode code, const char* says) {
            QTest::newRow(name) << QString::fromUtf8(name) << code << QString::fromUtf8(says);
        };
        row("missing.md", ErrorCode::NotFound, "There is no file");
        row("dangling.md", ErrorCode::NotFound, "a link to a file");
        row("folder.md", ErrorCode::InvalidInput, "is a folder");
        row("pipe.md", ErrorCode::InvalidInput, "pipe or a device");
        row("large.md", ErrorCode::InvalidInput, "larger than 1 MiB");
        row("closed.md", ErrorCode::NotReadable, "cannot be read");
    }

    void refuses() {
        QFETCH(QString, name);
        QFETCH(ErrorCode, code);
        QFETCH(QString, says);
        const auto at = [this](const char* file) {
            return m_folder->filePath(QString::fromUtf8(file));
        };
        QVERIFY(QFile::link(at("nowhere"), at("dangling.md")));
        QVERIFY(QDir().mkpath(at("folder.md")));
        QCOMPARE(::mkfifo(at("pipe.md").toLocal8Bit().constData(), 0600), 0);
        writeFile(at("large.md"), QByteArray(1024 * 1024 + 1, 'x'));
        writeFile(at("closed.md"), "x");
        QVERIFY(QFile::setPermissions(at("closed.md"), QFile::Permissions()));
        const tests::OrdinaryRights rights;
        const Result<QByteArray> bytes = readDocument(m_folder->filePath(name), 1024 * 1024);
        QVERIFY(!bytes.has_value());
        QCOMPARE(bytes.error().code, code);
        QVERIFY2(bytes.error().message.contains(says), qPrintable(bytes.error().message));
    }

    void readsUpToTheBound() {
        writeFile(m_path, QByteArray(1024, 'x'));
        QCOMPARE(readDocument(m_path, 1024)->size(), 1024);
        QVERIFY(!readDocument(m_path, 1023).has_value());
    }

    void tellsOfChanges() {
        writeFile(m_path, "# One\n");
        RunbookService service;
        QSignalSpy changed(&service, &RunbookService::runbookChanged);
        watch(service, m_path);
        writeFile(m_path, "# Two, in place\n");
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(changed[0].at(0).toString(), m_path);
        // Twice by rename: the second one shows that the watch outlives the first.
        replaceFile(m_path, "# Three\n");
        QTRY_COMPARE(changed.count(), 2);
        replaceFile(m_path, "# Four\n");
        QTRY_COMPARE(changed.count(), 3);
        QVERIFY(QFile::remove(m_path));
        QTRY_COMPARE(changed.count(), 4);
        writeFile(m_path, "# Back again\n");
        QTRY_COMPARE(changed.count(), 5);
    }

    void aSaveWithoutChangeIsNone() {
        writeFile(m_path, "# One\n");
        RunbookService service;
        QSignalSpy changed(&service, &RunbookService::runbookChanged);
        watch(service, m_path);
        replaceFile(m_path, "# One\n");
        replaceFile(m_path, "# Two\n");
        QTRY_COMPARE(changed.count(), 1);
        replaceFile(m_path, "# Two\n");
        replaceFile(m_path, "# Three\n");
        QTRY_COMPARE(changed.count(), 2);
    }

    void tellsWhatChangedBeforeTheWatch() {
        writeFile(m_path, "# One\n");
        const QString before = RunbookService::read(m_path)->sha256;
        writeFile(m_path, "# Two\n");
        RunbookService service;
        QSignalSpy changed(&service, &RunbookService::runbookChanged);
        service.watch(m_path, before);
        QTRY_COMPARE(changed.count(), 1);
    }

    void forgetsWhatIsNotWatched() {
        const QString other = m_folder->filePath(QStringLiteral("other.md"));
        writeFile(m_path, "# One\n");
        writeFile(other, "# Other\n");
        RunbookService service;
        QSignalSpy changed(&service, &RunbookService::runbookChanged);
        watch(service, m_path);
        watch(service, other);
        service.unwatch(m_path);
        replaceFile(m_path, "# Two\n");
        replaceFile(other, "# Other, changed\n");
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(changed[0].at(0).toString(), other);
    }

private:
    void watch(RunbookService& service, const QString& path) {
        const Result<Runbook> runbook = RunbookService::read(path);
        QVERIFY(runbook.has_value());
        service.watch(path, runbook->sha256);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestRunbookService)
#include "tst_runbookservice.moc"
