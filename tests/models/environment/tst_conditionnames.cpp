// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/conditionnames.h"

#include "models/runbook/runbookparser.h"

#include <QTest>

using namespace models;

class TestConditionNames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unknown_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says"); // empty: all of it is known
        const auto row = [](const char* text, const char* says) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(says);
        };
        row("p95(portal.http.total, 5m) > 1.5x portal.sla.p95", "");
        row("portal.ready.body.ok == true", "");
        row("queue > 5", "");
        row("sha_eq(portal.body.commit, target.commit)", "");
        row("count(log.critical, 24h) == 0", "");
        row("count(portal.log.critical, 24h) == 0", "");
        row("count(portal.probe.down, 1h) == 0", "");
        row("burn(99.9%, 1h, portal) > 14.4", "");
        row("portl.http.status == 200", "no service or metric \"portl\"; \"portal\"");
        row("http.status == 200", "no service or metric \"http\"");
        row("queues > 5", "\"queue\" was probably meant");
        row("portal.redy.body.ok == true", "no probe of portal \"redy\"; \"ready\"");
        row("count(log.critcal, 24h) == 0", "\"critical\" was probably meant");
        row("count(portl.log.critical, 24h) == 0", "no service or metric \"portl\"");
        row("portal.http.total > media.sla.p95", "no number of media \"sla.p95\"");
    }
    void unknown() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const Workspace workspace = parseWorkspace(shop);
        QCOMPARE(workspace.diagnostics, Diagnostics());
        const auto condition = Condition::parse(text);
        QVERIFY2(condition, qPrintable(condition ? QString() : condition.error().message));
        const QString found =
            unknownNames(*condition, workspace.environments.first(), workspace.logClasses)
                .join(u' ');
        QVERIFY2(says.isEmpty() ? found.isEmpty() : found.contains(says), qPrintable(found));
    }

    void theOnlyServiceMayBeLeftOut() {
        const Workspace workspace =
            parseWorkspace("gantry: 1\nname: S\nenvironments:\n  prod:\n    services:\n"
                           "      portal: { health: { http: \"http://127.0.0.1:1/\" } }\n");
        const auto unknownIn = [&workspace](const QString& text) {
            return unknownNames(*Condition::parse(text), workspace.environments.first(), {});
        };
        QCOMPARE(unknownIn(u"http.status == 200"_qs), QStringList());
        QCOMPARE(unknownIn(u"portal.http.status == 200"_qs), QStringList());
        QCOMPARE(unknownIn(u"portl.http.status == 200"_qs).size(), 1);
    }

    void gatesOfARunbook_data() {
        QTest::addColumn<QByteArray>("gate");
        QTest::addColumn<QString>("says"); // empty: nothing
        QTest::newRow("known") << QByteArray("gate: portal.http.status == 200") << QString();
        QTest::newRow("a person's") << QByteArray("gate: QA agrees") << QString();
        QTest::newRow("unknown everywhere")
            << QByteArray("gate: portl.http.status == 200")
            << u"5 error In prod, dev: There is no service or metric \"portl\""_qs;
        QTest::newRow("unknown in one")
            << QByteArray("gate: queue < 5") << u"5 warning In dev: There is no service"_qs;
        QTest::newRow("no condition") << QByteArray("gate: eror_rate(portal.http, 5m) < 1%")
                                      << u"5 warning “eror_rate(portal.http, 5m) < 1%” is no "
                                         "condition, and is left to a person. There is no "
                                         "function"_qs;
    }
    void gatesOfARunbook() {
        QFETCH(QByteArray, gate);
        QFETCH(QString, says);
        const Workspace workspace =
            parseWorkspace(shop + "  dev:\n    services:\n      portal: { health: { http: "
                                  "\"http://127.0.0.1:1/\" } }\n      media: {}\n");
        const Runbook runbook =
            parseRunbook("# R\n\n## Deploy\n\n- [ ] Go on <!-- " + gate + " -->\n", {});
        QStringList found;
        for (const Diagnostic& one : checkConditions(workspace, runbook))
            found.append(u"%1 %2 %3"_qs.arg(
                QString::number(one.line),
                one.severity == Severity::Error ? u"error"_qs : u"warning"_qs, one.message));
        QCOMPARE(found.size(), says.isEmpty() ? 0 : 1);
        QVERIFY2(found.value(0).startsWith(says), qPrintable(found.value(0)));
    }

    void anEnvironmentIsMeantInAnotherCase() {
        const Runbook runbook =
            parseRunbook("---\nrunbook:\n  environments: [Prod]\n---\n# R\n\n## Deploy\n\n"
                         "- [ ] Go on <!-- gate: portl.http.status == 200 -->\n",
                         {});
        const Diagnostics found = checkConditions(parseWorkspace(shop), runbook);
        QCOMPARE(found.size(), 1);
        QVERIFY2(found.first().message.startsWith(u"In prod: "),
                 qPrintable(found.first().message));
    }

private:
    const QByteArray shop =
        "gantry: 1\nname: Shop\nlog_classes: { critical: CRITICAL }\nenvironments:\n  prod:\n"
        "    services:\n      portal:\n        sla: { p95: 500ms }\n        health:\n"
        "          - { http: \"http://127.0.0.1:1/\" }\n"
        "          - { http: \"http://127.0.0.1:1/r\", name: ready }\n      media: {}\n"
        "    metrics: { queue: { command: \"true\" } }\n";
};

QTEST_GUILESS_MAIN(TestConditionNames)
#include "tst_conditionnames.moc"
