// SPDX-License-Identifier: GPL-3.0-or-later
// What the teams of the examples have to be able to rely on when they release, read from what they
// keep in their workspaces.
#include "models/health/environmentsource.h"
#include "models/health/probehealth.h"
#include "models/health/trigger.h"
#include "models/run/promotion.h"
#include "models/run/rollbackplan.h"
#include "tests/models/run/runfixture.h"
#include "tests/support/examples.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace models;
using namespace std::chrono_literals;
using tests::Example;

namespace {

constexpr Instant start{1'800'000'000'000'000'000};

Instant after(std::chrono::nanoseconds time) {
    return {start.nanoseconds + time.count()};
}

const Service& serviceOf(const Environment& environment, const QString& name) {
    return *std::find_if(environment.services.begin(), environment.services.end(),
                         [&name](const Service& one) { return one.name == name; });
}

ProbeReply answered(Instant at, const QByteArray& body, int status = 200) {
    ProbeReply reply;
    reply.outcome = ProbeReply::Outcome::Answered;
    reply.at = at;
    reply.status = status;
    reply.phases.total = 40ms;
    if (const QJsonDocument document = QJsonDocument::fromJson(body); document.isObject())
        reply.body = document.object();
    else
        reply.bodyProblem = u"The answer is no JSON."_qs;
    return reply;
}

int stepNamed(const Plan& plan, const QString& name) {
    for (int index = 0; index < plan.steps.size(); ++index) {
        if (plan.steps[index].step.options.text(QLatin1String("name")) == name)
            return index;
    }
    return -1;
}

QString sectionOf(const Plan& plan, const Step& step) {
    return plan.sections.value(step.section).title;
}

PromotedRun ran(const QString& commit, RunOutcome outcome) {
    return {u"Deploy to dev"_qs, {{u"api"_qs, commit}}, outcome, start, u"release manager"_qs};
}

} // namespace

