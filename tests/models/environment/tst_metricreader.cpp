// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/workspacetext.h"

#include <QTest>

using models::Environment;
using models::Metric;
using models::Quantity;
using models::Unit;
using models::Workspace;
using tests::messages;

namespace {

using namespace std::chrono_literals;

Workspace with(const QByteArray& keys) {
    const QByteArray services =
        keys.contains("services:") ? QByteArray() : "    services: { portal: {} }\n";
    return models::parseWorkspace("gantry: 1\nenvironments:\n  prod:\n" + services + keys + '\n');
}

} // namespace

class TestMetricReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsMetricsAndTriggers() {
        const Workspace workspace =
            with("    hosts: { web-1: {} }\n    default_host: web-1\n"
                 "    prometheus: { url: \"https://prometheus.example.com/p\", user: gantry, "
                 "password: \"keychain:prometheus\", timeout: 3s }\n    metrics:\n"
                 "      errors: { prometheus: \"sum(rate(e[5m]))\", unit: ratio, every: 30s }\n"
                 "      queue: { command: \"wc -l < queue\" }\n"
                 "      free: { command: \"df\", on: local, unit: bytes }\n    triggers:\n"
                 "      - { name: failing, when: \"errors > 10%\", clear: \"errors < 5%\", every: "
                 "5s }\n      - { when: \"queue > 100\" }");
        QVERIFY2(workspace.diagnostics.isEmpty(), qPrintable(messages(workspace)));
        const Environment& prod = workspace.environments[0];
        QCOMPARE(prod.prometheus->url, QStringLiteral("https://prometheus.example.com/p"));
        QCOMPARE(prod.prometheus->user, QStringLiteral("gantry"));
        QCOMPARE(prod.prometheus->password, QStringLiteral("keychain:prometheus"));
        QCOMPARE(prod.prometheus->timeLimit, 3'000ms);
        QCOMPARE(prod.metrics.size(), 3);
        QCOMPARE(prod.metrics[0].kind, Metric::Kind::Prometheus);
        QCOMPARE(prod.metrics[0].query, QStringLiteral("sum(rate(e[5m]))"));
        QCOMPARE(prod.metrics[0].scale, Metric::Scale::Ratio);
        QCOMPARE(prod.metrics[0].every, 30'000ms);
        QCOMPARE(prod.metrics[1].kind, Metric::Kind::Command);
        QCOMPARE(prod.metrics[1].place, QStringLiteral("web-1"));
        QCOMPARE(prod.metrics[2].place, QStringLiteral("local"));
        QCOMPARE(prod.triggers.size(), 2);
        QCOMPARE(prod.triggers[0].clear, QStringLiteral("errors < 5%"));
        QCOMPARE(prod.triggers[0].every, 5'000ms);
        QCOMPARE(prod.triggers[1].name, QStringLiteral("queue > 100"));
    }

    void refusesWhatCannotBeRead_data() {
        QTest::addColumn<QByteArray>("keys");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const QByteArray& keys, const char* message) {
            QTest::newRow(name) << keys << QString::fromUtf8(message);
        };
        const QByteArray server = "    prometheus: http://prometheus.example.com\n";
        row("a file", "    prometheus: \"file:///etc/passwd\"", "needs the address");
        row("a password in the address", "    prometheus: \"http://u:p@prometheus.example.com\"",
            "A password has a key of its own");
        row("a token that is a value",
            "    prometheus: { url: \"http://prometheus.example.com\", bearer: hunter2 }",
            "must be a reference, never a value");
        row("no server", "    metrics: { a: { prometheus: up } }", "has no \"prometheus\"");
        row("two questions", server + "    metrics: { a: { prometheus: up, command: b } }",
            "needs either");
        row("no question", "    metrics: { a: { unit: ratio } }", "needs either");
        row("an empty one", server + "    metrics: { a: { prometheus: \" \" } }", "asks nothing");
        row("a service's name", server + "    metrics: { portal: { prometheus: up } }",
            "not the name of a service");
        row("no name", server + "    metrics: { a-b: { prometheus: up } }", "letters, digits");
        row("no unit", server + "    metrics: { a: { prometheus: up, unit: miles } }",
            "There are: ratio, percent, s, ms, bytes");
        row("nowhere", "    hosts: { a: {}, b: {} }\n    metrics: { c: { command: d } }",
            "Add \"on: HOST\"");
        row("another host", "    hosts: { web: {} }\n    metrics: { c: { command: d, on: wep } }",
            "\"web\" was probably meant");
        row("a name that nothing has",
            "    services: { media: {}, portal: {} }\n    triggers: [ { when: \"portl.http.status "
            "== "
            "1\" } ]",
            "\"portal\" was probably meant");
        row("a name that the only service has not",
            "    services: { portal: { health: { http: \"http://127.0.0.1:1/\" } } }\n"
            "    triggers: [ { when: \"portl.http.status == 1\" } ]",
            "\"portal\" was probably meant");
        row("a probe that the service has not",
            "    services: { media: {}, portal: {} }\n    triggers: [ { when: \"portal.htpp.status "
            "== 1\" } ]",
            "no probe of portal \"htpp\"; \"http\" was probably meant");
        row("a number that was not promised",
            "    services: { portal: { sla: { p95: 1s } } }\n    triggers: [ { when: "
            "\"p95(http.total, "
            "5m) > portal.sla.p99\" } ]",
            "no number of portal \"sla.p99\"; \"sla.p95\" was probably meant");
        row("a class of lines that there is not",
            "    triggers: [ { when: \"count(log.critical, 1h) > 0\" } ]",
            "no class under log_classes \"critical\"");
        row("a trigger of nothing", "    triggers: [ { name: a } ]", "needs \"when\"");
    }
    void refusesWhatCannotBeRead() {
        QFETCH(QByteArray, keys);
        QFETCH(QString, message);
        const Workspace workspace = with(keys);
        QVERIFY2(messages(workspace).contains(message), qPrintable(messages(workspace)));
        QVERIFY(!messages(workspace).contains(QLatin1String("hunter2")));
    }

    void aServicePromisesNumbers() {
        const Workspace workspace = models::parseWorkspace(
            "gantry: 1\nenvironments:\n  prod:\n    services:\n      portal:\n"
            "        sla: { p95: 500ms, availability: \"99%\" }\n        baseline: { p95: 320ms "
            "}\n"
            "        health: { http: \"http://portal.example.com/\" }\n");
        QVERIFY2(workspace.diagnostics.isEmpty(), qPrintable(messages(workspace)));
        const models::Service& portal = workspace.environments[0].services[0];
        const QMap<QString, Quantity> wanted{
            {QStringLiteral("sla.p95"), {0.5, Unit::Time}},
            {QStringLiteral("sla.availability"), {0.99, Unit::None}},
            {QStringLiteral("baseline.p95"), {0.32, Unit::Time}}};
        QCOMPARE(portal.references, wanted);
        QCOMPARE(portal.probes[0].references, wanted);
        const Workspace wrong =
            models::parseWorkspace("gantry: 1\nenvironments:\n  prod:\n    services:\n      "
                                   "portal: { sla: { p95: fast } }\n");
        QVERIFY(messages(wrong).contains(QStringLiteral("a number with its unit")));
    }
};

QTEST_GUILESS_MAIN(TestMetricReader)
#include "tst_metricreader.moc"
