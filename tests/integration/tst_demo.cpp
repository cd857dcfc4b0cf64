// SPDX-License-Identifier: GPL-3.0-or-later
// The program on its demo host: our SSH client, the supervisor and the streams, all of them real.
#include "tests/support/filecontent.h"
#include "tests/support/program.h"
#include "tests/support/temporaryhome.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <memory>

using namespace tests;

namespace {

constexpr int patience = 60'000;

} // namespace

class TestDemo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWorkspacesAreSound_data();
    void theWorkspacesAreSound();
    void aDeploymentThatDoesNotTakeIsSeen();
    void aRunSurvivesADroppedConnection();
    void theWindowBringsItAndTakesItAlong_data();
    void theWindowBringsItAndTakesItAlong();

private:
    struct Host {
        Program program;
        QString path;
    };
    struct Said {
        int status = -1;
        QByteArray out;
        QByteArray err;
    };
    /// A host, which ~/.ssh/config leads to.
    [[nodiscard]] std::unique_ptr<Host> begin() const;
    [[nodiscard]] static Said gantry(const QStringList& arguments);
    [[nodiscard]] static Said run(const QString& workspace, const QString& runbook) {
        return gantry({QStringLiteral("run"), workspace, runbook, QStringLiteral("--environment"),
                       QStringLiteral("demo"), QStringLiteral("--unattended")});
    }

    TemporaryHome m_home;
};

std::unique_ptr<TestDemo::Host> TestDemo::begin() const {
    auto host = std::make_unique<Host>();
    if (!host->program.start({QStringLiteral(GANTRY_DEMOHOST)},
                             {QStringLiteral("TMPDIR=") + m_home.path()}))
        return host;
    host->path = QFile::decodeName(host->program.readLine().mid(6).trimmed());
    QDir().mkpath(QDir::homePath() + QStringLiteral("/.ssh"));
    writeFile(QDir::homePath() + QStringLiteral("/.ssh/config"),
              "Include " + QFile::encodeName(host->path) + "/ssh_config\n");
    return host;
}

TestDemo::Said TestDemo::gantry(const QStringList& arguments) {
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(QStringLiteral(GANTRY_PROGRAM), arguments);
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), "did not end"};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestDemo::theWorkspacesAreSound_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"voxbento", "interview-insights", "books", "yapit"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestDemo::theWorkspacesAreSound() {
    QFETCH(QString, name);
    const auto host = begin();
    const QString workspace = host->path + QStringLiteral("/workspaces/") + name;
    const Said checked = gantry({QStringLiteral("check"), workspace});
    QVERIFY2(checked.status == 0, checked.out.constData());
    QVERIFY2(checked.out.contains("errors 0"), checked.out.constData());
    QVERIFY2(!checked.out.contains("warning"), checked.out.constData());
    const Said examined = gantry({QStringLiteral("hosts"), workspace});
    QVERIFY2(examined.status == 0, examined.out.constData());
}

void TestDemo::aDeploymentThatDoesNotTakeIsSeen() {
    QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty(),
             "curl is not installed: see packaging/packages");
    const auto host = begin();
    const Said said =
        run(host->path + QStringLiteral("/workspaces/voxbento"), QStringLiteral("4-practice.md"));
    QCOMPARE(said.status, 1);
    QVERIFY2(said.err.contains("v1.5.1"), said.err.constData());
}

void TestDemo::aRunSurvivesADroppedConnection() {
    const auto host = begin();
    const QString workspace = m_home.path() + QStringLiteral("/cut");
    QDir().mkpath(workspace);
    writeFile(workspace + QStringLiteral("/gantry.yaml"),
              "gantry: 1\nname: Cut\nenvironments:\n  demo:\n    hosts:\n"
              "      demo-1: { ssh: gantry-demo }\n    default_host: demo-1\nrunbooks: [ a.md ]\n");
    writeFile(
        workspace + QStringLiteral("/a.md"),
        "# Deploy\n\n- [ ] Count\n\n  ```sh\n  echo once >>counted\n  demo cut\n"
        "  for n in $(seq 1 30); do echo \"line $n\"; sleep 0.05; done\n  cat counted\n  ```\n");
    const Said said = run(workspace, QStringLiteral("a.md"));
    QVERIFY2(said.status == 0, (said.out + said.err).constData());
    for (int n = 1; n <= 30; ++n)
        QCOMPARE(said.out.count("| line " + QByteArray::number(n) + '\n'), 1);
    QCOMPARE(said.out.count("| once\n"), 1);
}

void TestDemo::theWindowBringsItAndTakesItAlong_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("killed") << SIGKILL;
    QTest::newRow("asked to end") << SIGTERM;
}

void TestDemo::theWindowBringsItAndTakesItAlong() {
    QFETCH(int, signal);
    const QString folder = m_home.path() + QStringLiteral("/window-%1").arg(signal);
    QDir().mkpath(folder);
    Program window;
    QVERIFY(window.start(
        {QStringLiteral(GANTRY_PROGRAM), QStringLiteral("--demo")},
        {QStringLiteral("TMPDIR=") + folder, QStringLiteral("QT_QPA_PLATFORM=offscreen")}));
    const auto isOpen = [&] {
        const QStringList hosts =
            QDir(folder).entryList({QStringLiteral("gantry-demo-*")}, QDir::Dirs);
        return hosts.size() == 1 &&
               QFile::exists(folder + u'/' + hosts.first() + QStringLiteral("/journal/journal.db"));
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
    const QList<qint64> children = childrenOf(window.pid());
    QVERIFY(!children.isEmpty());
    kill(pid_t(window.pid()), signal);
    (void)window.exitCode();
    QTRY_VERIFY_WITH_TIMEOUT(
        QDir(folder).entryList({QStringLiteral("gantry-demo-*")}, QDir::Dirs).isEmpty(), patience);
    for (const qint64 child : children)
        QTRY_VERIFY_WITH_TIMEOUT(kill(pid_t(child), 0) != 0, patience);
    // Its folders are gone: no other window is told of them.
    QVERIFY(!QFile::exists(qEnvironmentVariable("XDG_CONFIG_HOME") +
                           QStringLiteral("/gantry/gantry.conf")));
}

int main(int argc, char** argv) {
    TestDemo test; // its home comes before everything
    const QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_demo.moc"
