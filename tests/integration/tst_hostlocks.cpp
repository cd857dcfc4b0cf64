// SPDX-License-Identifier: GPL-3.0-or-later
// Two laptops with a journal each, and one real host between them.
#include "app/run/enginethread.h"
#include "app/run/runservice.h"
#include "app/ssh/sshhostservice.h"
#include "tests/app/ssh/sshtest.h"
#include "tests/support/fakejournal.h"
#include "tests/support/memorysecretstore.h"

#include <QDir>
#include <QProcess>
#include <QTest>

using models::LockObstacle;
using models::RunId;
using models::StepId;
using models::StepStatus;
using namespace tests;

namespace {

Lab* lab = nullptr;
const StepId deploy(QStringLiteral("deploy"));
const StepId second(QStringLiteral("second"));

QString recordPath() {
    return lab->home(QStringLiteral("dash")) + QStringLiteral("/record");
}

models::Step step(const StepId& id) {
    models::Step step;
    step.id = id;
    step.title = id.text();
    step.kind = models::StepKind::Command;
    models::Command command;
    command.language = QStringLiteral("sh");
    command.text = QStringLiteral("echo %1 >> record").arg(id.text());
    step.commands = {command};
    return step;
}

models::PlanPointer plan() {
    models::PlanContext context;
    context.workspaceId = QStringLiteral("lab");
    context.environment = QStringLiteral("lab");
    context.hosts = {
        {QStringLiteral("web-1"), QStringLiteral("dash@127.0.0.1:%1").arg(lab->hostPort())}};
    context.defaultHost = QStringLiteral("web-1");
    models::Runbook runbook;
    runbook.title = QStringLiteral("Release");
    runbook.steps = {step(deploy), step(second)};
    return std::make_shared<const models::Plan>(models::makePlan(runbook, context));
}

struct Console {
    FakeJournal journal;
    MemorySecretStore secrets;
    std::shared_ptr<app::EngineThread> engine;
    std::unique_ptr<app::SshHostService> hosts;
    std::unique_ptr<app::RunService> runs;
    RunId run;

    Console() {
        open();
        const auto started = runs->start(plan(), {});
        (void)QTest::qWaitFor([&] { return started.isFinished(); }, patience);
        run = *started.result();
        waitForRun();
    }
    ~Console() { close(); }
    void open() {
        engine = std::make_shared<app::EngineThread>();
        hosts = std::make_unique<app::SshHostService>(engine, secrets);
        runs = std::make_unique<app::RunService>(
            journal, secrets,
            [this](const models::PlanContext& context, const QString& name) {
                return hosts->makePlace(*context.host(name));
            },
            engine);
    }
    void close() {
        runs.reset();
        hosts.reset();
        engine.reset();
    }
    void restart() {
        close();
        open();
        (void)runs->open(run);
        waitForRun();
    }
    void waitForRun() {
        (void)QTest::qWaitFor([&] { return runs->state(run) != nullptr; }, patience);
    }
    [[nodiscard]] StepStatus status(const StepId& id) const {
        return runs->state(run)->step(id).status;
    }
    [[nodiscard]] QList<LockObstacle> obstacles() const { return runs->lockObstacles(run); }
};

} // namespace

