// SPDX-License-Identifier: GPL-3.0-or-later
// The demo host from outside, with the machine's own ssh.
#include "tests/support/program.h"
#include "tests/support/temporaryhome.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <memory>

using namespace tests;

namespace {

constexpr int patience = 30'000;

struct Said {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

class TestDemoHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void runsCommandsWithTheirStreamsAndStatus();
    void carriesMuchInBothDirections();
    void saysWhichSignalEndedACommand();
    void givesATerminal();
    void servesManyChannelsAtOnce();
    void letsInItsOwnKeyAlone();
    void listensOnLoopbackAlone();
    void forwardsToItsOwnServicesAlone();
    void standInsChangeWhatServicesAre();
    void composeKeepsToItsProject();
    void logsCanBeReadAgainFromAnyTime();
    void containersAreKnownAsEnginesKnowThem();
    void reachesNoOtherSystem();
    void cutsConnectionsOnDemand();
    void leavesNothingBehind_data();
    void leavesNothingBehind();

private:
    [[nodiscard]] QString at(const char* name) const { return m_path + u'/' + QLatin1String(name); }
    [[nodiscard]] QStringList options() const {
        return {QStringLiteral("-F"), at("ssh_config"), QStringLiteral("-o"),
                QStringLiteral("BatchMode=yes")};
    }
    [[nodiscard]] Said ssh(const QStringList& arguments, const QByteArray& input = {}) const;
    [[nodiscard]] Said run(const QString& command, const QByteArray& input = {}) const {
        return ssh(options() + QStringList{QStringLiteral("gantry-demo"), command}, input);
    }
    [[nodiscard]] QByteArray setting(const QByteArray& name) const;

    TemporaryHome m_home;
    std::unique_ptr<Program> m_host;
    QString m_path;
};

void TestDemoHost::initTestCase() {
    QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("ssh")).isEmpty(),
             "ssh is not installed: see packaging/packages");
}

void TestDemoHost::init() {
    m_host = std::make_unique<Program>();
    // Memory that it lets go of is overwritten at once, by either allocator: the SSH library may
    // still have held what was there.
    QVERIFY(m_host->start(
        {QStringLiteral(GANTRY_DEMOHOST)},
        {QStringLiteral("TMPDIR=") + m_home.path(), QStringLiteral("MALLOC_PERTURB_=165"),
         QStringLiteral("ASAN_OPTIONS=%1:max_free_fill_size=65536:free_fill_byte=165")
             .arg(qEnvironmentVariable("ASAN_OPTIONS"))}));
    const QByteArray line = m_host->readLine();
    QVERIFY2(line.startsWith("ready "), line.constData());
    m_path = QFile::decodeName(line.mid(6).trimmed());
}

Said TestDemoHost::ssh(const QStringList& arguments, const QByteArray& input) const {
    QProcess process;
    process.start(QStringLiteral("ssh"), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray TestDemoHost::setting(const QByteArray& name) const {
    QFile file(at("ssh_config"));
    if (!file.open(QFile::ReadOnly))
        return {};
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.trimmed().startsWith(name + ' '))
            return line.trimmed().mid(name.size() + 1);
    }
    return {};
}

void TestDemoHost::runsCommandsWithTheirStreamsAndStatus() {
    const Said said = run(QStringLiteral("cat; echo wrong >&2; pwd; exit 7"), "in\n");
    QCOMPARE(said.status, 7);
    QCOMPARE(said.out, "in\n" + QFile::encodeName(at("home")) + '\n');
    QVERIFY2(said.err.contains("wrong\n"), said.err.constData());
    QCOMPARE(run(QStringLiteral("true")).status, 0);
}

void TestDemoHost::carriesMuchInBothDirections() {
    QByteArray much;
    for (int number = 0; much.size() < 3'000'000; ++number)
        much += QByteArray::number(number) + '\n';
    const Said said = run(QStringLiteral("cat"), much);
    QCOMPARE(said.status, 0);
    QVERIFY(said.out == much);
}

