// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/workspacetext.h"

#include <QTest>

using models::parseWorkspace;
using models::Service;
using models::ServiceActionKind;
using models::ServiceLog;
using models::Workspace;
using tests::messages;
using tests::serviceOf;

namespace {

/// The services of an environment with the hosts web-1 and web-2, one a line from line 6 on.
Workspace withServices(const QByteArray& services, const QByteArray& more = {}) {
    return parseWorkspace("gantry: 1\nenvironments:\n  prod:\n"
                          "    hosts: { web-1: {}, web-2: {} }\n    services:\n" +
                          services + more);
}

const QString web1 = QStringLiteral("web-1");

} // namespace

class TestService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheRuntimeOfAHost() {
        for (const auto& [written, read] :
             {std::pair("docker", "docker"), {"podman", "podman"}, {"none", "none"}, {"sh", ""}}) {
            const Workspace workspace =
                parseWorkspace(QByteArray("gantry: 1\nenvironments: { dev: { hosts: { a: { "
                                          "runtime: ") +
                               written + " } } } }\n");
            QCOMPARE(workspace.environments[0].hosts[0].runtime, QString::fromLatin1(read));
        }
    }

    void readsEachKindOfLog_data() {
        QTest::addColumn<QByteArray>("item");
        QTest::addColumn<ServiceLog>("log");
        const auto row = [](const char* name, const char* item, ServiceLog log) {
            log.places = {web1};
            QTest::newRow(name) << QByteArray(item) << log;
        };
        ServiceLog log;
        log.container = QStringLiteral("portal_1.a");
        row("container", "{ container: portal_1.a }", log);
        log.name = QStringLiteral("Front");
        row("name", "{ container: portal_1.a, name: Front }", log);
        log = {};
        log.kind = ServiceLog::Kind::Compose;
        log.project = QStringLiteral("shop");
        log.service = QStringLiteral("web");
        row("compose", "{ compose: { project: shop, service: web } }", log);
        log.service = QStringLiteral("portal");
        row("compose, of the service's own name", "{ compose: { project: shop } }", log);
        log = {};
        log.kind = ServiceLog::Kind::Command;
        log.command = QStringLiteral("fly logs -a proxy");
        row("command", "{ command: \" fly logs -a proxy \" }", log);
        log = {};
        log.kind = ServiceLog::Kind::File;
        log.path = QStringLiteral("/var/log/portal/it's.log");
        row("file", "{ file: \"/var/log/portal/it's.log\" }", log);
        log = {};
        log.kind = ServiceLog::Kind::Journal;
        log.unit = QStringLiteral("portal@1.service");
        row("journal", "{ journal: portal@1.service }", log);
    }

    void readsEachKindOfLog() {
        QFETCH(QByteArray, item);
        QFETCH(ServiceLog, log);
        const Workspace listed =
            withServices("      portal: { host: web-1, logs: [ " + item + " ] }\n");
        QCOMPARE(messages(listed), QString());
        QCOMPARE(serviceOf(listed).logs, QList<ServiceLog>{log});
        const Workspace single =
            withServices("      portal: { host: web-1, logs: " + item + " }\n");
        QCOMPARE(messages(single), QString());
        QCOMPARE(serviceOf(single).logs, QList<ServiceLog>{log});
    }

    void takesItsContainerForItsLog() {
        Workspace workspace = withServices("      portal: { host: web-1, container: portal }\n");
        QCOMPARE(serviceOf(workspace).logs.size(), 1);
        QCOMPARE(serviceOf(workspace).logs[0].container, QStringLiteral("portal"));
        QCOMPARE(serviceOf(workspace).logs[0].name, QString());
        workspace = withServices("      portal: { host: web-1, compose: { project: shop } }\n");
        QCOMPARE(serviceOf(workspace).logs[0].kind, ServiceLog::Kind::Compose);
        QCOMPARE(serviceOf(workspace).logs[0].service, QStringLiteral("portal"));
        workspace = withServices(
            "      portal: { host: web-1, container: portal, logs: [ { command: fly logs } ] }\n");
        QCOMPARE(serviceOf(workspace).logs.size(), 1);
        QCOMPARE(serviceOf(workspace).logs[0].kind, ServiceLog::Kind::Command);
        workspace = withServices("      portal: { host: web-1, container: portal, logs: [] }\n");
        QVERIFY(serviceOf(workspace).logs.isEmpty());
        QCOMPARE(messages(workspace), QString());
    }

    void saysWhere_data() {
        QTest::addColumn<QByteArray>("service");
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QStringList>("places");
        const auto row = [](const char* name, const char* service, const char* more,
                            const QStringList& places) {
            QTest::newRow(name) << QByteArray(service) << QByteArray(more) << places;
        };
        row("its host", "host: web-2", "", {QStringLiteral("web-2")});
        row("its hosts", "hosts: [web-1, web-2]", "", {web1, QStringLiteral("web-2")});
        row("the default", "depends_on: []", "    default_host: web-1\n", {web1});
        row("before the default", "host: web-2", "    default_host: web-1\n",
            {QStringLiteral("web-2")});
    }

    void saysWhere() {
        QFETCH(QByteArray, service);
        QFETCH(QByteArray, more);
        QFETCH(QStringList, places);
        const Workspace workspace =
            withServices("      portal: { " + service +
                             ", logs: [ { command: a }, { command: b, on: local } ],"
                             " actions: { stop: c, start: { command: d, on: local } } }\n",
                         more);
        QCOMPARE(messages(workspace), QString());
        const QStringList local{QStringLiteral("local")};
        QCOMPARE(serviceOf(workspace).logs.value(0).places, places);
        QCOMPARE(serviceOf(workspace).logs.value(1).places, local);
        QCOMPARE(serviceOf(workspace).actions.value(ServiceActionKind::Stop).places, places);
        QCOMPARE(serviceOf(workspace).actions.value(ServiceActionKind::Start).places, local);
    }

    void isThisMachineWithoutHosts() {
        const Workspace workspace = parseWorkspace(
            "gantry: 1\nenvironments: { dev: { services: { a: { container: a } } } }\n");
        QCOMPARE(messages(workspace), QString());
        QCOMPARE(serviceOf(workspace).logs.value(0).places, QStringList{QStringLiteral("local")});
    }

    void readsActions() {
        const Workspace workspace = withServices(
            "      portal:\n"
            "        host: web-1\n"
            "        actions:\n"
            "          restart: docker restart portal\n"
            "          recreate: { command: docker compose up -d portal, timeout: 5m }\n");
        QCOMPARE(messages(workspace), QString());
        const auto actions = serviceOf(workspace).actions;
        QCOMPARE(actions.keys(), (QList{ServiceActionKind::Restart, ServiceActionKind::Recreate}));
        const models::ServiceAction restart = actions.value(ServiceActionKind::Restart);
        QCOMPARE(restart.command, QStringLiteral("docker restart portal"));
        QCOMPARE(restart.written, (models::TextPosition{9, 20}));
        QCOMPARE(actions.value(ServiceActionKind::Recreate).timeLimit, QStringLiteral("5m"));
    }

    void everyActionHasItsKey() {
        QByteArray actions;
        for (const ServiceActionKind kind : models::serviceActionKinds)
            actions += QByteArray(models::serviceActionKey(kind).data()) + ": x, ";
        const Workspace workspace =
            withServices("      portal: { host: web-1, actions: { " + actions + " } }\n");
        QCOMPARE(messages(workspace), QString());
        QCOMPARE(serviceOf(workspace).actions.size(), int(models::serviceActionKinds.size()));
    }

    void reportsMistakes_data() {
        QTest::addColumn<QByteArray>("service");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* service, int column, const char* says) {
            QTest::newRow(name) << QByteArray(service) << column << QString::fromUtf8(says);
        };
        // The text begins in column 30.
        row("a key that was meant", "logs: [ { contianer: a } ]", 40, "\"container\" was probably");
        row("nothing", "logs: [ { name: a } ]", 38, "needs one of: container, compose");
        row("two things", "logs: [ { container: a, file: /b } ]", 38, "container and file");
        row("no container", "logs: [ { container: --help } ]", 51, "the name of a container");
        row("shell text", "container: \"$(id)\"", 41, "the name of a container");
        row("no project", "compose: { service: web }", 39, "needs a \"project\"");
        row("no unit", "logs: { journal: -f }", 47, "the name of a unit");
        row("a path from nowhere", "logs: [ { file: var/log/a } ]", 46, "the whole path");
        row("an empty command", "logs: [ { command: \"\" } ]", 49, "is empty");
        row("a host that was meant", "logs: [ { command: a, on: web1 } ]", 56, "\"web-1\" was");
        row("an action that was meant", "actions: { restrat: x }", 41, "\"restart\" was probably");
        row("an action without a command", "actions: { stop: }", 41, "needs a text");
        row("an empty action", "actions: { stop: ' ' }", 47, "needs the command");
        row("an action with half of it", "actions: { stop: { on: local } }", 47,
            "needs the command");
        row("an action at another place", "restart: x", 30, "belongs to the actions");
    }

    void reportsMistakes() {
        QFETCH(QByteArray, service);
        QFETCH(int, column);
        QFETCH(QString, says);
        const Workspace workspace =
            withServices("      portal: { host: web-1, " + service + " }\n");
        QVERIFY2(workspace.diagnostics.size() == 1, qPrintable(messages(workspace)));
        const models::Diagnostic& diagnostic = workspace.diagnostics[0];
        QVERIFY2(diagnostic.message.contains(says), qPrintable(diagnostic.message));
        QCOMPARE(diagnostic.line, 6);
        QCOMPARE(diagnostic.column, column);
        QVERIFY(serviceOf(workspace).actions.isEmpty());
    }

    void warnsWhereNothingSaysWhere() {
        const Workspace workspace = withServices("      portal: { logs: [ { file: /a } ] }\n");
        QCOMPARE(workspace.diagnostics.size(), 1);
        QCOMPARE(workspace.diagnostics[0].severity, models::Severity::Warning);
        QVERIFY2(workspace.diagnostics[0].message.contains(QStringLiteral("default_host")),
                 qPrintable(messages(workspace)));
        QVERIFY(serviceOf(workspace).logs.isEmpty());
    }

    void keepsTheRest() {
        const Workspace workspace = withServices(
            "      portal: { host: web-1, logs: [ { file: x }, { file: /y } ] }\n      media:\n");
        QCOMPARE(workspace.diagnostics.size(), 1);
        QCOMPARE(serviceOf(workspace).logs.size(), 1);
        QCOMPARE(workspace.environments.first().serviceNames(),
                 (QStringList{QStringLiteral("portal"), QStringLiteral("media")}));
    }
};

QTEST_GUILESS_MAIN(TestService)
#include "tst_service.moc"
