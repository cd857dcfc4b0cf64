// SPDX-License-Identifier: GPL-3.0-or-later
// Containers as the window has them: real ones, here and behind a real sshd, by socket and by
// command.
#include "app/container/placeorigins.h"
#include "app/log/livelogservice.h"
#include "app/process/localreach.h"
#include "app/run/enginethread.h"
#include "app/ssh/sshhostservice.h"

#include "tests/app/ssh/sshtest.h"
#include "tests/support/memorysecretstore.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace app;
using namespace tests;

using ListState = ContainerList::State;

Q_DECLARE_METATYPE(models::Host)

namespace {

Lab* lab = nullptr;

SshSurroundings surroundings() {
    SshSurroundings ours = ourSurroundings();
    ours.home = QStringLiteral("/home/nobody");
    ours.variable = [](const QString&) { return std::nullopt; };
    ours.read = [config = QStringLiteral("IdentityFile %1\nUserKnownHostsFile %2\n")
                              .arg(lab->key(QStringLiteral("person")),
                                   lab->path(QStringLiteral("known_hosts")))
                              .toUtf8()](const QString& path) -> std::optional<QByteArray> {
        return path == QLatin1String("/home/nobody/.ssh/config") ? std::optional(config)
                                                                 : std::nullopt;
    };
    return ours;
}

models::Host host(const QString& user = QStringLiteral("dash")) {
    models::Host made{QStringLiteral("web-1"),
                      QStringLiteral("%1@127.0.0.1:%2").arg(user).arg(lab->hostPort())};
    made.runtime = QStringLiteral("podman");
    return made;
}

models::Host bySocket() {
    models::Host made = host();
    made.socket = lab->containerSocket();
    return made;
}

models::Host byCommand(const QString& command = QStringLiteral("podman")) {
    models::Host made = host();
    made.cli = command;
    return made;
}

/// This machine, where no podman is in PATH that has the lab's containers.
models::Host here() {
    models::Host made{QStringLiteral("local"), {}};
    made.socket = lab->containerSocket();
    return made;
}

} // namespace

class TestContainers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void knowsWhatThereIs_data();
    void knowsWhatThereIs();
    void goesByTheCommandWhereSocketsAreRefused();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void holdsBackWhatNobodyTakes_data();
    void holdsBackWhatNobodyTakes();
    void followsAServiceOfCompose();

private:
    void run(const QString& name, const QString& script, const QStringList& more = {}) const;
    [[nodiscard]] ContainerList list() const { return m_logs->containers().value(0); }
    [[nodiscard]] models::Container container(const QString& name) const {
        const auto containers = list().containers;
        const models::Container* const found = models::findContainer(containers, name);
        return found ? *found : models::Container();
    }

    std::shared_ptr<EngineThread> m_engine;
    MemorySecretStore m_secrets;
    std::unique_ptr<SshHostService> m_hosts;
    std::unique_ptr<LiveLogService> m_logs;
};

void TestContainers::init() {
    m_engine = std::make_shared<EngineThread>();
    m_hosts = std::make_unique<SshHostService>(m_engine, m_secrets, &surroundings);
    m_logs = std::make_unique<LiveLogService>(m_engine, [this] {
        return std::make_unique<PlaceOrigins>(
            [this](const models::Host& at) -> std::unique_ptr<Reach> {
                if (at.ssh.isEmpty())
                    return std::make_unique<LocalReach>();
                return m_hosts->makeReach(at);
            });
    });
}

void TestContainers::cleanup() {
    m_logs.reset();
    m_hosts.reset();
    m_engine.reset();
    (void)lab->podman({QStringLiteral("rm"), QStringLiteral("--force"), QStringLiteral("--all"),
                       QStringLiteral("--time"), QStringLiteral("0")});
}

void TestContainers::run(const QString& name, const QString& script,
                         const QStringList& more) const {
    const QByteArray id = lab->podman(
        QStringList{QStringLiteral("run"), QStringLiteral("--detach"), QStringLiteral("--name"),
                    name, QStringLiteral("--timeout"), QStringLiteral("900")} +
        more +
        QStringList{QStringLiteral("lab:latest"), QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                    script});
    QVERIFY(!id.isEmpty());
}

void TestContainers::knowsWhatThereIs_data() {
    QTest::addColumn<models::Host>("host");
    QTest::newRow("socket") << bySocket();
    QTest::newRow("command") << byCommand();
    QTest::newRow("docker's command") << byCommand(QStringLiteral("docker"));
    QTest::newRow("socket of this machine") << here();
    QTest::newRow("command of this machine") << [] {
        models::Host made{QStringLiteral("local"), {}};
        made.cli = lab->path(QStringLiteral("bin/containers/podman"));
        return made;
    }();
}