void TestDemoHost::saysWhichSignalEndedACommand() {
    const Said said = ssh(QStringList{QStringLiteral("-v")} + options() +
                          QStringList{QStringLiteral("gantry-demo"), QStringLiteral("kill -9 $$")});
    QCOMPARE(said.status, 255);
    QVERIFY2(said.err.contains("rtype exit-signal"), said.err.constData());
}

void TestDemoHost::givesATerminal() {
    const Said said = ssh(QStringList{QStringLiteral("-tt")} + options() +
                          QStringList{QStringLiteral("gantry-demo"), QStringLiteral("tty")});
    QCOMPARE(said.status, 0);
    QVERIFY2(said.out.startsWith("/dev/"), said.out.constData());
    QVERIFY(run(QStringLiteral("tty")).out.startsWith("not a tty"));
}

void TestDemoHost::servesManyChannelsAtOnce() {
    const QStringList shared =
        options() + QStringList{QStringLiteral("-S"), m_home.path() + QStringLiteral("/s"),
                                QStringLiteral("gantry-demo")};
    QCOMPARE(ssh(QStringList{QStringLiteral("-fNM")} + shared).status, 0);
    // They wait for one another: none ends unless all run at the same time.
    const QString meet = QStringLiteral("touch met.%1; until [ \"$(ls met.* | wc -l)\" = 20 ]; do "
                                        "sleep 0.05; done; echo %1");
    std::vector<std::unique_ptr<QProcess>> channels;
    for (int i = 0; i < 20; ++i) {
        channels.push_back(std::make_unique<QProcess>());
        channels.back()->start(QStringLiteral("ssh"), shared + QStringList{meet.arg(i)});
        QVERIFY(channels.back()->waitForStarted());
    }
    for (int i = 0; i < 20; ++i) {
        QProcess& channel = *channels[std::size_t(i)];
        QVERIFY(channel.state() == QProcess::NotRunning || channel.waitForFinished(patience));
        QCOMPARE(channel.readAllStandardOutput(), QByteArray::number(i) + '\n');
    }
    QCOMPARE(ssh(QStringList{QStringLiteral("-O"), QStringLiteral("exit")} + shared).status, 0);
}

void TestDemoHost::letsInItsOwnKeyAlone() {
    QVERIFY((QFileInfo(at("key")).permissions() &
             (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)) == 0);
    const QString stranger = m_home.path() + QStringLiteral("/stranger");
    if (!QFile::exists(stranger)) {
        QProcess keygen;
        keygen.start(QStringLiteral("ssh-keygen"),
                     {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                      QStringLiteral("-N"), QString(), QStringLiteral("-f"), stranger});
        QVERIFY(keygen.waitForFinished(patience));
    }
    const QStringList elsewhere{
        QStringLiteral("-F"), QStringLiteral("none"),
        QStringLiteral("-o"), QStringLiteral("BatchMode=yes"),
        QStringLiteral("-o"), QStringLiteral("HostKeyAlias=gantry-demo"),
        QStringLiteral("-o"), QStringLiteral("UserKnownHostsFile=") + at("known_hosts"),
        QStringLiteral("-o"), QStringLiteral("IdentitiesOnly=yes"),
        QStringLiteral("-p"), QString::fromLatin1(setting("Port"))};
    const auto with = [&](const QString& key) {
        return ssh(elsewhere + QStringList{QStringLiteral("-i"), key,
                                           QStringLiteral("deploy@127.0.0.1"),
                                           QStringLiteral("echo in")});
    };
    QCOMPARE(with(at("key")).out, QByteArray("in\n"));
    const Said refused = with(stranger);
    QCOMPARE(refused.status, 255);
    QCOMPARE(refused.out, QByteArray());
    QVERIFY2(refused.err.contains("Permission denied (publickey)"), refused.err.constData());
}

