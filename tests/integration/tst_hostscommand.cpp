// SPDX-License-Identifier: GPL-3.0-or-later
// The commands, as people give them, at real hosts.
#include "tests/app/ssh/sshtest.h"
#include "tests/support/tcpproxy.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace tests;

namespace {

Lab* lab = nullptr;

} // namespace

class TestHostsCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void saysOfEachHostWhetherStepsCanRunThere();
    void saysWhatIsWrongWithAHost();
    void findsTheSurvivorHoweverLateItHears();
    void saysWhereADiskIsBad();
    void runsWhereItCanBesideABadDisk_data();
    void runsWhereItCanBesideABadDisk();
    void keepsWhatADiskHadRoomFor();
    void runsUnderAnyLoginShell_data();
    void runsUnderAnyLoginShell();
    void refusesAChangedKey();
    void declinesAnUnknownKeyWithoutATerminal();
    void refusesWhatIsNoWorkspace();
    void runGoesOnAfterACut();

private:
    [[nodiscard]] QString workspaceWith(const QString& hosts, const QByteArray& runbook = {}) const;
    [[nodiscard]] QJsonObject examine(const QString& workspace, int status) const;
    [[nodiscard]] static QJsonObject checkOf(const QJsonObject& report, const QString& host,
                                             const QString& check);
    /// Standard input is no terminal.
    /// A run goes over what others left open in the same environment.
    static void begin(QProcess& process, QStringList arguments) {
        if (arguments.first() == u"run")
            arguments += {QStringLiteral("--override"), QStringLiteral("a test")};
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral(GANTRY_PROGRAM), arguments);
    }

    [[nodiscard]] static QString at(quint16 port, const QString& user = QStringLiteral("dash")) {
        return QStringLiteral("{ ssh: \"%1@127.0.0.1:%2\", runtime: none }").arg(user).arg(port);
    }
    /// The host is known at the proxy's port as well.
    static void knowThrough(const TcpProxy& proxy) {
        QByteArray known = contentOf(lab->path(QStringLiteral("known_hosts")));
        known.replace("]:" + QByteArray::number(lab->hostPort()) + ' ',
                      "]:" + QByteArray::number(proxy.port()) + ' ');
        writeFile(knownHosts(), known);
    }
    [[nodiscard]] static QString knownHosts() {
        return QDir::homePath() + QStringLiteral("/.ssh/known_hosts");
    }
};

void TestHostsCommand::init() {
    QDir().mkpath(QDir::homePath() + QStringLiteral("/.ssh"));
    writeFile(QDir::homePath() + QStringLiteral("/.ssh/config"),
              "Host *\n  IdentitiesOnly yes\n  IdentityFile " +
                  lab->key(QStringLiteral("person")).toUtf8() + '\n');
    writeFile(knownHosts(), contentOf(lab->path(QStringLiteral("known_hosts"))));
}

QString TestHostsCommand::workspaceWith(const QString& hosts, const QByteArray& runbook) const {
    const QString folder = QDir::homePath() + QStringLiteral("/workspace");
    QDir(folder).removeRecursively();
    QDir().mkpath(folder);
    writeFile(folder + QStringLiteral("/gantry.yaml"),
              "gantry: 1\nname: Lab\nenvironments:\n  lab:\n    hosts:\n" + hosts.toUtf8() +
                  "    default_host: web-1\nrunbooks: [ a.md ]\n");
    writeFile(folder + QStringLiteral("/a.md"), runbook);
    return folder;
}

QJsonObject TestHostsCommand::examine(const QString& workspace, int status) const {
    QProcess process;
    begin(process, {QStringLiteral("hosts"), workspace, QStringLiteral("--json")});
    if (!process.waitForFinished(patience * 2))
        return {};
    const QByteArray out = process.readAllStandardOutput();
    if (process.exitCode() != status)
        qWarning("%s%s", out.constData(), process.readAllStandardError().constData());
    [&] { QCOMPARE(process.exitCode(), status); }();
    return QJsonDocument::fromJson(out).object();
}

