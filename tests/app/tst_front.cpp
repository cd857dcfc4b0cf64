// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console.h"
#include "tests/support/temporaryhome.h"
#include "ui/front/lastseen.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSettings>
#include <QTest>

namespace tests {

namespace {

constexpr int patience = 60'000;
const QByteArray frontLine = "start: the last verdicts are painted\n";
const QByteArray windowLine = "start: the window is painted\n";

} // namespace

/// The program from its start to its window.
class TestFront : public QObject {
    Q_OBJECT

private:
    const TemporaryHome m_home;
    ui::LastSeen m_seen; ///< as the program kept it

    [[nodiscard]] QString path(const QString& name) const {
        const QString path = m_home.path() + u'/' + name;
        QDir().mkpath(QFileInfo(path).path());
        return path;
    }
    void write(const QString& path, const QByteArray& content) const {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    [[nodiscard]] static QString lastSeen() {
        return ui::LastSeen::pathFor(QStringLiteral("gantry"));
    }
    void keep(const QByteArray& json) const {
        QDir().mkpath(QFileInfo(lastSeen()).path());
        write(lastSeen(), json);
    }

    /// Until it has said this, or has ended; returns what it said.
    QByteArray start(QProcess& process, const QStringList& arguments, const QByteArray& line) {
        process.setReadChannel(QProcess::StandardError);
        process.start(QStringLiteral(GANTRY_PROGRAM), arguments);
        QByteArray said;
        while (!said.contains(line) && process.waitForReadyRead(patience))
            said += process.readAllStandardError();
        return said;
    }
    static void end(QProcess& process) {
        process.kill();
        process.waitForFinished(patience);
    }

    void theWindowKeepsIt() {
        QProcess process;
        const QByteArray said = start(process, {}, windowLine);
        QVERIFY(said.contains(windowLine));
        QVERIFY(!said.contains(frontLine));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(lastSeen()), patience);
        end(process);
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("GANTRY_TRACE", "start");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        const QString folder = QFileInfo(path(QStringLiteral("shop/gantry.yaml"))).path();
        // Nothing is probed: its services stand as they did, and the window says so at once.
        write(
            folder + QStringLiteral("/gantry.yaml"),
            "gantry: 1\nid: shop\nname: shop\nenvironments:\n  prod: { services: { cron: {} } }\n");
        QSettings settings(path(QStringLiteral("config/gantry/gantry.conf")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("window/workspaces"), QStringList{folder});
        settings.setValue(QStringLiteral("window/workspace"), folder);
        settings.setValue(QStringLiteral("window/page"), QStringLiteral("environments"));
        settings.sync();
        theWindowKeepsIt();
        QFile file(lastSeen());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto seen = ui::LastSeen::fromJson(file.readAll());
        QVERIFY(seen);
        m_seen = *seen;
    }
    void init() { QFile::remove(lastSeen()); }

    void whatWasSeenLastComesBeforeTheWindow() {
        keep(m_seen.toJson());
        QProcess process;
        const QByteArray said = start(process, {}, windowLine);
        QCOMPARE(said.count(frontLine), 1);
        QCOMPARE(said.count(windowLine), 1);
        QVERIFY(said.indexOf(frontLine) < said.indexOf(windowLine));
        end(process);
    }

    void withoutOneThatCanBeShownTheWindowComesAlone_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("damaged") << m_seen.toJson().chopped(20);
        ui::LastSeen seen = m_seen;
        seen.font = QStringLiteral("/nonexistent");
        QTest::newRow("its font is gone") << seen.toJson();
    }
    void withoutOneThatCanBeShownTheWindowComesAlone() {
        QFETCH(QByteArray, json);
        keep(json);
        QProcess process;
        const QByteArray said = start(process, {}, windowLine);
        QVERIFY(said.contains(windowLine));
        QVERIFY(!said.contains(frontLine));
        end(process);
    }

    /// What was seen last has nothing to do with what is asked for.
    void aCommandHasNone() {
        keep(m_seen.toJson());
        QProcess process;
        QVERIFY(!start(process, {QStringLiteral("--version")}, frontLine).contains(frontLine));
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, patience);
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput(), QByteArray("gantry " GANTRY_VERSION "\n"));
    }

    void withoutItsLibraryItSaysWhatToDo() {
        const QString alone = path(QStringLiteral("alone/gantry"));
        QVERIFY(QFile::copy(QStringLiteral(GANTRY_PROGRAM), alone));
        QProcess process;
        process.start(alone, {QStringLiteral("--version")});
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 2);
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(said.contains(app::consoleLibrary) && said.contains("Install it again"),
                 said.constData());
    }
};

} // namespace tests

QTEST_GUILESS_MAIN(tests::TestFront)
#include "tst_front.moc"