void TestDemoHost::listensOnLoopbackAlone() {
    const QByteArray port = QByteArray::number(setting("Port").toInt(), 16).toUpper();
    QFile sockets(QStringLiteral("/proc/net/tcp"));
    QVERIFY(sockets.open(QFile::ReadOnly));
    const QByteArray all = sockets.readAll();
    QVERIFY(all.contains(" 0100007F:" + port + " 00000000:0000 0A "));
    QVERIFY(!all.contains(" 00000000:" + port));
}

void TestDemoHost::forwardsToItsOwnServicesAlone() {
    QFile workspace(at("workspaces/voxbento/gantry.yaml"));
    QVERIFY(workspace.open(QFile::ReadOnly));
    const QByteArray text = workspace.readAll();
    const qsizetype start = text.indexOf("http://") + 7;
    const QString service = QString::fromLatin1(text.mid(start, text.indexOf('\n', start) - start));
    const auto through = [this](const QString& to) {
        return ssh(QStringList{QStringLiteral("-W"), to} + options() +
                       QStringList{QStringLiteral("gantry-demo")},
                   "GET /healthz HTTP/1.1\r\nHost: demo\r\n\r\n");
    };
    QVERIFY(through(service).out.startsWith("HTTP/1.1 200 OK\r\n"));
    const Said refused = through(QStringLiteral("192.0.2.1:80"));
    QVERIFY(refused.status != 0);
    QCOMPARE(refused.out, QByteArray());
}

void TestDemoHost::standInsChangeWhatServicesAre() {
    const auto portal = [this] {
        const QList<QByteArray> lines = run(QStringLiteral("demo services")).out.split('\n');
        for (const QByteArray& line : lines) {
            if (line.startsWith("portal "))
                return line.simplified();
        }
        return QByteArray();
    };
    QCOMPARE(portal(), QByteArray("portal v1.4.0 running none"));
    QCOMPARE(run(QStringLiteral("RELEASE_TAG=v1.5.0 docker compose up -d portal")).status, 0);
    QCOMPARE(portal(), QByteArray("portal v1.5.0 running none"));
    QCOMPARE(run(QStringLiteral("demo fault portal stuck")).status, 0);
    QCOMPARE(run(QStringLiteral("RELEASE_TAG=v1.6.0 docker compose up -d portal")).status, 0);
    QCOMPARE(portal(), QByteArray("portal v1.5.0 running stuck"));
    QCOMPARE(run(QStringLiteral("docker stop voxbento-portal-1")).status, 0);
    QCOMPARE(portal(), QByteArray("portal v1.5.0 stopped stuck"));
    QCOMPARE(run(QStringLiteral("demo reset")).status, 0);
    QCOMPARE(portal(), QByteArray("portal v1.4.0 running none"));
    QVERIFY(run(QStringLiteral("docker logs --tail 5 mediamtx")).out.count('\n') >= 5);
    QVERIFY(run(QStringLiteral("docker logs no-such")).status != 0);
    QCOMPARE(run(QStringLiteral("demo fault portal dragons")).status, 2);
}

void TestDemoHost::composeKeepsToItsProject() {
    const QByteArray all = run(QStringLiteral("docker ps")).out;
    QVERIFY(all.contains("voxbento-portal-1") && all.contains("yapit-gateway-1"));
    const QByteArray own = run(QStringLiteral("docker compose -p voxbento ps")).out;
    QVERIFY(own.contains("voxbento-portal-1") && !own.contains("yapit"));
    QVERIFY(run(QStringLiteral("docker compose -p voxbento stop gateway")).status != 0);
    QCOMPARE(run(QStringLiteral("docker compose -p yapit restart gateway")).status, 0);
}