class TestHostLocks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QDir().mkpath(QDir::homePath() + QStringLiteral("/.ssh"));
        writeFile(QDir::homePath() + QStringLiteral("/.ssh/config"),
                  "Host *\n  IdentitiesOnly yes\n  IdentityFile " +
                      lab->key(QStringLiteral("person")).toUtf8() + '\n');
        writeFile(QDir::homePath() + QStringLiteral("/.ssh/known_hosts"),
                  contentOf(lab->path(QStringLiteral("known_hosts"))));
        QFile::remove(recordPath());
        QDir(lab->home(QStringLiteral("dash")) + QStringLiteral("/.local/state/gantry/locks"))
            .removeRecursively();
    }

    void theOtherLaptopIsSeenAtTheHost() {
        Console lead;
        Console deputy;
        lead.runs->startStep(lead.run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(lead.status(deploy), StepStatus::Passed, patience);
        deputy.runs->startStep(deputy.run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(deputy.obstacles().size(), 1, patience);
        QCOMPARE(deputy.obstacles().first().holder.run, lead.run);
        QCOMPARE(contentOf(recordPath()), QByteArray("deploy\n"));

        lead.runs->close(lead.run, models::RunOutcome::Aborted, {});
        QTRY_VERIFY_WITH_TIMEOUT(lead.runs->state(lead.run)->locks.isEmpty(), patience);
        deputy.runs->startStep(deputy.run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(deputy.status(deploy), StepStatus::Passed, patience);
    }

    void aDeadConsolesLockIsTakenOver() {
        auto lead = std::make_unique<Console>();
        lead->runs->startStep(lead->run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(lead->status(deploy), StepStatus::Passed, patience);
        Console deputy;
        deputy.runs->startStep(deputy.run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(deputy.obstacles().size(), 1, patience);
        deputy.runs->takeOverLocks(deputy.run, deputy.obstacles(),
                                   QStringLiteral("The laptop is dead"));
        QTRY_VERIFY_WITH_TIMEOUT(deputy.obstacles().isEmpty(), patience);
        deputy.runs->startStep(deputy.run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(deputy.status(deploy), StepStatus::Passed, patience);
        // It was not: she comes back, and reads what happened.
        lead->restart();
        lead->runs->startStep(lead->run, second);
        QTRY_COMPARE_WITH_TIMEOUT(lead->obstacles().size(), 1, patience);
        QCOMPARE(lead->obstacles().first().kind, LockObstacle::Kind::Lost);
        QCOMPARE(lead->obstacles().first().holder.reason, QStringLiteral("The laptop is dead"));
        QCOMPARE(contentOf(recordPath()), QByteArray("deploy\ndeploy\n"));
    }

    /// A real console, killed while a step runs; the run goes on under its own lock, and another
    /// journal's is refused meanwhile.
    void afterAKillTheLockIsItsOwn() {
        const QString folder = QDir::homePath() + QStringLiteral("/workspace");
        QDir(folder).removeRecursively();
        QDir().mkpath(folder);
        writeFile(folder + QStringLiteral("/gantry.yaml"),
                  "gantry: 1\nid: lab\nname: Lab\nenvironments:\n  lab:\n    hosts:\n"
                  "      web-1: { ssh: \"dash@127.0.0.1:" +
                      QByteArray::number(lab->hostPort()) +
                      "\", runtime: none }\n    default_host: web-1\nrunbooks: [ a.md ]\n");
        writeFile(folder + QStringLiteral("/a.md"),
                  "# Release\n\n## Deploy\n\n- [ ] First\n\n  ```sh\n  echo begun\n"
                  "  while [ ! -e go ]; do sleep 0.1; done\n  echo first >> record\n  ```\n\n"
                  "- [ ] Second\n\n  ```sh\n  echo second >> record\n  ```\n");
        const QString go = lab->home(QStringLiteral("dash")) + QStringLiteral("/go");
        QFile::remove(go);
        QProcess killed;
        begin(killed, {QStringLiteral("run"), folder, QStringLiteral("--unattended")});
        QByteArray printed;
        const auto hasBegun = [&] {
            printed += killed.readAllStandardOutput() + killed.readAllStandardError();
            return printed.contains("begun");
        };
        QVERIFY2(QTest::qWaitFor(hasBegun, patience), printed.constData());
        killed.kill();
        QVERIFY(killed.waitForFinished(patience));

        QProcess other;
        QProcessEnvironment elsewhere = QProcessEnvironment::systemEnvironment();
        elsewhere.insert(QStringLiteral("XDG_DATA_HOME"),
                         QDir::homePath() + QStringLiteral("/elsewhere"));
        other.setProcessEnvironment(elsewhere);
        begin(other, {QStringLiteral("run"), folder, QStringLiteral("--unattended")});
        QVERIFY(other.waitForFinished(patience));
        const QByteArray said = other.readAllStandardError();
        QCOMPARE(other.exitCode(), 1);
        QVERIFY2(said.contains("web-1 is locked by") && said.contains("Release"), said.constData());

        writeFile(go, {});
        QProcess resumed;
        begin(resumed, {QStringLiteral("run"), folder, QStringLiteral("--unattended"),
                        QStringLiteral("--resume")});
        QVERIFY(resumed.waitForFinished(patience));
        QVERIFY2(resumed.exitCode() == 0, resumed.readAllStandardError().constData());
        QCOMPARE(contentOf(recordPath()), QByteArray("first\nsecond\n"));
        // And it outlives its run in no way.
        QVERIFY(!QDir(lab->home(QStringLiteral("dash")) +
                      QStringLiteral("/.local/state/gantry/locks/lab/lab"))
                     .exists());
    }

private:
    /// Standard input is no terminal.
    static void begin(QProcess& process, const QStringList& arguments) {
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral(GANTRY_PROGRAM), arguments);
    }
};

int main(int argc, char** argv) {
    // No keychain answers, whatever the desktop of who runs this has.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    qunsetenv("SSH_AUTH_SOCK");
    return runWithLab(argc, argv, [&](Lab& started) {
        lab = &started;
        TestHostLocks test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_hostlocks.moc"
