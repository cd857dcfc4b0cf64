// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/actionplan.h"

#include "models/run/change.h"
#include "models/run/resolve.h"
#include "models/run/runstate.h"

#include <QTest>

using models::actionPlan;
using models::ServiceActionKind;
using models::Workspace;

namespace {

/// A workspace whose portal can be restarted by this command, in single quotes of YAML.
Workspace with(const QByteArray& command, const QByteArray& more = {}) {
    return models::parseWorkspace("gantry: 1\n"
                                  "vars: { PROJECT: shop }\n"
                                  "environments:\n"
                                  "  prod:\n"
                                  "    hosts: { web-1: {}, web-2: {} }\n"
                                  "    services:\n"
                                  "      portal:\n"
                                  "        hosts: [web-1]\n" +
                                  more +
                                  "        actions:\n"
                                  "          restart: " +
                                  command + "\n");
}

models::Result<models::Plan> planned(const Workspace& workspace) {
    return actionPlan(workspace, QStringLiteral("prod"), QStringLiteral("portal"),
                      ServiceActionKind::Restart);
}

models::RunState stateOf(const models::Plan& plan) {
    models::RunState state;
    state.plan = std::make_shared<const models::Plan>(plan);
    state.variables = plan.context.variables;
    return state;
}

} // namespace

class TestActionPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isARunOfOneStep() {
        const auto plan = planned(with("docker restart portal"));
        QVERIFY(plan);
        QCOMPARE(plan->runbook.title, QStringLiteral("Restart portal"));
        QCOMPARE(plan->steps.size(), 1);
        const models::Step& step = plan->steps[0].step;
        QCOMPARE(step.id, models::actionStep(*plan));
        QCOMPARE(step.title, QStringLiteral("Restart portal"));
        QCOMPARE(step.commands.first().text.trimmed(), QStringLiteral("docker restart portal"));
        QCOMPARE(step.options.text(QLatin1String("on")), QStringLiteral("web-1"));
        QCOMPARE(step.range.first, 10); // of gantry.yaml
        QVERIFY(models::isOfAction(plan->context));
        QCOMPARE(plan->context.environment, QStringLiteral("prod"));
        QCOMPARE(plan->mainLane(), step.lane);
    }

    void keepsTheCommandAsItIs_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("command");
        const auto row = [](const char* name, const char* yaml, const char* command) {
            QTest::newRow(name) << QByteArray(yaml) << QString::fromUtf8(command);
        };
        row("quotes", "\"docker compose -p 'my shop' restart \\\"portal\\\"\"",
            "docker compose -p 'my shop' restart \"portal\"");
        row("fences", "'echo ``` && echo {x}'", "echo ``` && echo {x}");
        row("mark-up", "echo '*a* _b_ <!-- c -->'", "echo '*a* _b_ <!-- c -->'");
        row("lines", "\"set -x\\ndocker stop portal\\ndocker start portal\"",
            "set -x\ndocker stop portal\ndocker start portal");
        row("an indented line", "\"if true; then\\n    echo yes\\nfi\"",
            "if true; then\n    echo yes\nfi");
    }

    void keepsTheCommandAsItIs() {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, command);
        const auto plan = planned(with(yaml));
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        QCOMPARE(plan->steps[0].step.commands.first().text.trimmed(), command);
    }

    void asksForWhatAStepAsksFor_data() {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QStringList>("variables");
        QTest::addColumn<QStringList>("secrets");
        QTest::addColumn<QString>("confirmation");
        QTest::newRow("nothing") << QByteArray("docker restart $PROJECT-portal") << QStringList()
                                 << QStringList() << QString();
        QTest::newRow("a placeholder")
            << QByteArray("docker restart <container>") << QStringList{QStringLiteral("container")}
            << QStringList() << QString();
        QTest::newRow("a secret") << QByteArray("curl -H \"T: $TOKEN\" http://localhost/restart")
                                  << QStringList() << QStringList{QStringLiteral("TOKEN")}
                                  << QString();
        QTest::newRow("typing") << QByteArray("docker compose down -v") << QStringList()
                                << QStringList() << QStringLiteral("prod");
    }

    void asksForWhatAStepAsksFor() {
        QFETCH(QByteArray, command);
        QFETCH(QStringList, variables);
        QFETCH(QStringList, secrets);
        QFETCH(QString, confirmation);
        Workspace workspace = with("\"" + QByteArray(command).replace("\"", "\\\"") + "\"");
        workspace.secrets.append({QStringLiteral("TOKEN"), QStringLiteral("prompt")});
        const auto plan = planned(workspace);
        QVERIFY(plan);
        const models::Requirements needs = models::requirementsOf(stateOf(*plan), 0);
        QCOMPARE(needs.variables, variables);
        QCOMPARE(needs.secrets, secrets);
        QCOMPARE(needs.confirmationText, confirmation);
    }

    void runsAtEachHost() {
        Workspace workspace = with("docker restart portal");
        models::Service& portal = workspace.environments[0].services[0];
        portal.actions[ServiceActionKind::Restart].places = {QStringLiteral("web-1"),
                                                             QStringLiteral("web-2")};
        portal.actions[ServiceActionKind::Restart].timeLimit = QStringLiteral("5m");
        const auto plan = planned(workspace);
        QVERIFY(plan);
        QCOMPARE(models::hostsNamed(plan->steps[0].step),
                 (QStringList{QStringLiteral("web-1"), QStringLiteral("web-2")}));
        QCOMPARE(plan->steps[0].step.options.text(QLatin1String("timeout")), QStringLiteral("5m"));
    }

    void namesTheKeyToAdd() {
        const auto plan = actionPlan(with("x"), QStringLiteral("prod"), QStringLiteral("portal"),
                                     ServiceActionKind::Pull);
        QVERIFY(!plan);
        QCOMPARE(plan.error().code, models::ErrorCode::NotFound);
        QVERIFY2(plan.error().message.contains(
                     QStringLiteral("environments.prod.services.portal.actions.pull")),
                 qPrintable(plan.error().message));
    }

    void anyServiceHasATitle_data() {
        QTest::addColumn<QString>("service");
        QTest::newRow("mark-up") << QStringLiteral("my_*portal* [1](x) `y` # <b>");
        QTest::newRow("a word of runbooks") << QStringLiteral("overview");
        QTest::newRow("rollback") << QStringLiteral("rollback");
        QTest::newRow("history") << QStringLiteral("release history");
        QTest::newRow("letters") << QStringLiteral("größe-2.0");
    }

    void anyServiceHasATitle() {
        QFETCH(QString, service);
        Workspace workspace = with("docker restart portal");
        workspace.environments[0].services[0].name = service;
        const auto plan =
            actionPlan(workspace, QStringLiteral("prod"), service, ServiceActionKind::Restart);
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        QCOMPARE(plan->runbook.title, QStringLiteral("Restart ") + service);
        QCOMPARE(plan->steps[0].step.lane, plan->mainLane());
    }
};

QTEST_GUILESS_MAIN(TestActionPlan)
#include "tst_actionplan.moc"
