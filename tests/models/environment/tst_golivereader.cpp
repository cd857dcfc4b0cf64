// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/workspace.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;

namespace {

Workspace inProd(const QByteArray& keys) {
    return parseWorkspace("gantry: 1\nname: Shop\nenvironments:\n  prod:\n" + keys);
}

} // namespace

class TestGoLiveReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesGoIntoThePlan() {
        const Workspace workspace = inProd(
            "    gates: { every: 20s, samples: 3, deadline: 5m }\n"
            "    watch: { for: 24h, every: 30s, coverage: 99%, success: [ \"errors < 1%\" ] }\n"
            "    auto_rollback: true\n"
            "    services:\n      portal: { health: { http: \"http://127.0.0.1:1/\" } }\n"
            "    metrics:\n      errors: { command: \"true\" }\n"
            "    triggers:\n      - { name: failing, when: errors > 10% }\n");
        QVERIFY2(workspace.diagnostics.isEmpty(),
                 qPrintable(workspace.diagnostics.value(0).message));
        const GoLiveRules rules = planContext(workspace, {}, u"prod"_qs, {}, {}).goLive;
        QCOMPARE(rules.gates, (GateRule{20s, 3, 5min}));
        QCOMPARE(rules.watch, (WatchRule{24h, 30s, 0.99, {u"errors < 1%"_qs}}));
        QVERIFY(rules.autoRollback);
        QCOMPARE(rules.triggers.size(), 1);
        QCOMPARE(rules.observed, (QStringList{u"portal"_qs, u"errors"_qs}));
    }

    void aWatchCanBeATimeAlone() {
        const Workspace workspace = inProd("    watch: 15m\n");
        QVERIFY(workspace.diagnostics.isEmpty());
        QCOMPARE(workspace.environments.first().watch.time, 15min);
        QCOMPARE(workspace.environments.first().gates, GateRule());
    }

    void aProtectedEnvironmentRollsNothingBackByItself() {
        const Workspace workspace = inProd("    protected: true\n    auto_rollback: true\n");
        QCOMPARE(workspace.diagnostics.size(), 1);
        const Diagnostic& told = workspace.diagnostics.first();
        QCOMPARE(told.severity, Severity::Warning);
        QCOMPARE((std::pair{told.line, told.column}), (std::pair{6, 20}));
        QVERIFY2(told.message.contains(u"does nothing in \"prod\": it is protected"),
                 qPrintable(told.message));
        QVERIFY(inProd("    protected: true\n    auto_rollback: false\n").diagnostics.isEmpty());
    }

    void mistakesAreTold_data() {
        QTest::addColumn<QByteArray>("keys");
        QTest::addColumn<QString>("says");
        QTest::newRow("no time") << QByteArray("    watch: soon\n") << u"is no time"_qs;
        QTest::newRow("no for") << QByteArray("    watch: { every: 10s }\n") << u"needs \"for\""_qs;
        QTest::newRow("no share") << QByteArray("    watch: { for: 1h, coverage: 5 }\n")
                                  << u"needs a share"_qs;
        QTest::newRow("no condition")
            << QByteArray("    watch: { for: 1h, success: all is well }\n")
            << u"is no condition"_qs;
        QTest::newRow("a service that there is not")
            << QByteArray("    services: { portal: {}, media: {} }\n"
                          "    watch: { for: 1h, success: \"error_rate(portl.http, 5m) < 1%\" }\n")
            << u"\"portal\" was probably meant"_qs;
        QTest::newRow("nothing that rolls back by itself")
            << QByteArray(
                   "    auto_rollback: true\n"
                   "    services: { portal: { health: { http: \"http://127.0.0.1:1/\" } } }\n"
                   "    triggers:\n"
                   "      - { name: a, when: portal.http.status >= 500, severity: warn }\n"
                   "      - { name: b, when: portal.http.status >= 400, severity: info }\n")
            << u"of severity \"error\" alone, and \"prod\" has none"_qs;
        QTest::newRow("no number") << QByteArray("    gates: { samples: 0 }\n") << u"from 1 to"_qs;
    }
    void mistakesAreTold() {
        QFETCH(QByteArray, keys);
        QFETCH(QString, says);
        const Workspace workspace = inProd(keys);
        QCOMPARE(workspace.diagnostics.size(), 1);
        QVERIFY2(workspace.diagnostics.first().message.contains(says),
                 qPrintable(workspace.diagnostics.first().message));
    }
};

QTEST_GUILESS_MAIN(TestGoLiveReader)
#include "tst_golivereader.moc"