void TestContainers::knowsWhatThereIs() {
    QFETCH(models::Host, host);
    run(QStringLiteral("portal"), QStringLiteral("while :; do :; done"),
        {QStringLiteral("--label"), QStringLiteral("com.docker.compose.project=shop"),
         QStringLiteral("--label"), QStringLiteral("com.docker.compose.service=web"),
         QStringLiteral("--env"), QStringLiteral("SECRET_KEY=not-to-be-seen")});
    run(QStringLiteral("job"), QStringLiteral("exit 3"));
    m_logs->watch(host);
    QCOMPARE(list().state, ListState::Looking);
    QTRY_COMPARE_WITH_TIMEOUT(list().state, ListState::Known, patience);
    QCOMPARE(list().containers.size(), 2);
    QVERIFY2(list().runtime.startsWith(QLatin1String("podman 4")), qPrintable(list().runtime));
    const models::Container portal = container(QStringLiteral("portal"));
    QCOMPARE(portal.id.size(), 64);
    QCOMPARE(portal.image, QStringLiteral("localhost/lab:latest"));
    QVERIFY(portal.imageId.startsWith(QLatin1String("sha256:")));
    QCOMPARE(portal.imageDigest, QString()); // it came from no registry
    QCOMPARE(portal.revision, QStringLiteral("4f1c0de"));
    QCOMPARE(portal.composeProject, QStringLiteral("shop"));
    QCOMPARE(portal.composeService, QStringLiteral("web"));
    QCOMPARE(portal.state, models::ContainerState::Running);
    QVERIFY(!portal.exitCode);
    QVERIFY(!portal.startedAt.isNull());
    QVERIFY(portal.createdAt <= portal.startedAt);
    const models::Container job = container(QStringLiteral("job"));
    QTRY_COMPARE_WITH_TIMEOUT(container(QStringLiteral("job")).state,
                              models::ContainerState::Exited, patience);
    QCOMPARE(container(QStringLiteral("job")).exitCode.value_or(-1), 3);
    QVERIFY(job.usage == std::nullopt);

    QTRY_VERIFY_WITH_TIMEOUT(container(QStringLiteral("portal")).usage &&
                                 container(QStringLiteral("portal")).usage->processors,
                             patience);
    QVERIFY(*container(QStringLiteral("portal")).usage->processors > 0.0);
    QVERIFY(container(QStringLiteral("portal")).usage->memory > 0);

    // What happens shows without being asked for.
    (void)lab->podman({QStringLiteral("kill"), QStringLiteral("portal")});
    QTRY_COMPARE_WITH_TIMEOUT(container(QStringLiteral("portal")).state,
                              models::ContainerState::Exited, patience);
    QCOMPARE(container(QStringLiteral("portal")).exitCode.value_or(-1), 137);
    (void)lab->podman({QStringLiteral("rm"), QStringLiteral("job")});
    QTRY_COMPARE_WITH_TIMEOUT(list().containers.size(), 1, patience);
    run(QStringLiteral("new"), QStringLiteral("sleep 900"));
    QTRY_COMPARE_WITH_TIMEOUT(container(QStringLiteral("new")).state,
                              models::ContainerState::Running, patience);
}

void TestContainers::goesByTheCommandWhereSocketsAreRefused() {
    run(QStringLiteral("portal"), QStringLiteral("sleep 900"));
    models::Host walled = host(QStringLiteral("walled"));
    walled.socket = lab->containerSocket();
    m_logs->watch(walled);
    QTRY_COMPARE_WITH_TIMEOUT(list().state, ListState::Known, patience);
    QCOMPARE(list().containers.size(), 1);
}

void TestContainers::saysWhatIsWrong_data() {
    QTest::addColumn<models::Host>("host");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("no runtime") << byCommand(QStringLiteral("no-such-runtime"))
                                << int(models::ErrorCode::Unsupported)
                                << QStringLiteral("There is no container runtime at web-1");
    models::Host none = host();
    none.runtime = QStringLiteral("none");
    QTest::newRow("none is wanted")
        << none << int(models::ErrorCode::Unsupported) << QStringLiteral("gantry.yaml");
    models::Host sudo = host();
    sudo.usesSudo = true;
    QTest::newRow("sudo wants a password")
        << sudo << int(models::ErrorCode::Refused) << QStringLiteral("without a password");
    QTest::newRow("not allowed") << byCommand(QStringLiteral("denied"))
                                 << int(models::ErrorCode::Refused)
                                 << QStringLiteral("set sudo: true");
    QTest::newRow("not running") << byCommand(QStringLiteral("down"))
                                 << int(models::ErrorCode::NotReadable)
                                 << QStringLiteral("Check that its service runs");
    QTest::newRow("a command that is data")
        << byCommand(QStringLiteral("podman; touch /tmp/x")) << int(models::ErrorCode::Unsupported)
        << QStringLiteral("There is no container runtime");
}

void TestContainers::saysWhatIsWrong() {
    QFETCH(models::Host, host);
    QFETCH(int, code);
    QFETCH(QString, words);
    const auto stand = [](const char* name, const QByteArray& says) {
        const QString path = lab->path(QStringLiteral("bin/containers/") + QLatin1String(name));
        writeFile(path, "#!/bin/sh\necho '" + says + "' >&2\nexit 1\n");
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    };
    stand("sudo", "sudo: a password is required");
    stand("denied", "permission denied while trying to connect to the Docker daemon socket");
    stand("down", "Cannot connect to the Docker daemon. Is the docker daemon running?");
    m_logs->watch(host);
    QTRY_COMPARE_WITH_TIMEOUT(list().state, ListState::Failed, patience);
    QVERIFY2(list().error->message.contains(words), qPrintable(list().error->message));
    QCOMPARE(int(list().error->code), code);
}

