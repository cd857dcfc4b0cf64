// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "tests/support/workspacetext.h"

#include <QFile>
#include <QTest>

using models::Environment;
using models::parseWorkspace;
using models::planContext;
using models::Workspace;
using tests::messages;

namespace {

/// Every key that the workspace file can have.
QByteArray complete() {
    QFile file(tests::sourceDir() + QStringLiteral("/tests/models/environment/complete.yaml"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestWorkspace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKey() {
        const Workspace workspace = parseWorkspace(complete());
        QCOMPARE(messages(workspace), QString());
        QCOMPARE(workspace.id, QStringLiteral("portal"));
        QCOMPARE(workspace.name, QStringLiteral("Portal"));
        QCOMPARE(workspace.variables.value(QStringLiteral("REGION")), QStringLiteral("eu"));
        QVERIFY(workspace.variables.contains(QStringLiteral("EMPTY")));
        QCOMPARE(workspace.environments.size(), 2);
        QCOMPARE(workspace.contractsEvery, std::chrono::minutes(30));
        const models::LogClass critical{QStringLiteral("critical"), QStringLiteral("CRITICAL")};
        QCOMPARE(workspace.logClasses, {critical});
        QCOMPARE(workspace.risks.size(), 2);
        QCOMPARE(workspace.risks[1].text, QStringLiteral("No rate limit"));
        QCOMPARE(workspace.risks[1].status, QStringLiteral("warn"));
        QCOMPARE(workspace.risks[1].line, 40);
        QCOMPARE(workspace.runbookPatterns,
                 (QStringList{QStringLiteral("runbooks/*.md"), QStringLiteral("*.md")}));
        QCOMPARE(workspace.runbookPatternLines, (QList<int>{41, 41}));
    }

    void riskOfUnknownSeverityIsGrave() {
        const Workspace workspace = parseWorkspace("gantry: 1\nrisks:\n  - { text: a, severity: "
                                                   "grave }\n  - { text: b, severity: info }\n");
        QCOMPARE(workspace.risks.size(), 2);
        QCOMPARE(workspace.risks[0].status, QStringLiteral("error"));
        QCOMPARE(workspace.risks[1].status, QStringLiteral("info"));
    }

    void readsAnEnvironment() {
        const Workspace workspace = parseWorkspace(complete());
        const Environment* prod = workspace.environment(QStringLiteral("prod"));
        QVERIFY(prod != nullptr);
        QVERIFY(prod->isProtected);
        QCOMPARE(prod->colour, QStringLiteral("#cc3344"));
        QCOMPARE(prod->promoteFrom, QStringLiteral("dev"));
        QCOMPARE(prod->hosts.size(), 2);
        QCOMPARE(prod->hosts[0].ssh, QStringLiteral("deploy@portal.example.com"));
        QCOMPARE(prod->hosts[1].ssh, QStringLiteral("web-2"));
        QCOMPARE(prod->defaultHost, QStringLiteral("web-1"));
        QCOMPARE(prod->serviceNames(),
                 (QStringList{QStringLiteral("portal"), QStringLiteral("media")}));
        QCOMPARE(prod->secrets.size(), 2);
        QVERIFY(!workspace.environment(QStringLiteral("dev"))->isProtected);
    }

    void reportsMistakes_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* yaml, int line, int column,
                            const char* says) {
            QTest::newRow(name) << QByteArray("gantry: 1\n") + yaml << line << column
                                << QString::fromUtf8(says);
        };
        row("a key that was meant", "enviroments: {}\n", 2, 1, "\"environments\" was probably");
        row("American colour", "environments:\n  dev:\n    color: '#000000'\n", 4, 5,
            "\"colour\" was probably meant");
        row("letters swapped", "environments:\n  dev:\n    vras: {}\n", 4, 5, "\"vars\"");
        row("a key of another place", "default_host: web\n", 2, 1, "belongs to an environment");
        row("an unknown key", "zzzzzz: 1\n", 2, 1, "It has: gantry, id, name");
        row("twice", "name: a\nname: b\n", 3, 1, "there twice");
        row("a list for a text", "name: [a]\n", 2, 7, "\"name\" needs a text, and has a list");
        row("a text for environments", "environments: prod\n", 2, 15, "names with keys");
        row("a text for vars", "vars: x\n", 2, 7, "names with a value each");
        row("a list for a variable", "vars: { A: [1] }\n", 2, 12, "\"A\" needs a text");
        row("no flag", "environments:\n  dev:\n    protected: maybe\n", 4, 16,
            "true or false, and has \"maybe\"");
        row("no duration",
            "environments:\n  dev:\n    services:\n      a:\n        health: [ { tcp: u:1, every: "
            "often } ]\n",
            6, 38, "a duration such as");
        row("longer than a timer can be",
            "environments:\n  dev:\n    services:\n      a:\n        health: [ { tcp: u:1, every: "
            "99999999999999h } ]\n",
            6, 38, "\"every\" needs a duration of a year at most, and has \"99999999999999h\".");
        row("no condition", "environments:\n  dev:\n    triggers:\n      - when: a = 1\n", 5, 17,
            "Write == to compare");
        row("a condition never decided",
            "environments:\n  dev:\n    triggers:\n      - when: \"p95(http.total, 5m) > 500\"\n",
            5, 15, "A duration cannot be compared with a number. At character 23");
        row("a secret's value", "secrets:\n  API_TOKEN: hunter2\n", 3, 14, "never a value");
        row("an empty reference", "secrets:\n  API_TOKEN: 'keychain:'\n", 3, 14, "never a value");
        row("a secret among variables", "vars: { DB_PASSWORD: hunter2 }\n", 2, 22,
            "looks like a secret");
        row("both", "vars: { A: x }\nsecrets: { A: prompt }\n", 3, 15, "both a variable and");
        row("no variable's name", "vars: { 1A-: x }\n", 2, 9, "cannot be the name of a variable");
        row("no environment's name", "environments: { \"a b\": {} }\n", 2, 17,
            "cannot be the name of an environment");
        row("a host named local", "environments: { dev: { hosts: { local: {} } } }\n", 2, 40,
            "\"local\" is this machine");
        row("an option for ssh",
            "environments: { dev: { hosts: { a: { ssh: \"-oProxyCommand=x\" } } } }\n", 2, 43,
            "no SSH destination");
        row("a runtime that was meant",
            "environments: { dev: { hosts: { a: { runtime: dokcer } } } }\n", 2, 47,
            "There is no runtime \"dokcer\"; \"docker\" was probably meant.");
        row("no runtime", "environments: { dev: { hosts: { a: { runtime: lxc -x } } } }\n", 2, 47,
            "There is no runtime \"lxc -x\". There are: docker, podman, none.");
        row("a list of runtimes",
            "environments: { dev: { hosts: { a: { runtime: [docker] } } } }\n", 2, 47,
            "\"runtime\" needs one of: docker, podman, none, and has a list.");
        row("no host of that name",
            "environments: { dev: { hosts: { web-1: {} }, default_host: web1 } }\n", 2, 60,
            "\"web-1\" was probably meant");
        row("no host of a service's",
            "environments: { dev: { hosts: { web-1: {} }, services: { a: { hosts: [web-1, db] } } "
            "} "
            "}\n",
            2, 78, "no host \"db\"");
        row("no environment of that name", "environments: { prod: { promote_from: dev } }\n", 2, 39,
            "no other environment \"dev\"");
        row("promoted from itself", "environments: { prod: { promote_from: prod } }\n", 2, 39,
            "no other environment");
        row("no service that it depends on",
            "environments: { dev: { services: { a: { depends_on: datbase }, database: {} } } }\n",
            2, 53, "\"database\" was probably meant");
        row("a service that depends on itself",
            "environments: { dev: { services: { a: { depends_on: a }, b: {} } } }\n", 2, 53,
            "no other service \"a\"; \"b\" was probably meant");
        row("no colour", "environments: { dev: { colour: red } }\n", 2, 32, "is no colour");
        row("isolation between nobody",
            "environments: { dev: {} }\nisolation: [ { distinct: [A], between: [dve] } ]\n", 3, 40,
            "\"dev\" was probably meant");
        row("isolation of nothing",
            "environments: { dev: {}, qa: {} }\nisolation: [ { between: [dev, qa] } ]\n", 3, 14,
            "needs \"distinct\"");
        row("isolation of an empty list",
            "environments: { dev: {}, qa: {} }\nisolation: [ { distinct: [], between: [dev, qa] } "
            "]\n",
            3, 26, "needs \"distinct\"");
        row("isolation without environments",
            "environments: { dev: {}, qa: {} }\nisolation: [ { distinct: [A] } ]\n", 3, 14,
            "needs two environments");
        row("isolation from itself",
            "environments: { dev: {}, qa: {} }\nisolation: [ { distinct: [A], between: [qa, qa] } "
            "]\n",
            3, 40, "needs two environments");
        row("one of no values",
            "environments: { dev: { services: { a: { container: a, contract: { A: { one_of: [] } } "
            "} } } }\n",
            2, 80, "\"one_of\" needs a value");
        row("another document", "name: a\n---\nname: b\n", 3, 1, "Another document begins");
        row("a risk without words", "risks: [ { severity: warn } ]\n", 2, 10, "needs a \"text\"");
        row("a severity that is none", "risks: [ { text: a, severity: warm } ]\n", 2, 31,
            "There is no severity of a risk \"warm\"; \"warn\" was probably meant.");
        row("a severity that says nothing", "risks: [ { text: a, severity: grave } ]\n", 2, 31,
            "There are: info, warn, error.");
        row("a risk shown elsewhere", "risks: [ { text: a, show: always } ]\n", 2, 27,
            "\"always\" has no effect");
        row("a severity of no trigger",
            "environments:\n  dev:\n    triggers:\n      - { when: \"1 > 0\", severity: grave }\n",
            5, 36, "There is no severity of a trigger \"grave\"");
        row("a rollback of a service",
            "environments: { dev: { services: { a: { rollback: { command: ./back } } } } }\n", 2,
            51, "\"rollback\" of a service has no effect");
        row("runbooks above", "runbooks: [ ../secret/*.md ]\n", 2, 13, "stays inside");
        row("runbooks anywhere", "runbooks: /etc/*.md\n", 2, 11, "stays inside");
        row("an odd id", "id: '../x'\n", 2, 5, "letters, digits");
        row("a key that is no text", "[a]: b\n", 2, 1, "A key must be plain text");
        row("no YAML", "name: 'x\n", 2, 1, "This is not YAML");
        row("a tab", "environments:\n  dev:\n    hosts: {}\n\tprotected: true\n", 5, 1,
            "A tab indents");
    }

    void servicesComeBehindWhatTheyDependOn() {
        const Workspace workspace = parseWorkspace(
            "gantry: 1\nenvironments: { dev: { hosts: {}, services: { page: { depends_on: [api] }, "
            "api: { depends_on: database }, mail: {}, database: {} } } }\n");
        QCOMPARE(planContext(workspace, {}, QStringLiteral("dev"), {}, {}).services,
                 (QStringList{QStringLiteral("mail"), QStringLiteral("database"),
                              QStringLiteral("api"), QStringLiteral("page")}));
    }

    void reportsMistakes() {
        QFETCH(QByteArray, yaml);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, says);
        const Workspace workspace = parseWorkspace(yaml);
        QVERIFY2(workspace.diagnostics.size() == 1, qPrintable(messages(workspace)));
        const models::Diagnostic& diagnostic = workspace.diagnostics[0];
        QVERIFY2(diagnostic.message.contains(says), qPrintable(diagnostic.message));
        QCOMPARE(diagnostic.line, line);
        QCOMPARE(diagnostic.column, column);
        QVERIFY(!diagnostic.message.contains(QStringLiteral("hunter2")));
        QVERIFY(!workspace.environments.isEmpty());
    }

