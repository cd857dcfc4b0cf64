// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/workspacetext.h"

#include <QTest>

using models::ContractRule;
using models::IsolationRule;
using models::Workspace;
using tests::messages;
using tests::serviceOf;
using tests::withService;
using Kind = models::VariableSource::Kind;

class TestContractReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAllOfARule() {
        const Workspace workspace =
            withService("{ container: portal, contract: { API_URL: { required: true, min_length: "
                        "8, not: [change-me, x], pattern: \"https://.+\", one_of: [a, b], https: "
                        "true, same_as: PUBLIC_URL }, DEBUG: } }");
        QCOMPARE(messages(workspace), QString());
        ContractRule wanted{QStringLiteral("API_URL"),
                            true,
                            8,
                            {QStringLiteral("change-me"), QStringLiteral("x")},
                            QStringLiteral("https://.+"),
                            {QStringLiteral("a"), QStringLiteral("b")},
                            true,
                            QStringLiteral("PUBLIC_URL")};
        QCOMPARE(serviceOf(workspace).contract.size(), 2);
        QCOMPARE(serviceOf(workspace).contract[0], wanted);
        QCOMPARE(serviceOf(workspace).variables->container.name, QStringLiteral("portal"));
        QCOMPARE(serviceOf(workspace).variables->places, {QStringLiteral("web-1")});
    }

    void readsWhereTheVariablesAre_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("target");
        const auto row = [](const char* from, Kind kind, const char* target) {
            QTest::newRow(from) << QByteArray(from) << int(kind) << QString::fromUtf8(target);
        };
        row("{ file: /srv/.env }", Kind::File, "/srv/.env");
        row("{ process: portal-api }", Kind::Process, "portal-api");
        row("{ pid_file: /run/portal.pid }", Kind::PidFile, "/run/portal.pid");
        row("{ command: railway variables --kv, on: local }", Kind::Command,
            "railway variables --kv");
        row("{ container: other }", Kind::Container, "");
    }

    void readsWhereTheVariablesAre() {
        QFETCH(QByteArray, from);
        const Workspace workspace = withService("{ container: portal, env_from: " + from + " }");
        QCOMPARE(messages(workspace), QString());
        QVERIFY(serviceOf(workspace).variables);
        QTEST(int(serviceOf(workspace).variables->kind), "kind");
        QTEST(serviceOf(workspace).variables->target, "target");
    }

    void reportsMistakes_data() {
        QTest::addColumn<QByteArray>("keys");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* keys, const char* says) {
            QTest::newRow(name) << QByteArray(keys) << QString::fromUtf8(says);
        };
        row("a digit of another grammar", "{ contract: { A: { pattern: '\\d+' } } }", "[0-9]");
        row("a group", "{ contract: { A: { pattern: '(?:a)' } } }", "grep -E");
        row("no pattern", "{ contract: { A: { pattern: '(' } } }", "grep -E");
        row("no name", "{ contract: { A-B: {} } }", "name of a variable");
        row("itself", "{ contract: { A: { same_as: A } } }", "another variable");
        row("no length", "{ contract: { A: { min_length: -1 } } }", "from 0 to");
        row("nowhere", "{ contract: { A: {} } }", "where the variables of \"portal\" are");
        row("no container", "{ env_from: container }", "names no container");
        row("two", "{ env_from: { file: /a, command: b } }", "\"command\" too");
        row("none", "{ env_from: {} }", "needs one of");
        row("a part of a path", "{ env_from: { file: .env } }", "whole path");
        row("an option", "{ env_from: { process: -x } }", "name of a process");
    }

    void reportsMistakes() {
        QFETCH(QByteArray, keys);
        QFETCH(QString, says);
        const Workspace workspace = withService(keys);
        QVERIFY2(messages(workspace).contains(says), qPrintable(messages(workspace)));
    }

    void readsIsolation() {
        const Workspace workspace =
            withService("{}", "isolation:\n  - { distinct: [DATABASE_URL], between: [dev, prod] }\n"
                              "  - { distinct: [A], between: [dev, elsewhere] }\n"
                              "  - { distinct: [A], between: [dev] }\n");
        QCOMPARE(workspace.isolation,
                 QList<IsolationRule>({{{QStringLiteral("DATABASE_URL")},
                                        {QStringLiteral("dev"), QStringLiteral("prod")}}}));
        QVERIFY(messages(workspace).contains(QStringLiteral("no environment \"elsewhere\"")));
        QVERIFY(messages(workspace).contains(QStringLiteral("two environments or more")));
    }
};

QTEST_APPLESS_MAIN(TestContractReader)
#include "tst_contractreader.moc"