void TestContainers::holdsBackWhatNobodyTakes_data() {
    QTest::addColumn<models::Host>("host");
    QTest::newRow("socket") << bySocket();
    QTest::newRow("command") << byCommand();
    QTest::newRow("socket of this machine") << here();
}

/// A reader that takes nothing bounds what is on its way, and loses nothing by it.
void TestContainers::holdsBackWhatNobodyTakes() {
    QFETCH(models::Host, host);
    constexpr int lines = 100'000;
    run(QStringLiteral("loud"),
        QStringLiteral(
            "yes 0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz "
            "| head -n %1; echo written >&2; sleep 900")
            .arg(lines));
    // podman 4.3 itself ends early, or says lines in disorder, where it follows a container that
    // has ended or one that writes so much just then.
    const QStringList tail{QStringLiteral("sh"), QStringLiteral("-c"),
                           QStringLiteral("%1 logs loud 2>&1 >/dev/null")
                               .arg(lab->path(QStringLiteral("bin/containers/podman")))};
    QTRY_COMPARE_WITH_TIMEOUT(outputOf(tail), QByteArray("written\n"), patience);
    qint64 bytes = 0;
    qint64 lineCount = 0;
    quint64 stream = 0;
    connect(m_logs.get(), &LogService::arrived, this, [&](quint64 number, const LogBatch& batch) {
        QCOMPARE(number, stream);
        for (const auto& piece : batch) {
            if (const auto* const text = std::get_if<LogPiece>(&piece)) {
                bytes += text->bytes.size();
                if (text->channel == models::LogChannel::Stdout)
                    lineCount += text->bytes.count('\n');
            }
        }
    });
    LogSource source;
    source.host = host;
    source.container = QStringLiteral("loud");
    source.tail = -1;
    stream = m_logs->follow(source);
    constexpr qint64 bound = 4 * 1024 * 1024;
    QTRY_VERIFY_WITH_TIMEOUT(bytes > bound, patience);
    // Nothing more comes, however long one waits; what was being read then may.
    qint64 before = 0;
    while (std::exchange(before, bytes) != bytes)
        QTest::qWait(300);
    QVERIFY2(bytes < bound + 2 * 1024 * 1024, qPrintable(QString::number(bytes)));
    qint64 acknowledged = 0;
    QElapsedTimer limit;
    limit.start();
    while (lineCount < lines && limit.elapsed() < patience) {
        m_logs->acknowledge(stream, bytes - acknowledged);
        acknowledged = bytes;
        QTest::qWait(5);
    }
    QCOMPARE(lineCount, lines);
    m_logs->stop(stream);
}

void TestContainers::followsAServiceOfCompose() {
    const QStringList labels{
        QStringLiteral("--label"), QStringLiteral("com.docker.compose.project=shop"),
        QStringLiteral("--label"), QStringLiteral("com.docker.compose.service=web")};
    run(QStringLiteral("shop-web-1"), QStringLiteral("echo first; sleep 900"), labels);
    QByteArray text;
    QList<models::LogMarker::Kind> kinds;
    connect(m_logs.get(), &LogService::arrived, this, [&](quint64, const LogBatch& batch) {
        for (const auto& piece : batch) {
            if (const auto* const some = std::get_if<LogPiece>(&piece))
                text += some->bytes;
            else
                kinds.append(std::get<models::LogMarker>(piece).kind);
        }
    });
    LogSource source;
    source.kind = LogSource::Kind::Compose;
    source.host = bySocket();
    source.project = QStringLiteral("shop");
    source.service = QStringLiteral("web");
    const quint64 stream = m_logs->follow(source);
    QTRY_VERIFY_WITH_TIMEOUT(text.contains("first"), patience);
    QCOMPARE(m_logs->state(stream).state, LogStreamState::State::Following);
    (void)lab->podman({QStringLiteral("rm"), QStringLiteral("--force"), QStringLiteral("--time"),
                       QStringLiteral("0"), QStringLiteral("shop-web-1")});
    run(QStringLiteral("shop-web-2"), QStringLiteral("echo second; sleep 900"), labels);
    QTRY_VERIFY_WITH_TIMEOUT(text.contains("second"), patience);
    QVERIFY(kinds.contains(models::LogMarker::Kind::Successor));
    QCOMPARE(text.count("first"), 1);
}

int main(int argc, char** argv) {
    qunsetenv("SSH_AUTH_SOCK");
    return runWithLab(
        argc, argv,
        [&](Lab& started) {
            lab = &started;
            TestContainers test;
            return QTest::qExec(&test, argc, argv);
        },
        Lab::Parts::Containers);
}

#include "tst_containers.moc"