class TestExampleReleases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void voxBentoTakesBackAMigrationThatRanAlone_data() {
        QTest::addColumn<StepStatus>("migrated");
        QTest::addColumn<Need>("need");
        QTest::newRow("it did not run") << StepStatus::Pending << Need::NotNeeded;
        QTest::newRow("it passed") << StepStatus::Passed << Need::Needed;
        QTest::newRow("it failed half way") << StepStatus::Failed << Need::Asked;
    }
    void voxBentoTakesBackAMigrationThatRanAlone() {
        QFETCH(StepStatus, migrated);
        const PlanPointer plan =
            Example(u"voxbento"_qs)
                .plan(u"runbooks/2-go-live.md"_qs, u"demo"_qs, {{u"portal"_qs, u"v1.5.0"_qs}},
                      {{u"portal"_qs, u"v1.4.0"_qs}});
        tests::RunFixture run(plan->runbook, plan->context);
        if (migrated != StepStatus::Pending)
            carryOut(run, u"migrate"_qs, migrated);
        carryOut(run, u"portal"_qs, StepStatus::Passed);
        const RollbackPlan back = rollbackPlan(run.state);
        int downgrades = 0;
        for (const RollbackItem& item : back.items) {
            if (!item.script.contains(u"alembic downgrade -1"))
                continue;
            ++downgrades;
            QTEST(item.need, "need");
        }
        QVERIFY(downgrades == 1 || migrated == StepStatus::Pending);
    }

    void voxBentoGoesBackToWhatWasSeenThere() {
        const PlanPointer plan =
            Example(u"voxbento"_qs)
                .plan(u"runbooks/2-go-live.md"_qs, u"demo"_qs, {{u"portal"_qs, u"v1.5.0"_qs}},
                      {{u"portal"_qs, u"v1.3.9"_qs}});
        tests::RunFixture run(plan->runbook, plan->context);
        carryOut(run, u"portal"_qs, StepStatus::Passed);
        const RollbackPlan back = rollbackPlan(run.state);
        QCOMPARE(back.problems(), QStringList());
        QCOMPARE(back.plan->context.target, (Target{{u"portal"_qs, u"v1.3.9"_qs}}));
        QCOMPARE(run.state.variables.value(u"PREVIOUS_VERSION"_qs), u"v1.3.9"_qs);
        const int start = stepNamed(*back.plan, u"portal-back"_qs);
        QVERIFY(start >= 0);
        QVERIFY(back.plan->steps[start].step.commands.constLast().text.contains(
            u"RELEASE_TAG=$PREVIOUS_VERSION"));
    }

    void voxBentoIsWellWithBothFieldsAlone_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("both") << QByteArray(R"({"ok": true, "mediamtx_ok": true})")
                              << Verdict::Pass;
        QTest::newRow("no media server")
            << QByteArray(R"({"ok": true, "mediamtx_ok": false})") << Verdict::Fail;
        QTest::newRow("not itself")
            << QByteArray(R"({"ok": false, "mediamtx_ok": true})") << Verdict::Fail;
        QTest::newRow("one is not said") << QByteArray(R"({"ok": true})") << Verdict::Unknown;
        QTest::newRow("a page") << QByteArray("<html>") << Verdict::Unknown;
    }
    void voxBentoIsWellWithBothFieldsAlone() {
        QFETCH(QByteArray, body);
        const Workspace workspace = Example(u"voxbento"_qs).workspace;
        for (const char* name : {"demo", "prod"}) {
            const Environment& environment = *workspace.environment(QString::fromLatin1(name));
            const Service& portal = serviceOf(environment, u"portal"_qs);
            QVERIFY(portal.version.has_value());
            ProbeHealth health = *ProbeHealth::make(portal.probes.first());
            health.take(answered(start, body), {});
            QTEST(health.standing(start, {}).verdict(), "verdict");
        }
    }

    void booksWantsTheCommitThatPassedInDev_data() {
        QTest::addColumn<QList<PromotedRun>>("runs");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("says");
        QTest::newRow("none") << QList<PromotedRun>{} << Verdict::Fail << u"No run in dev"_qs;
        QTest::newRow("another commit") << QList{ran(u"4be1c07"_qs, RunOutcome::Succeeded)}
                                        << Verdict::Fail << u"dev has api 4be1c07, not api 9d3f2a1."_qs;
        QTest::newRow("its smoke tests failed") << QList{ran(u"9d3f2a1"_qs, RunOutcome::Failed),
                                                         ran(u"4be1c07"_qs, RunOutcome::Succeeded)}
                                                << Verdict::Fail << u"did not pass"_qs;
        QTest::newRow("the same") << QList{ran(u"9d3f2a1"_qs, RunOutcome::Succeeded)}
                                  << Verdict::Pass << u"dev passed for api 9d3f2a1"_qs;
    }
    void booksWantsTheCommitThatPassedInDev() {
        QFETCH(QList<PromotedRun>, runs);
        QFETCH(QString, says);
        const Workspace workspace = Example(u"books"_qs).workspace;
        const Environment& prod = *workspace.environment(u"prod"_qs);
        QCOMPARE(prod.promoteFrom, u"dev"_qs);
        QCOMPARE(workspace.environment(u"demo"_qs)->promoteFrom, u"demo-dev"_qs);
        const Finding finding =
            promotionFinding(prod.promoteFrom, {{u"api"_qs, u"9d3f2a1"_qs}}, runs, after(1h));
        QTEST(finding.verdict, "verdict");
        const QString words = finding.reason + finding.observed;
        QVERIFY2(words.contains(says), qPrintable(words));
    }

    void booksSharesNothingBetweenDevAndProd() {
        const Workspace workspace = Example(u"books"_qs).workspace;
        QCOMPARE(workspace.isolation.size(), 2);
        for (const IsolationRule& rule : workspace.isolation)
            QCOMPARE(rule.variables, (QStringList{u"DATABASE_URL"_qs, u"REDIS_URL"_qs}));
        QCOMPARE(workspace.isolation.first().environments, (QStringList{u"dev"_qs, u"prod"_qs}));
    }

    void yapitSaysWithinItsWindowThatACommitIsStale_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<TriggerState>("soon");
        QTest::addColumn<TriggerState>("late");
        QTest::newRow("stale") << QByteArray(R"({"commit": "61f0c4e"})") << TriggerState::Unknown
                               << TriggerState::Holds;
        QTest::newRow("the one that was meant")
            << QByteArray(R"({"commit": "b7d2a95"})") << TriggerState::Clear << TriggerState::Clear;
        QTest::newRow("nobody says it")
            << QByteArray(R"({})") << TriggerState::Unknown << TriggerState::Unknown;
    }
    void yapitSaysWithinItsWindowThatACommitIsStale() {
        QFETCH(QByteArray, body);
        QFETCH(TriggerState, soon);
        const Workspace workspace = Example(u"yapit"_qs).workspace;
        const Environment& prod = *workspace.environment(u"prod"_qs);
        const Service& gateway = serviceOf(prod, u"gateway"_qs);
        const auto probe = std::find_if(gateway.probes.begin(), gateway.probes.end(),
                                        [](const Probe& one) { return one.name == u"release"; });
        QVERIFY(probe != gateway.probes.end());
        ProbeHealth health = *ProbeHealth::make(*probe);
        TriggerWatch watch = *TriggerWatch::make(prod.triggers.first());
        for (auto time = 0s; time <= 60s; time += 5s) {
            health.take(answered(after(time), body), {});
            const std::vector<ServiceHealth> services{{u"gateway"_qs, {&health}, {}}};
            const std::vector<const MetricHealth*> metrics;
            EnvironmentSource source(services, metrics, after(time), 1);
            source.setTarget(targetNames({{u"gateway"_qs, u"b7d2a95"_qs}}));
            watch.read(source, after(time));
            if (time == 20s)
                QCOMPARE(watch.state(after(time)), soon);
        }
        QTEST(watch.state(after(60s)), "late");
    }

    void yapitReloadsNginxAndTellsPeopleAfterADeployment() {
        const PlanPointer plan =
            Example(u"yapit"_qs).plan(u"runbooks/1-go-live.md"_qs, u"prod"_qs, {}, {});
        const int nginx = stepNamed(*plan, u"nginx"_qs);
        QVERIFY(nginx >= 0);
        const Step& reload = plan->steps[nginx].step;
        QCOMPARE(reload.lane, Lane::Main);
        QCOMPARE(sectionOf(*plan, reload), u"Post-deploy"_qs);
        QVERIFY(reload.commands.constLast().text.contains(u"nginx -s reload"));
        const auto isNote = [&plan](const PlanStep& placed) {
            return placed.step.title.contains(u"Ctrl+Shift+R") && placed.step.lane == Lane::Main &&
                   sectionOf(*plan, placed.step) == u"Post-deploy";
        };
        QVERIFY(std::any_of(plan->steps.begin(), plan->steps.end(), isNote));
        // Both come behind what compares the commits.
        QVERIFY(stepNamed(*plan, u"commit"_qs) < nginx);
    }

private:
    static void carryOut(tests::RunFixture& run, const QString& name, StepStatus status) {
        const StepId id = run.state.plan->steps[stepNamed(*run.state.plan, name)].step.id;
        Attempt attempt;
        attempt.number = 1;
        attempt.place = u"demo-1"_qs;
        attempt.script = u"true"_qs;
        run.feed(draft::stepStarted(id, attempt));
        attempt.exitCode = status == StepStatus::Passed ? 0 : 1;
        run.feed(draft::stepFinished(id, attempt, status));
    }
};

QTEST_GUILESS_MAIN(TestExampleReleases)
#include "tst_examplereleases.moc"
