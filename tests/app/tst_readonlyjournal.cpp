// SPDX-License-Identifier: GPL-3.0-or-later
// Commands where the journal can be read and not be written.
#include "app/journal/journaloptions.h"
#include "tests/support/filecontent.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <linux/capability.h>
#include <sys/prctl.h>

namespace {

struct Outcome {
    int status = -1;
    QString out;
    QString err;
};

/// Permissions of files hold for what is started, also where root runs the tests.
void layRightsDown() {
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
}

} // namespace

class TestReadOnlyJournal : public QObject {
    Q_OBJECT

private:
    const tests::TemporaryHome m_home;
    const QString m_folder = app::JournalOptions::defaultFolder();

    [[nodiscard]] Outcome gantry(const QStringList& arguments) const {
        QProcess process;
        process.setWorkingDirectory(m_home.path());
        process.setChildProcessModifier(layRightsDown);
        process.start(QStringLiteral(GANTRY_PROGRAM), arguments);
        if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    void setWritable(bool isWritable) const {
        const auto owner = isWritable ? QFile::ReadOwner | QFile::WriteOwner : QFile::ReadOwner;
        const QDir folder(m_folder);
        for (const QString& name : folder.entryList(QDir::Files))
            QVERIFY(QFile::setPermissions(folder.filePath(name), owner));
        QVERIFY(QFile::setPermissions(m_folder, owner | QFile::ExeOwner));
    }

private Q_SLOTS:
    void initTestCase() {
        qunsetenv("DISPLAY");
        qunsetenv("QT_QPA_PLATFORM");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        tests::writeFile(m_home.path() + u"/good.md"_qs,
                         "# Good\n\n## Steps\n\n- [ ] Greet\n  ```sh\n  echo hello\n  ```\n");
        const Outcome first = gantry({u"run"_qs, u"good.md"_qs, u"--unattended"_qs});
        QVERIFY2(first.status == 0, qPrintable(first.err));
        setWritable(false);
    }
    void cleanupTestCase() { setWritable(true); }

    void nothingRunsAndItIsSaidOnce() {
        const Outcome run = gantry({u"run"_qs, u"good.md"_qs, u"--unattended"_qs});
        QCOMPARE(run.status, 1);
        QVERIFY2(run.err.count(u"cannot be written"_qs) == 1, qPrintable(run.err));
        QVERIFY(!run.out.contains(u"hello"_qs));
    }

    void whatIsThereIsListed() {
        const Outcome runs = gantry({u"runs"_qs});
        QCOMPARE(runs.status, 0);
        QVERIFY2(runs.out.contains(u"Good"_qs), qPrintable(runs.out));
        QVERIFY2(runs.err.count(u"cannot be written"_qs) == 1, qPrintable(runs.err));
    }
};

QTEST_GUILESS_MAIN(TestReadOnlyJournal)
#include "tst_readonlyjournal.moc"