QJsonObject TestHostsCommand::checkOf(const QJsonObject& report, const QString& host,
                                      const QString& check) {
    for (const QJsonValue& one : report.value(u"hosts").toArray()) {
        if (one.toObject().value(u"name") != host)
            continue;
        for (const QJsonValue& found : one.toObject().value(u"checks").toArray()) {
            if (found.toObject().value(u"name") == check)
                return found.toObject();
        }
    }
    return {};
}

void TestHostsCommand::saysOfEachHostWhetherStepsCanRunThere() {
    const QString good =
        workspaceWith(QStringLiteral("      web-1: %1\n      loud-1: %2\n")
                          .arg(at(lab->hostPort()), at(lab->hostPort(), QStringLiteral("noisy"))));
    const QJsonObject report = examine(good, 0);
    QVERIFY(report.value(u"good").toBool());
    for (const char* name : {"reachable", "host_key", "authentication", "shell", "directory",
                             "survival", "runtime", "clock", "round_trip"}) {
        const QJsonObject check = checkOf(report, QStringLiteral("web-1"), QLatin1String(name));
        QVERIFY2(check.value(u"verdict") == QStringLiteral("PASS"),
                 QJsonDocument(check).toJson().constData());
    }
    const QJsonObject shell = checkOf(report, QStringLiteral("loud-1"), QStringLiteral("shell"));
    QCOMPARE(shell.value(u"verdict").toString(), QStringLiteral("PASS"));
    QVERIFY(shell.value(u"remedy").toString().contains(u"start-up files"));
    // Nothing stays behind.
    QVERIFY(QDir(lab->home(QStringLiteral("dash")) + QStringLiteral("/.local/state/gantry"))
                .entryList(QDir::Dirs | QDir::NoDotAndDotDot)
                .isEmpty());

    // One that is away is told of, and the rest is looked at all the same.
    const QString mixed = workspaceWith(
        QStringLiteral("      web-1: %1\n      gone-1: %2\n").arg(at(lab->hostPort()), at(1)));
    const QJsonObject some = examine(mixed, 1);
    const QJsonObject reach = checkOf(some, QStringLiteral("gone-1"), QStringLiteral("reachable"));
    QCOMPARE(reach.value(u"verdict").toString(), QStringLiteral("FAIL"));
    QVERIFY(reach.value(u"remedy").toString().contains(u"sshd"));
    QCOMPARE(checkOf(some, QStringLiteral("gone-1"), QStringLiteral("shell"))
                 .value(u"verdict")
                 .toString(),
             QStringLiteral("UNKNOWN"));
    QCOMPARE(checkOf(some, QStringLiteral("web-1"), QStringLiteral("survival"))
                 .value(u"verdict")
                 .toString(),
             QStringLiteral("PASS"));
}

/// One whose clock is wrong, and one without sh. The other checks go on.
void TestHostsCommand::saysWhatIsWrongWithAHost() {
    const QJsonObject report =
        examine(workspaceWith(QStringLiteral("      web-1: %1\n      bare-1: %2\n")
                                  .arg(at(lab->hostPort(), QStringLiteral("late")),
                                       at(lab->hostPort(), QStringLiteral("bare")))),
                1);
    const QJsonObject clock = checkOf(report, QStringLiteral("web-1"), QStringLiteral("clock"));
    QCOMPARE(clock.value(u"verdict").toString(), QStringLiteral("FAIL"));
    QVERIFY(clock.value(u"remedy").toString().contains(u"timedatectl"));
    QCOMPARE(checkOf(report, QStringLiteral("web-1"), QStringLiteral("survival"))
                 .value(u"verdict")
                 .toString(),
             QStringLiteral("PASS"));
    const QJsonObject shell = checkOf(report, QStringLiteral("bare-1"), QStringLiteral("shell"));
    QCOMPARE(shell.value(u"verdict").toString(), QStringLiteral("FAIL"));
    QVERIFY(shell.value(u"remedy").toString().contains(u"/bin/sh"));
}

