// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/planloader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr char forProd[] = R"(---
runbook:
  environments: [elsewhere, Prod]
---

# Promote

- [ ] Tell the team
)";

} // namespace

class TestPlanLoader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void suggestsTheEnvironmentThatTheDocumentIsFor_data();
    void suggestsTheEnvironmentThatTheDocumentIsFor();
};

void TestPlanLoader::suggestsTheEnvironmentThatTheDocumentIsFor_data() {
    QTest::addColumn<QString>("environment");
    QTest::addColumn<bool>("suggests");
    QTest::addColumn<QString>("loaded");
    QTest::addColumn<QString>("declared");
    QTest::newRow("another one") << u"dev"_qs << true << u"Prod"_qs << u"Prod"_qs;
    QTest::newRow("that one") << u"Prod"_qs << true << u"Prod"_qs << u"Prod"_qs;
    QTest::newRow("written in another case") << u"dev"_qs << true << u"prod"_qs << u"prod"_qs;
    QTest::newRow("chosen by a person") << u"dev"_qs << false << u"dev"_qs << u"Prod"_qs;
}

void TestPlanLoader::suggestsTheEnvironmentThatTheDocumentIsFor() {
    QFETCH(QString, environment);
    QFETCH(bool, suggests);
    QFETCH(QString, declared);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"promote.md"_qs));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(forProd);
    file.close();
    ui::PlanRequest request;
    request.workspace.root = folder.path();
    request.workspace.runbooks = {u"promote.md"_qs};
    for (const QString& name : {u"dev"_qs, declared}) {
        models::Environment known;
        known.name = name;
        request.workspace.environments.append(known);
    }
    request.runbookPath = u"promote.md"_qs;
    request.environment = environment;
    request.suggestsEnvironment = suggests;
    const auto plan = ui::loadPlan(request).takeResult();
    QVERIFY2(plan.has_value(), plan ? "" : qPrintable(plan.error().message));
    QTEST((*plan)->context.environment, "loaded");
}

QTEST_GUILESS_MAIN(TestPlanLoader)
#include "tst_planloader.moc"
