// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/resolve.h"
#include "models/run/secretname.h"
#include "tests/models/run/runfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace models;
using tests::commandStep;
using tests::manualStep;
using tests::RunFixture;

class TestPlan : public QObject {
    Q_OBJECT

private:
    static QStringList ids(const Plan& plan) {
        QStringList list;
        for (const PlanStep& step : plan.steps)
            list.append(step.step.id.text());
        return list;
    }

private Q_SLOTS:
    void stepsOfOtherEnvironmentsDoNotApply_data() {
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QStringList>("declared");
        QTest::addColumn<bool>("applicable");
        QTest::newRow("same") << u"prod"_qs << QStringList() << true;
        QTest::newRow("case") << u"Prod"_qs << QStringList() << true;
        QTest::newRow("other") << u"dev"_qs << QStringList() << false;
        QTest::newRow("tried out locally") << u"local"_qs << QStringList() << true;
        QTest::newRow("local is declared") << u"local"_qs << QStringList{u"local"_qs} << false;
    }
    void stepsOfOtherEnvironmentsDoNotApply() {
        QFETCH(QString, environment);
        QFETCH(QStringList, declared);
        QFETCH(bool, applicable);
        Step step = manualStep(u"a"_qs);
        step.environment = u"prod"_qs;
        Runbook runbook = RunFixture::runbookOf({step});
        runbook.frontMatter.environments = declared;
        PlanContext context;
        context.environment = environment;
        QCOMPARE(makePlan(runbook, context).steps.first().applicable, applicable);
    }

    void referenceToASectionOpensIt() {
        Step smoke = manualStep(u"smoke"_qs);
        smoke.section = 1;
        Step refers = manualStep(u"run-smoke"_qs);
        refers.section = 0;
        refers.refersTo = u"#1"_qs;
        Runbook runbook = RunFixture::runbookOf({refers, smoke});
        runbook.sections = {Section(), Section()};
        const Plan plan = makePlan(runbook, {});
        QCOMPARE(ids(plan), (QStringList{u"run-smoke"_qs, u"run-smoke--smoke"_qs, u"smoke"_qs}));
        QCOMPARE(plan.steps[1].step.parent, 0);
        QCOMPARE(plan.steps[1].section, 0);
        QCOMPARE(plan.steps[0].end, 2);
    }

    void referencesInACircleStayLinks() {
        Step a = manualStep(u"a"_qs);
        a.refersTo = u"b.md"_qs;
        Step b = manualStep(u"b"_qs);
        b.refersTo = u"a.md"_qs;
        const Runbook first = RunFixture::runbookOf({a});
        const Runbook second = RunFixture::runbookOf({b});
        PlanContext context;
        context.runbookPath = u"a.md"_qs;
        const Plan plan = makePlan(first, context, [&](const QString& path) {
            return path == u"b.md" ? &second : path == u"a.md" ? &first : nullptr;
        });
        QCOMPARE(ids(plan), (QStringList{u"a"_qs, u"a--b"_qs}));
        QCOMPARE(plan.steps[1].document, u"b.md"_qs);
        QCOMPARE(plan.diagnostics.size(), 1);
    }

    void referenceNeverLeavesTheWorkspace() {
        Step step = manualStep(u"a"_qs);
        step.refersTo = u"../../etc/passwd.md"_qs;
        bool asked = false;
        PlanContext context;
        context.runbookPath = u"a.md"_qs;
        const Plan plan =
            makePlan(RunFixture::runbookOf({step}), context, [&](const QString&) -> const Runbook* {
                asked = true;
                return nullptr;
            });
        QVERIFY(!asked);
        QCOMPARE(plan.diagnostics.size(), 1);
    }

    void whatAHeadingDoesItselfIsAPartOfItsOwn() {
        Step gate = manualStep(u"gate"_qs);
        gate.kind = StepKind::Approval;
        const Plan plan = makePlan(
            RunFixture::runbookOf({commandStep(u"deploy"_qs, u"make"_qs), manualStep(u"look"_qs, 0),
                                   gate, manualStep(u"criterion"_qs, 2)}),
            {});
        QCOMPARE(ids(plan), (QStringList{u"deploy"_qs, u"deploy-itself"_qs, u"look"_qs, u"gate"_qs,
                                         u"criterion"_qs, u"gate-itself"_qs}));
        QVERIFY(plan.steps[0].step.commands.isEmpty());
        QCOMPARE(plan.steps[5].step.kind, StepKind::Approval);
        QCOMPARE(plan.blockers, QList<int>{5});
    }

    void inversesThatFormALoopAreErrors() {
        Step a = commandStep(u"a"_qs, u"up"_qs);
        a.options.values = {{u"name"_qs, u"up"_qs}, {u"inverse"_qs, u"down"_qs}};
        Step b = commandStep(u"b"_qs, u"down"_qs);
        b.options.values = {{u"name"_qs, u"down"_qs}, {u"inverse"_qs, u"up"_qs}};
        const Plan plan = makePlan(RunFixture::runbookOf({a, b}), {});
        QCOMPARE(plan.diagnostics.size(), 2);
        QCOMPARE(plan.diagnostics.first().severity, Severity::Error);
    }

    void missingVariablesAreHints() {
        Step step = commandStep(u"a"_qs, u"ping $API"_qs);
        step.placeholders = {u"API"_qs, u"HOST"_qs};
        PlanContext context;
        context.variables = {{u"HOST"_qs, u"web"_qs}};
        const Plan plan = makePlan(RunFixture::runbookOf({step}), context);
        QCOMPARE(plan.diagnostics.size(), 1);
        QVERIFY(plan.diagnostics.first().message.contains(u"API"));
    }