/// The console hears that the command began when other commands would have ended long ago.
void TestHostsCommand::findsTheSurvivorHoweverLateItHears() {
    TcpProxy proxy(lab->hostPort());
    knowThrough(proxy);
    // So that it hears nothing before the line stalls.
    proxy.setDelay(std::chrono::milliseconds(50));
    QProcess process;
    begin(process, {QStringLiteral("hosts"),
                    workspaceWith(QStringLiteral("      web-1: %1\n").arg(at(proxy.port()))),
                    QStringLiteral("--json")});
    const QDir runs(lab->home(QStringLiteral("dash")) + QStringLiteral("/.local/state/gantry"));
    const auto began = [&runs] {
        const QStringList own = runs.entryList({QStringLiteral("r-check-*")}, QDir::Dirs);
        return own.isEmpty()
                   ? QDateTime()
                   : QFileInfo(runs.filePath(own.first() + QStringLiteral("/a-survivor.1")))
                         .lastModified();
    };
    QVERIFY(QTest::qWaitFor([&began] { return began().isValid(); }, patience));
    proxy.setStalled(true);
    QTRY_VERIFY_WITH_TIMEOUT(began().msecsTo(QDateTime::currentDateTime()) > 4000, patience);
    proxy.setDelay({}); // all that was said meanwhile comes together
    proxy.setStalled(false);
    QVERIFY(process.waitForFinished(patience));
    const QByteArray out = process.readAllStandardOutput();
    const QJsonObject survival = checkOf(QJsonDocument::fromJson(out).object(),
                                         QStringLiteral("web-1"), QStringLiteral("survival"));
    QVERIFY2(survival.value(u"verdict") == QStringLiteral("PASS"), out.constData());
}

/// One whose disk is full, and one whose disk can only be read. The other checks go on, and so do
/// the other hosts.
void TestHostsCommand::saysWhereADiskIsBad() {
    if (lab->diskPort() == 0)
        QSKIP(qPrintable(lab->diskRefusal()));
    const QJsonObject report = examine(
        workspaceWith(QStringLiteral("      web-1: %1\n      full-1: %2\n      locked-1: %3\n")
                          .arg(at(lab->hostPort()), at(lab->diskPort(), QStringLiteral("full")),
                               at(lab->diskPort(), QStringLiteral("readonly")))),
        1);
    const auto verdict = [&report](const char* host, const char* check) {
        return checkOf(report, QLatin1String(host), QLatin1String(check))
            .value(u"verdict")
            .toString();
    };
    for (const char* host : {"full-1", "locked-1"}) {
        const QJsonObject folder =
            checkOf(report, QLatin1String(host), QStringLiteral("directory"));
        QCOMPARE(folder.value(u"verdict").toString(), QStringLiteral("FAIL"));
        const QString remedy = folder.value(u"remedy").toString();
        QVERIFY2(remedy.contains(u"~/.local/state/gantry") && remedy.contains(u"free some space"),
                 qPrintable(remedy));
        QCOMPARE(verdict(host, "survival"), QStringLiteral("UNKNOWN"));
        QCOMPARE(verdict(host, "shell"), QStringLiteral("PASS"));
        QCOMPARE(verdict(host, "clock"), QStringLiteral("PASS"));
        QCOMPARE(verdict(host, "runtime"), QStringLiteral("PASS"));
    }
    QCOMPARE(verdict("web-1", "survival"), QStringLiteral("PASS"));
}

void TestHostsCommand::runsWhereItCanBesideABadDisk_data() {
    QTest::addColumn<QString>("user");
    QTest::newRow("full") << QStringLiteral("full");
    QTest::newRow("read-only") << QStringLiteral("readonly");
}

