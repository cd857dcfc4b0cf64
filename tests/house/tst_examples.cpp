// SPDX-License-Identifier: GPL-3.0-or-later
// The example workspaces are what people see first: they are read without a remark, have all that a
// release asks for, and reach nothing but the demo host.
#include "app/demohost/demoservices.h"
#include "app/demohost/demoworkspace.h"
#include "tests/support/examples.h"
#include "tests/support/temporaryhome.h"

#include "models/run/change.h"
#include "models/run/hosts.h"
#include "models/runbook/runbookparser.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using models::Environment;
using models::Runbook;
using models::Workspace;
using tests::Example;

namespace {

const QStringList examples{QStringLiteral("voxbento"), QStringLiteral("interview-insights"),
                           QStringLiteral("books"), QStringLiteral("yapit")};

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

bool isOfDemo(const QString& name) {
    return name.startsWith(QLatin1String("demo"));
}

} // namespace

class TestExamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allOfThemAreKnown() {
        const QDir folder(tests::examplesDir());
        QStringList there = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(QSet<QString>(there.begin(), there.end()),
                 QSet<QString>(examples.begin(), examples.end()));
    }

    void isReadWithoutRemark_data() { addExamples(); }
    void isReadWithoutRemark() {
        const Example example = fetched();
        QVERIFY2(example.workspace.diagnostics.isEmpty(),
                 qPrintable(remarks(example.workspace.diagnostics)));
        QVERIFY(example.workspace.runbooks.size() >= 2);
        for (const QString& path : example.workspace.runbooks) {
            const Runbook runbook = example.runbook(path);
            QVERIFY2(!runbook.steps.isEmpty(), qPrintable(path));
            QVERIFY2(runbook.diagnostics.isEmpty(),
                     qPrintable(path + u' ' + remarks(runbook.diagnostics)));
        }
    }

    void hasAllThatAReleaseAsksFor_data() { addExamples(); }
    void hasAllThatAReleaseAsksFor() {
        const Example example = fetched();
        const Workspace& workspace = example.workspace;
        QVERIFY(!workspace.risks.isEmpty());
        QVERIFY(!workspace.webhooks.isEmpty());
        for (const QString& webhook : workspace.webhooks)
            QVERIFY2(webhook.startsWith(QLatin1String("keychain:")), qPrintable(webhook));
        bool hasContract = false;
        for (const char* name : {"demo", "prod"}) {
            const Environment* const environment = workspace.environment(QString::fromLatin1(name));
            QVERIFY2(environment != nullptr, name);
            QVERIFY(environment->triggers.size() >= 2);
            QVERIFY(environment->watch.time.count() > 0);
            QVERIFY(!environment->watch.criteria.isEmpty());
            hasContract = hasContract ||
                          std::any_of(environment->services.begin(), environment->services.end(),
                                      [](const auto& one) { return !one.contract.isEmpty(); });
        }
        QVERIFY(hasContract);
        QVERIFY(workspace.environment(QStringLiteral("prod"))->isProtected);
        // The same decides in both, so that what is practised is what holds.
        QCOMPARE(workspace.environment(QStringLiteral("demo"))->triggers,
                 workspace.environment(QStringLiteral("prod"))->triggers);
        bool isAnyRelease = false;
        for (const QString& path : workspace.runbooks) {
            const Runbook runbook = example.runbook(path);
            const bool hasGate =
                std::any_of(runbook.steps.begin(), runbook.steps.end(), [](const auto& step) {
                    return step.kind == models::StepKind::Gate && !step.condition.isEmpty();
                });
            isAnyRelease = isAnyRelease || (hasGate && runbook.counts.rollbackSteps > 0);
        }
        QVERIFY(isAnyRelease);
    }

    /// "Then close this run": it is done by then, and nothing of it is watched or locks others out.
    void whatSaysThatItIsClosedEndsWell_data() { addExamples(); }
    void whatSaysThatItIsClosedEndsWell() {
        const Example example = fetched();
        int practised = 0;
        for (const QString& path : example.workspace.runbooks) {
            const qsizetype at = example.bytesOf(path).indexOf("\nThen close this run");
            if (at < 0)
                continue;
            ++practised;
            const int line = int(example.bytesOf(path).left(at).count('\n')) + 1;
            for (const models::Step& step : example.runbook(path).steps) {
                QVERIFY2(step.range.last <= line, qPrintable(path + u": "_qs + step.title));
                QVERIFY2(!models::isChange(step), qPrintable(path + u": "_qs + step.title));
            }
        }
        QVERIFY(practised > 0);
    }

    void nothingOfItRunsOnThisMachine_data() { addExamples(); }
    void nothingOfItRunsOnThisMachine() {
        const Example example = fetched();
        int commands = 0;
        for (const Environment& environment : example.workspace.environments) {
            for (const QString& path : example.workspace.runbooks) {
                const models::PlanPointer plan = example.plan(path, environment.name, {}, {});
                for (const models::PlanStep& placed : plan->steps) {
                    if (placed.step.commands.isEmpty() && !placed.step.http)
                        continue;
                    ++commands;
                    const auto places = models::placesOf(*plan, placed.step);
                    QVERIFY2(places && !places->contains(models::localPlace),
                             qPrintable(placed.step.title));
                }
            }
        }
        QVERIFY(commands > 10);
    }

    void everyHostIsTheDemosOrDoesNotExist_data() { addExamples(); }
    void everyHostIsTheDemosOrDoesNotExist() {
        for (const Environment& environment : fetched().workspace.environments) {
            QVERIFY(!environment.hosts.isEmpty());
            for (const models::Host& host : environment.hosts) {
                const bool isRight = isOfDemo(environment.name)
                                         ? host.ssh == QLatin1String("gantry-demo")
                                         : host.ssh.endsWith(QLatin1String(".example.com"));
                QVERIFY2(isRight, qPrintable(host.ssh));
            }
        }
    }

    void theDemoHasItsOwnEnvironmentsAlone_data() { addExamples(); }
    void theDemoHasItsOwnEnvironmentsAlone() {
        const Example example = fetched();
        QMap<QByteArray, QByteArray> addresses;
        for (const app::DemoService& service : app::demoServices())
            addresses.insert("http://" + service.name.toLatin1() + ".demo.example.com",
                             "http://127.0.0.1:1");
        const QByteArray yaml = app::demoPartOf(example.yaml(), addresses);
        QVERIFY2(!yaml.contains("demo.example.com"), "a service that the demo host does not have");
        const Workspace there = models::parseWorkspace(yaml);
        QVERIFY2(there.diagnostics.isEmpty(), qPrintable(remarks(there.diagnostics)));
        QVERIFY(!there.environments.isEmpty());
        for (const Environment& environment : there.environments) {
            QVERIFY2(isOfDemo(environment.name), qPrintable(environment.name));
            QCOMPARE(environment.services.size(),
                     example.workspace.environment(environment.name)->services.size());
            for (const models::Service& service : environment.services) {
                for (const models::Probe& probe : service.probes)
                    QVERIFY2(!probe.target.contains(QLatin1String("example.com")),
                             qPrintable(probe.target));
            }
        }
        for (const QString& path : example.workspace.runbooks) {
            const Runbook runbook =
                models::parseRunbook(app::demoPartOf(example.bytesOf(path), addresses), {});
            for (const QString& name : runbook.frontMatter.environments)
                QVERIFY2(isOfDemo(name), qPrintable(path + u' ' + name));
        }
    }

private:
    static void addExamples() {
        QTest::addColumn<QString>("name");
        for (const QString& name : examples)
            QTest::newRow(qPrintable(name)) << name;
    }
    static Example fetched() {
        QFETCH(QString, name);
        return Example(name);
    }
};

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
