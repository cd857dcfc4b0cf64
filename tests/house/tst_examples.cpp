// SPDX-License-Identifier: GPL-3.0-or-later
// The example workspaces are what people see first: they are read without a remark, and their
// stand-ins never leave the machine.
#include "app/environment/workspaceservice.h"
#include "app/runbook/runbookservice.h"
#include "models/run/hosts.h"
#include "models/run/plan.h"
#include "models/run/rollbackdocument.h"
#include "models/run/rollbackplan.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

using models::Runbook;
using models::Step;
using models::Workspace;

namespace {

QString example() {
    return tests::sourceDir() + QStringLiteral("/resources/examples/voxbento");
}

QString remarks(const models::Diagnostics& diagnostics) {
    QStringList lines;
    for (const models::Diagnostic& diagnostic : diagnostics) {
        lines.append(QStringLiteral("%1:%2 %3")
                         .arg(diagnostic.line)
                         .arg(diagnostic.column)
                         .arg(diagnostic.message));
    }
    return lines.join(QLatin1Char('\n'));
}

/// A runbook of the example, read as one of its workspace.
Runbook runbook(const char* name) {
    const auto workspace = app::WorkspaceService::read(example());
    const auto read =
        app::RunbookService::read(example() + QStringLiteral("/runbooks/") + QLatin1String(name),
                                  workspace ? models::givenNames(*workspace) : QSet<QString>());
    return read ? *read : Runbook();
}

const Step* stepWith(const Runbook& runbook, const char* name) {
    for (const Step& step : runbook.steps) {
        if (step.options.text(QLatin1String("name")) == QLatin1String(name))
            return &step;
    }
    return nullptr;
}

} // namespace

class TestExamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWayBackUndoesNothingTwice() {
        const auto workspace = app::WorkspaceService::read(example());
        QVERIFY(workspace.has_value());
        const Runbook start = runbook("2-start-up.md");
        const Runbook back = runbook("rollback.md");
        const QString path = QStringLiteral("runbooks/2-start-up.md");
        const models::Plan plan = models::makePlanWithWayBack(
            start, models::planContext(*workspace, path, QStringLiteral("local"), {}, {}),
            workspace->runbooks, [&back](const QString& other) {
                return other == QLatin1String("runbooks/rollback.md") ? &back : nullptr;
            });
        const models::RollbackPlan way = models::rollbackPlanAtEnd(
            models::initialState(std::make_shared<const models::Plan>(plan)));
        int downgrades = 0;
        int starts = 0;
        for (const models::RollbackItem& item : way.items) {
            if (item.need == models::Need::NotNeeded)
                continue;
            downgrades += int(item.script.count(QLatin1String("alembic downgrade")));
            starts += int(item.script.count(QLatin1String("up -d portal")));
        }
        QCOMPARE(downgrades, 1);
        QCOMPARE(starts, 1);
        QVERIFY(way.isDecided());
    }

    void nothingOfProdRunsOnThisMachine() {
        const auto workspace = app::WorkspaceService::read(example());
        QVERIFY(workspace.has_value());
        int commands = 0;
        for (const QString& path : workspace->runbooks) {
            const auto read = app::RunbookService::read(example() + QLatin1Char('/') + path);
            QVERIFY(read.has_value());
            const auto plan = std::make_shared<const models::Plan>(models::makePlan(
                *read, models::planContext(*workspace, path, QStringLiteral("prod"), {}, {})));
            for (int index = 0; index < plan->steps.size(); ++index) {
                const Step& step = plan->steps[index].step;
                if (step.commands.isEmpty() && !step.http)
                    continue;
                ++commands;
                const auto places = models::placesOf(*plan, step);
                QVERIFY2(places && !places->contains(models::localPlace), qPrintable(step.title));
            }
        }
        QVERIFY(commands > 10);
    }

    void theWorkspaceIsReadWithoutRemark() {
        const auto workspace = app::WorkspaceService::read(example());
        QVERIFY(workspace.has_value());
        QVERIFY2(workspace->diagnostics.isEmpty(), qPrintable(remarks(workspace->diagnostics)));
        QCOMPARE(workspace->runbooks.size(), 4);
        QVERIFY(workspace->environment(QStringLiteral("prod"))->isProtected);
        QCOMPARE(workspace->risks.size(), 2);
    }

    void runbooksAreReadWithoutRemark_data() {
        QTest::addColumn<QString>("name");
        const QDir folder(example() + QStringLiteral("/runbooks"));
        for (const QString& name : folder.entryList({QStringLiteral("*.md")}))
            QTest::newRow(qPrintable(name)) << name;
    }

    void runbooksAreReadWithoutRemark() {
        QFETCH(QString, name);
        const Runbook read = runbook(name.toLatin1().constData());
        QVERIFY(!read.steps.isEmpty());
        QVERIFY2(read.diagnostics.isEmpty(), qPrintable(remarks(read.diagnostics)));
    }

    void theRunbooksShowWhatTheyAreFor() {
        const Runbook before = runbook("1-pre-deploy.md");
        QCOMPARE(before.contract.size(), 5);
        QVERIFY(before.risks.size() >= 3);
        QVERIFY(before.counts.taskItemsNested >= 3);
        const auto isUrgent = [](const Step& step) { return step.urgent; };
        QVERIFY(std::any_of(before.steps.cbegin(), before.steps.cend(), isUrgent));
        const auto asksPeople = [](const Step& step) { return step.approval.has_value(); };
        QVERIFY(std::any_of(before.steps.cbegin(), before.steps.cend(), asksPeople));
        const Runbook start = runbook("2-start-up.md");
        const Step* health = stepWith(start, "health");
        QVERIFY(health != nullptr && !health->expectations.isEmpty());
        QCOMPARE(health->expectations[0].kind, models::ExpectationKind::Json);
        QVERIFY(stepWith(start, "logs")->commands[0].streaming);
        QCOMPARE(start.counts.rollbackSteps, 3);
        const Runbook after = runbook("3-post-deploy.md");
        QVERIFY(stepWith(after, "forget-cache")->commands[0].destructive);
        QVERIFY(after.conditions.size() >= 3);
        QCOMPARE(runbook("rollback.md").kind, models::DocumentKind::RollbackRunbook);
    }

    void everyCommandIsAStandIn() {
        const QDir bin(example() + QStringLiteral("/bin"));
        const QStringList builtIn{QStringLiteral("export")};
        for (const char* name :
             {"1-pre-deploy.md", "2-start-up.md", "3-post-deploy.md", "rollback.md"}) {
            const Runbook read = runbook(name);
            for (const Step& step : read.steps) {
                for (const models::Command& command : step.commands) {
                    for (const QString& line : command.text.split(QLatin1Char('\n'))) {
                        const QString word = firstWord(line);
                        const bool known = word.isEmpty() || builtIn.contains(word) ||
                                           QFileInfo(bin.filePath(word)).isExecutable();
                        QVERIFY2(known, qPrintable(line));
                    }
                }
            }
        }
    }

    void theStandInsAnswerByTheirState() {
        QVERIFY(run("docker-compose stop portal mediamtx").second == 0);
        QCOMPARE(run("curl -fsS http://localhost:8000/healthz").second, 7);
        QVERIFY(run("docker-compose up -d portal").second == 0);
        QVERIFY(run("curl -fsS http://localhost:8000/healthz")
                    .first.contains(QStringLiteral("\"mediamtx_ok\": false")));
        QVERIFY(run("RELEASE_TAG=v9.9.9 docker-compose up -d mediamtx").second == 0);
        QVERIFY(run("curl -fsSi http://localhost:8000/healthz")
                    .first.startsWith(QStringLiteral("HTTP/1.1 200 OK")));
        QVERIFY(run("curl -fsS http://localhost:8000/api/version")
                    .first.contains(QStringLiteral("v9.9.9")));
        QVERIFY(run("uv run alembic upgrade head && uv run alembic current")
                    .first.contains(QStringLiteral("9d2a")));
        QVERIFY(run("LOG_LINES=3 docker-compose logs portal")
                    .first.contains(QStringLiteral("request_id=0003")));
        QVERIFY(run("uv pip install x").second != 0);
        QVERIFY(run("forget").second == 0);
        QCOMPARE(run("curl -fsS http://localhost:8000/healthz").second, 7);
    }

private:
    static QString firstWord(const QString& line) {
        const QStringList words = line.simplified().split(QLatin1Char(' '));
        for (const QString& word : words) {
            if (word.startsWith(QLatin1Char('#')))
                return {};
            const bool isAssignment =
                word.contains(QLatin1Char('=')) && !word.startsWith(QLatin1Char('-'));
            if (!isAssignment)
                return word;
        }
        return {};
    }

    /// Output and exit status of a line, run as in the environment "local".
    QPair<QString, int> run(const char* line) {
        const auto workspace = app::WorkspaceService::read(example());
        QProcess shell;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        const auto& variables = workspace->environment(QStringLiteral("local"))->variables;
        for (auto variable = variables.cbegin(); variable != variables.cend(); ++variable)
            environment.insert(variable.key(), variable.value());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_state.path());
        shell.setProcessEnvironment(environment);
        shell.setWorkingDirectory(example());
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromUtf8(line)});
        if (!shell.waitForFinished(30'000))
            return {QString(), -1};
        return {QString::fromUtf8(shell.readAllStandardOutput()), shell.exitCode()};
    }

    QTemporaryDir m_state;
};

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