void TestHostsCommand::runsWhereItCanBesideABadDisk() {
    QFETCH(QString, user);
    if (lab->diskPort() == 0)
        QSKIP(qPrintable(lab->diskRefusal()));
    const QString hosts = QStringLiteral("      web-1: %1\n      bad-1: %2\n")
                              .arg(at(lab->hostPort()), at(lab->diskPort(), user));
    const QByteArray step = "# A\n\n## Steps\n\n- [ ] Say\n"
                            "  ```sh {\"on\":\"%ON%\"}\n  echo said\n  ```\n";
    for (const char* on : {"bad-1", "web-1, bad-1"}) {
        QProcess process;
        begin(process,
              {QStringLiteral("run"), workspaceWith(hosts, QByteArray(step).replace("%ON%", on)),
               QStringLiteral("--unattended")});
        QVERIFY(process.waitForFinished(patience));
        const QByteArray out = process.readAllStandardOutput();
        const QByteArray said = out + process.readAllStandardError();
        QVERIFY2(process.exitCode() == 1, said.constData());
        QVERIFY2(said.contains("no private folder at bad-1") &&
                     said.contains("Make ~/.local/state/gantry writable"),
                 said.constData());
        QCOMPARE(out.count(": said\n"), qstrlen(on) > 5 ? 1 : 0);
    }
}

/// The disk fills up under a step: it runs to its end all the same, and the record says that not
/// all of its output could be kept.
void TestHostsCommand::keepsWhatADiskHadRoomFor() {
    if (lab->diskPort() == 0)
        QSKIP(qPrintable(lab->diskRefusal()));
    const QString workspace = workspaceWith(
        QStringLiteral("      web-1: %1\n").arg(at(lab->diskPort(), QStringLiteral("tight"))),
        "# A\n\n## Steps\n\n- [ ] Fill\n  ```sh\n  echo first; head -c 2000000 /dev/zero | tr "
        "'\\000' x | fold -w 100; exit 3\n  ```\n");
    QProcess process;
    begin(process, {QStringLiteral("run"), workspace, QStringLiteral("--unattended")});
    QVERIFY(process.waitForFinished(patience));
    const QByteArray out = process.readAllStandardOutput();
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(out.contains("| first\n"));
    QVERIFY2(out.contains("no room for it on the disk"), out.right(500).constData());
}

void TestHostsCommand::runsUnderAnyLoginShell_data() {
    QTest::addColumn<QString>("user");
    QTest::newRow("one with broken start-up files") << QStringLiteral("noisy");
    QTest::newRow("fish") << QStringLiteral("fish");
}

/// What it says on its own is told of, and is in no output.
void TestHostsCommand::runsUnderAnyLoginShell() {
    QFETCH(QString, user);
    if (!lab->users().contains(user))
        QSKIP(qPrintable(user + QStringLiteral(" is not installed")));
    const QString workspace = workspaceWith(
        QStringLiteral("      web-1: %1\n").arg(at(lab->hostPort(), user)),
        "# A\n\n## Steps\n\n- [ ] Say\n  ```sh\n  echo \"it's $((1 + 1))\" 'a\\\\b'\n  ```\n"
        "- [ ] Err\n  ```bash\n  echo down >&2\n  ```\n");
    const QJsonObject report = examine(workspace, 0);
    const QJsonObject shell = checkOf(report, QStringLiteral("web-1"), QStringLiteral("shell"));
    QVERIFY(shell.value(u"remedy").toString().contains(u"start-up files"));
    QProcess process;
    begin(process, {QStringLiteral("run"), workspace, QStringLiteral("--unattended")});
    QVERIFY(process.waitForFinished(patience));
    const QByteArray out = process.readAllStandardOutput();
    QCOMPARE(process.exitCode(), 0);
    QVERIFY2(out.contains("| it's 2 a\\"), out.constData());
    QVERIFY2(out.contains("! down\n"), out.constData());
    QVERIFY2(!out.contains("Welcome") && !out.contains("gap"), out.constData());
}