    void asksForTheVersion_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("says");
        QTest::newRow("missing") << QByteArray("name: x\n") << QStringLiteral("\"gantry: 1\"");
        QTest::newRow("later") << QByteArray("gantry: 2\n") << QStringLiteral("version 1");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("empty");
        QTest::newRow("a list") << QByteArray("- a\n") << QStringLiteral("needs the keys");
    }

    void asksForTheVersion() {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, says);
        const Workspace workspace = parseWorkspace(yaml);
        QVERIFY2(messages(workspace).contains(says), qPrintable(messages(workspace)));
        QCOMPARE(workspace.environments.size(), 1);
        QCOMPARE(workspace.environments[0].name, QStringLiteral("local"));
    }

    void forgetsAValueGivenAsASecret() {
        const Workspace workspace = parseWorkspace("gantry: 1\nsecrets: { TOKEN: hunter2 }\n");
        QCOMPARE(workspace.secrets.size(), 1);
        QCOMPARE(workspace.secrets[0].source, QStringLiteral("prompt"));
    }

    void protectsWhereTheFlagIsAMistake_data() {
        QTest::addColumn<QByteArray>("prod");
        QTest::newRow("no flag") << QByteArray("{ protected: ture }");
        QTest::newRow("a misspelt key") << QByteArray("{ protectd: true }");
        QTest::newRow("twice") << QByteArray("{ protected: false, protected: true }");
        QTest::newRow("no record") << QByteArray("protected");
    }
    void protectsWhereTheFlagIsAMistake() {
        QFETCH(QByteArray, prod);
        const Workspace workspace =
            parseWorkspace("gantry: 1\nenvironments: { prod: " + prod + " }\n");
        QCOMPARE(workspace.diagnostics.size(), 1);
        QVERIFY(workspace.environment(QStringLiteral("prod"))->isProtected);
    }

    void heedsApprovalsWhoseKeyIsMisspelt() {
        const Workspace workspace =
            parseWorkspace("gantry: 1\nenvironments: { prod: { aprovals: { by: 3 } } }\n");
        QCOMPARE(workspace.diagnostics.size(), 1);
        QCOMPARE(workspace.environment(QStringLiteral("prod"))->approvals.by, 3);
    }

    void protectsWhatWasNotReadWhole() {
        const Workspace workspace =
            parseWorkspace("gantry: 1\nenvironments:\n  dev: { protected: false }\n  prod:\n"
                           "\tprotected: true\n");
        QVERIFY(!workspace.diagnostics.isEmpty());
        QVERIFY(!workspace.environment(QStringLiteral("dev"))->isProtected);
        QVERIFY(workspace.environment(QStringLiteral("prod"))->isProtected);
    }

    void keepsWhatCouldBeRead() {
        const Workspace workspace =
            parseWorkspace("gantry: 1\nname: Portal\nenvironments:\n  dev: {}\n  prod: {\n");
        QCOMPARE(workspace.name, QStringLiteral("Portal"));
        QVERIFY(workspace.environment(QStringLiteral("dev")) != nullptr);
        QVERIFY(!workspace.diagnostics.isEmpty());
    }

    void everyBeginningOpens() {
        const QByteArray whole = complete();
        QVERIFY(!whole.isEmpty());
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY(!parseWorkspace(whole.left(size)).environments.isEmpty());
    }

    void laysVariablesOverOneAnother_data() {
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QString>("set");
        QTest::addColumn<QString>("value");
        const QString none;
        QTest::newRow("workspace") << QStringLiteral("dev") << none << QStringLiteral("eu");
        QTest::newRow("environment") << QStringLiteral("prod") << none << QStringLiteral("us");
        QTest::newRow("set") << QStringLiteral("prod") << QStringLiteral("ap")
                             << QStringLiteral("ap");
        QTest::newRow("unknown environment")
            << QStringLiteral("elsewhere") << none << QStringLiteral("eu");
    }

    void laysVariablesOverOneAnother() {
        QFETCH(QString, environment);
        QFETCH(QString, set);
        QFETCH(QString, value);
        QMap<QString, QString> overrides;
        if (!set.isNull())
            overrides.insert(QStringLiteral("REGION"), set);
        const models::PlanContext context =
            planContext(parseWorkspace(complete()), QStringLiteral("runbooks/deploy.md"),
                        environment, overrides, {});
        QCOMPARE(context.variables.value(QStringLiteral("REGION")), value);
        QCOMPARE(context.environment, environment);
    }

    void readsWhatAHostIsUsedBy() {
        const Workspace workspace = parseWorkspace(
            "gantry: 1\n"
            "environments:\n"
            "  prod:\n"
            "    hosts:\n"
            "      web-1: { ssh: deploy@example.com, runtime: podman, cli: /opt/bin/podman,\n"
            "               socket: /run/podman.sock, sudo: true, lock_dir: /var/lock/team }\n"
            "      web-2: { sudo: false }\n");
        QCOMPARE(messages(workspace), QString());
        const QList<models::Host> hosts = workspace.environments.first().hosts;
        QCOMPARE(hosts[0],
                 (models::Host{QStringLiteral("web-1"), QStringLiteral("deploy@example.com"),
                               QStringLiteral("podman"), QStringLiteral("/opt/bin/podman"),
                               QStringLiteral("/run/podman.sock"), true,
                               QStringLiteral("/var/lock/team")}));
        QCOMPARE(hosts[1], (models::Host{QStringLiteral("web-2"), QStringLiteral("web-2")}));
    }

    void refusesWhatAHostCannotBeUsedBy_data() {
        QTest::addColumn<QByteArray>("keys");
        QTest::addColumn<QString>("part");
        QTest::newRow("an option") << QByteArray("cli: -v") << QStringLiteral("\"-v\"");
        QTest::newRow("a command with arguments")
            << QByteArray("cli: docker --host x") << QStringLiteral("without options");
        QTest::newRow("shell text") << QByteArray("cli: \"$(id)\"") << QStringLiteral("\"$(id)\"");
        QTest::newRow("a socket from nowhere")
            << QByteArray("socket: docker.sock") << QStringLiteral("whole path");
        QTest::newRow("a lock folder from nowhere")
            << QByteArray("lock_dir: locks") << QStringLiteral("whole path");
        QTest::newRow("sudo") << QByteArray("sudo: sometimes") << QStringLiteral("true or false");
    }

    void refusesWhatAHostCannotBeUsedBy() {
        QFETCH(QByteArray, keys);
        QFETCH(QString, part);
        const Workspace workspace = parseWorkspace(
            "gantry: 1\nenvironments: { prod: { hosts: { web-1: { " + keys + " } } } }\n");
        QVERIFY2(messages(workspace).contains(part), qPrintable(messages(workspace)));
        // The host is there, without it.
        QCOMPARE(workspace.environments.first().hosts,
                 (QList<models::Host>{{QStringLiteral("web-1"), QStringLiteral("web-1")}}));
    }

    void knowsEveryGivenName() {
        const Workspace workspace = parseWorkspace("gantry: 1\n"
                                                   "vars: { REGION: eu }\n"
                                                   "secrets: { TOKEN: prompt }\n"
                                                   "environments:\n"
                                                   "  dev: { vars: { API: a } }\n"
                                                   "  prod: { secrets: { KEY: prompt } }\n");
        QCOMPARE(messages(workspace), QString());
        QCOMPARE(
            models::givenNames(workspace),
            (QSet<QString>{QStringLiteral("REGION"), QStringLiteral("TOKEN"), QStringLiteral("API"),
                           QStringLiteral("KEY"), QStringLiteral("TARGET_VERSION"),
                           QStringLiteral("PREVIOUS_VERSION")}));
    }

    void makesAContext() {
        const models::Target target{{QString(), QStringLiteral("abc123")}};
        const QMap<QString, QString> overrides{
            {QStringLiteral("ADMIN_PASSWORD"), QStringLiteral("hunter2")}};
        const models::PlanContext context =
            planContext(parseWorkspace(complete()), QStringLiteral("runbooks/deploy.md"),
                        QStringLiteral("prod"), overrides, target);
        QVERIFY(context.isProtected);
        QCOMPARE(context.hostNames(),
                 (QStringList{QStringLiteral("web-1"), QStringLiteral("web-2")}));
        QCOMPARE(context.defaultHost, QStringLiteral("web-1"));
        QCOMPARE(context.target, target);
        QCOMPARE(context.secrets.size(), 2);
        QCOMPARE(context.secrets[0].source, QStringLiteral("env:TOKEN"));
        // A secret's value never becomes a variable, which would be stored with the run.
        QVERIFY(!context.variables.contains(QStringLiteral("ADMIN_PASSWORD")));
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