void TestDemoHost::logsCanBeReadAgainFromAnyTime() {
    const QByteArray all = run(QStringLiteral("docker logs -t voxbento-portal-1")).out;
    const QList<QByteArray> lines = all.split('\n');
    QVERIFY(lines.size() > 300);
    // As the engines' commands take a moment.
    const auto momentOf = [](const QByteArray& line) {
        const QByteArray stamp = line.left(line.indexOf(' '));
        const QDateTime time =
            QDateTime::fromString(QString::fromLatin1(stamp.left(19)) + u'Z', Qt::ISODate);
        return QByteArray::number(time.toSecsSinceEpoch()) + stamp.mid(19, 10);
    };
    const QByteArray since = momentOf(lines[200]);
    const QByteArray rest =
        run(QStringLiteral("docker logs -t --since %1 portal").arg(QLatin1String(since))).out;
    QVERIFY2(rest.startsWith(lines[200] + '\n'), rest.left(200).constData());
    QVERIFY(rest.contains(lines[lines.size() - 2]));
    const QByteArray some = run(QStringLiteral("docker logs -t --since %1 --until %2 portal")
                                    .arg(QLatin1String(since), QLatin1String(momentOf(lines[210]))))
                                .out;
    QCOMPARE(some, lines.mid(200, 11).join('\n') + '\n');
}

void TestDemoHost::containersAreKnownAsEnginesKnowThem() {
    const QList<QByteArray> ids =
        run(QStringLiteral("docker ps -aq --no-trunc")).out.trimmed().split('\n');
    QCOMPARE(ids.size(), 6);
    const QString inspect = QStringLiteral("docker inspect --type container --format {} -- ");
    const QByteArray one = run(inspect + QLatin1String(ids.first())).out;
    const QJsonObject portal = QJsonDocument::fromJson(one).object();
    QCOMPARE(portal.value(u"Name").toString(), QStringLiteral("/voxbento-portal-1"));
    QCOMPARE(portal.value(u"State").toObject().value(u"Status").toString(),
             QStringLiteral("running"));
    QCOMPARE(run(QStringLiteral("RELEASE_TAG=v1.5.0 docker compose up -d portal")).status, 0);
    // It was made anew: the one of before is gone.
    QVERIFY(run(inspect + QLatin1String(ids.first())).status != 0);
    const QJsonObject next =
        QJsonDocument::fromJson(run(inspect + QStringLiteral("voxbento-portal-1")).out).object();
    QVERIFY(next.value(u"Id") != portal.value(u"Id"));
    QVERIFY(!next.value(u"Id").toString().isEmpty());
}

void TestDemoHost::reachesNoOtherSystem() {
    const Said said = run(QStringLiteral("curl -s https://portal.example.com/healthz"));
    QVERIFY(said.status == 6 || said.status == 127); // or there is no curl
    QCOMPARE(said.out, QByteArray());
}

void TestDemoHost::cutsConnectionsOnDemand() {
    const Said said = run(QStringLiteral("echo here; (sleep 0.4; echo on >after) >/dev/null 2>&1 & "
                                         "demo cut; sleep 600"));
    QCOMPARE(said.status, 255);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(at("home/after")), patience); // commands go on
    QCOMPARE(run(QStringLiteral("echo again")).out, QByteArray("again\n"));
}

void TestDemoHost::leavesNothingBehind_data() {
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("its input ends") << false;
    QTest::newRow("it is asked to end") << true;
}

void TestDemoHost::leavesNothingBehind() {
    QFETCH(bool, isAsked);
    const Said said = run(QStringLiteral("setsid sleep 600 >/dev/null 2>&1 & echo $!"));
    const pid_t detached = said.out.trimmed().toInt();
    QVERIFY(detached > 0);
    QCOMPARE(kill(detached, 0), 0);
    if (isAsked)
        m_host->terminate();
    else
        m_host->closeInput();
    QCOMPARE(m_host->exitCode(), 0);
    QVERIFY(kill(detached, 0) != 0);
    QVERIFY(!QFileInfo::exists(m_path));
}

int main(int argc, char** argv) {
    TestDemoHost test; // its home comes before everything
    const QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_demohost.moc"