    void namesOfSecrets_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isSecret");
        for (const char* name : {"API_TOKEN", "password", "db-password", "SECRET_KEY", "api_key",
                                 "PRIVATE_KEY", "CREDENTIALS", "your-token"})
            QTest::newRow(name) << QString::fromLatin1(name) << true;
        for (const char* name : {"RELEASE_TAG", "portal-host", "BYPASS", "TOKENIZER", "KEYBOARD",
                                 "PASSENGERS", "API_BASE_URL"})
            QTest::newRow(name) << QString::fromLatin1(name) << false;
    }
    void namesOfSecrets() {
        QFETCH(const QString, name);
        QTEST(models::looksSecret(name), "isSecret");
    }

    void whatIsNamedLikeASecretIsOne_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isSecret");
        QTest::newRow("variable") << u"login \"$API_TOKEN\""_qs << u"API_TOKEN"_qs << true;
        QTest::newRow("braces") << u"login ${API_TOKEN:?}"_qs << u"API_TOKEN"_qs << true;
        QTest::newRow("other name") << u"login $API_HOST"_qs << u"API_HOST"_qs << false;
        // These are written into the script, where an environment cannot reach.
        QTest::newRow("angle brackets") << u"login <API_TOKEN>"_qs << u"API_TOKEN"_qs << false;
        QTest::newRow("both") << u"login $API_TOKEN <API_TOKEN>"_qs << u"API_TOKEN"_qs << false;
        QTest::newRow("no variable") << u"login <api-token>"_qs << u"api-token"_qs << false;
        QTest::newRow("has a value") << u"login $GIVEN_TOKEN"_qs << u"GIVEN_TOKEN"_qs << false;
        QTest::newRow("declared") << u"login $DB_PASSWORD"_qs << u"DB_PASSWORD"_qs << true;
        QTest::newRow("default") << u"login $OLD_PASSWORD"_qs << u"OLD_PASSWORD"_qs << false;
    }
    void whatIsNamedLikeASecretIsOne() {
        QFETCH(const QString, command);
        QFETCH(const QString, name);
        Step step = commandStep(u"a"_qs, command);
        step.placeholders = {name};
        Runbook runbook = RunFixture::runbookOf({step});
        runbook.variables = {{u"DB_PASSWORD"_qs, {}, u"Which?"_qs, {}, false, 1},
                             {u"OLD_PASSWORD"_qs, u"changeme"_qs, {}, {}, false, 1}};
        PlanContext context;
        context.variables = {{u"GIVEN_TOKEN"_qs, u"public"_qs}};
        QTEST(models::secretNames(makePlan(runbook, context)).contains(name), "isSecret");
    }

    void planSurvivesTheJournal() {
        Step step = commandStep(u"a"_qs, u"ping"_qs);
        Step refers = manualStep(u"b"_qs);
        refers.refersTo = u"c.md"_qs;
        const Runbook other = RunFixture::runbookOf({manualStep(u"c"_qs)});
        Runbook runbook = RunFixture::runbookOf({step, refers});
        runbook.source = QByteArray("# \xff\x00 bytes", 9);
        PlanContext context;
        context.workspaceName = u"Shop"_qs;
        context.secrets = {{u"TOKEN"_qs, u"env:TOKEN"_qs}};
        context.target = {{QString(), u"1.2.3"_qs}};
        context.hosts = {{u"web-1"_qs, u"deploy@web-1.example.com"_qs, u"podman"_qs, u"pod"_qs,
                          u"/run/pod.sock"_qs, true, u"/srv/locks"_qs},
                         {u"db-1"_qs, u"db"_qs}};
        const Plan plan = makePlan(runbook, context, [&other](const QString&) { return &other; });
        const Result<Plan> read = planFromJson(planToJson(plan));
        QVERIFY(read);
        QCOMPARE(read->context, plan.context);
        QCOMPARE(read->runbook, plan.runbook);
        QCOMPARE(read->steps, plan.steps);
        QCOMPARE(read->diagnostics, plan.diagnostics);
        QCOMPARE(read->blockers, plan.blockers);
    }

    void hostsOfAnOldPlanHaveNoDestination() {
        QJsonObject stored = planToJson(makePlan(RunFixture::runbookOf({manualStep(u"a"_qs)}), {}));
        QJsonObject context = stored.value(u"context").toObject();
        context.insert(u"hosts"_qs, QJsonArray{u"web-1"_qs});
        stored.insert(u"context"_qs, context);
        const Result<Plan> read = planFromJson(stored);
        QVERIFY(read);
        QCOMPARE(read->context.hosts, (QList<models::Host>{{u"web-1"_qs, QString()}}));
    }

    void addedStepStandsBehindTheOther() {
        const Plan plan =
            makePlan(RunFixture::runbookOf({manualStep(u"a"_qs), manualStep(u"b"_qs, 0),
                                            manualStep(u"c"_qs), manualStep(u"d"_qs, 2)}),
                     {});
        const Plan changed = planWithStep(plan, StepId(u"a"_qs), commandStep(u"x"_qs, u"date"_qs));
        QCOMPARE(ids(changed), (QStringList{u"a"_qs, u"b"_qs, u"x"_qs, u"c"_qs, u"d"_qs}));
        QCOMPARE(changed.steps[4].step.parent, 3);
        QCOMPARE(changed.steps[2].step.parent, -1);
    }
};

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