void TestHostsCommand::refusesAChangedKey() {
    const QByteArray other =
        contentOf(lab->key(QStringLiteral("stranger")) + QStringLiteral(".pub")).split(' ')[1];
    writeFile(knownHosts(), "[127.0.0.1]:" + QByteArray::number(lab->hostPort()) + " ssh-ed25519 " +
                                other + '\n');
    const QJsonObject report =
        examine(workspaceWith(QStringLiteral("      web-1: %1\n").arg(at(lab->hostPort()))), 1);
    const QJsonObject key = checkOf(report, QStringLiteral("web-1"), QStringLiteral("host_key"));
    QCOMPARE(key.value(u"verdict").toString(), QStringLiteral("FAIL"));
    QVERIFY(key.value(u"value").toString().startsWith(u"SHA256:"));
    QVERIFY(key.value(u"remedy").toString().contains(u"Nothing was sent"));
    QCOMPARE(checkOf(report, QStringLiteral("web-1"), QStringLiteral("authentication"))
                 .value(u"verdict")
                 .toString(),
             QStringLiteral("UNKNOWN"));
}

void TestHostsCommand::declinesAnUnknownKeyWithoutATerminal() {
    writeFile(knownHosts(), {});
    QProcess process;
    begin(process, {QStringLiteral("run"),
                    workspaceWith(QStringLiteral("      web-1: %1\n").arg(at(lab->hostPort())),
                                  "# A\n\n## Steps\n\n- [ ] Say\n  ```sh\n  echo said\n  ```\n"),
                    QStringLiteral("--unattended")});
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitCode(), 1);
    const QString said = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(said.contains(u"SHA256:") && said.contains(u"known_hosts"), qPrintable(said));
    QVERIFY(!process.readAllStandardOutput().contains("said"));
    QVERIFY(contentOf(knownHosts()).isEmpty());
}

void TestHostsCommand::refusesWhatIsNoWorkspace() {
    const QString workspace =
        workspaceWith(QStringLiteral("      web-1: %1\n").arg(at(lab->hostPort())));
    QProcess process;
    begin(process, {QStringLiteral("hosts"), workspace, QStringLiteral("--environment"),
                    QStringLiteral("prod")});
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains("There are: lab"));
}

void TestHostsCommand::runGoesOnAfterACut() {
    TcpProxy proxy(lab->hostPort());
    knowThrough(proxy);
    const QString workspace = workspaceWith(
        QStringLiteral("      web-1: %1\n").arg(at(proxy.port())),
        "# A\n\n## Steps\n\n- [ ] Say\n  ```sh\n  echo one; echo ran >>~/runs; sleep 3; echo two\n"
        "  ```\n- [ ] Look\n  ```sh\n  wc -l <~/runs\n  ```\n");
    QProcess process;
    begin(process, {QStringLiteral("run"), workspace, QStringLiteral("--unattended")});
    QByteArray out;
    while (!out.contains("| one") && process.waitForReadyRead(patience))
        out += process.readAllStandardOutput();
    QVERIFY2(out.contains("| one"), process.readAllStandardError().constData());
    const int before = proxy.accepted();
    proxy.cut();
    QVERIFY(process.waitForFinished(patience));
    out += process.readAllStandardOutput();
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(proxy.accepted() > before);
    QCOMPARE(out.count("| one"), 1);
    QCOMPARE(out.count("| two"), 1);
    QVERIFY2(out.contains("| 1\n"), out.constData());
}

int main(int argc, char** argv) {
    // No keychain answers, whatever the desktop of who runs this has.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    qunsetenv("SSH_AUTH_SOCK");
    return runWithLab(
        argc, argv,
        [&](Lab& started) {
            lab = &started;
            TestHostsCommand test;
            return QTest::qExec(&test, argc, argv);
        },
        Lab::Parts::BadDisks);
}

#include "tst_hostscommand.moc"
