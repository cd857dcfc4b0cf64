// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/change.h"

#include "models/run/next.h"
#include "models/run/permission.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using tests::commandStep;
using tests::manualStep;
using tests::RunFixture;

namespace {

const RunId child(u"child"_qs);

Step ofKind(StepKind kind, const QMap<QString, QString>& options = {}) {
    Step step = manualStep(u"a"_qs);
    step.kind = kind;
    step.options.values = options;
    return step;
}

Step request(const QString& method) {
    Step step = ofKind(StepKind::Http);
    step.http = HttpRequest{method, u"https://portal.example.com/api"_qs};
    return step;
}

Attempt first() {
    Attempt attempt;
    attempt.script = u"true"_qs;
    return attempt;
}

} // namespace

class TestChange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsChanges_data() {
        QTest::addColumn<Step>("step");
        QTest::addColumn<bool>("changes");
        const QMap<QString, QString> readonly{{u"readonly"_qs, u"true"_qs}};
        QTest::newRow("command") << ofKind(StepKind::Command) << true;
        QTest::newRow("manual") << ofKind(StepKind::Manual) << true;
        QTest::newRow("read-only command") << ofKind(StepKind::Command, readonly) << false;
        QTest::newRow("read-only manual") << ofKind(StepKind::Manual, readonly) << false;
        QTest::newRow("GET") << request(u"GET"_qs) << false;
        QTest::newRow("head") << request(u"head"_qs) << false;
        QTest::newRow("POST") << request(u"POST"_qs) << true;
        QTest::newRow("read-only POST") << [&] {
            Step step = request(u"POST"_qs);
            step.options.values = readonly;
            return step;
        }() << false;
        QTest::newRow("check") << ofKind(StepKind::Check) << false;
        QTest::newRow("gate") << ofKind(StepKind::Gate) << false;
        QTest::newRow("wait") << ofKind(StepKind::Wait) << false;
        QTest::newRow("approval") << ofKind(StepKind::Approval) << false;
    }
    void knowsChanges() {
        QFETCH(Step, step);
        QTEST(isChange(step), "changes");
    }

    void theFirstChangeStaysTheFirst() {
        Step look = commandStep(u"look"_qs, u"true"_qs);
        look.options.values.insert(u"readonly"_qs, u"true"_qs);
        RunFixture run({look, commandStep(u"deploy"_qs, u"true"_qs), manualStep(u"tell"_qs)});
        run.feed(draft::stepStarted(StepId(u"look"_qs), first()));
        QVERIFY(!run.state.firstChange);
        run.feed(draft::stepStarted(StepId(u"deploy"_qs), first()));
        const FirstChange expected{3, {3'000'000'000}};
        QCOMPARE(run.state.firstChange, expected);
        run.feed(draft::stepConfirmed(StepId(u"tell"_qs), true, {}));
        QCOMPARE(run.state.firstChange, expected);
        QCOMPARE(run.state.step(StepId(u"look"_qs)).changeSeq, 0);
        QCOMPARE(run.state.step(StepId(u"deploy"_qs)).changeSeq, 3);
        QCOMPARE(run.state.step(StepId(u"tell"_qs)).changeSeq, 4);
    }

    void whatWasDoneByHandAndReopenedWasASlip() {
        RunFixture run({manualStep(u"tell"_qs)});
        run.feed(draft::stepConfirmed(StepId(u"tell"_qs), false, {}));
        QCOMPARE(run.state.step(StepId(u"tell"_qs)).changeSeq, 2);
        run.feed(draft::stepReopened(StepId(u"tell"_qs)));
        QCOMPARE(run.state.step(StepId(u"tell"_qs)).changeSeq, 0);
    }

    void whatProvablyNeverRanChangedNothing() {
        RunFixture run({commandStep(u"deploy"_qs, u"true"_qs)});
        const StepId deploy(u"deploy"_qs);
        run.feed(draft::stepStarted(deploy, first()));
        run.feed(draft::notStarted(deploy, 1, u"web-1 cannot be reached."_qs));
        QCOMPARE(run.state.step(deploy).changeSeq, 0);
        Attempt second = first();
        second.number = 2;
        run.feed(draft::stepStarted(deploy, second));
        run.feed(draft::outcomeUnknown(deploy, 2, u"The line was cut."_qs, {}));
        QCOMPARE(run.state.step(deploy).changeSeq, 4);
    }

    void aRunIsTakenBackByOneRun() {
        RunFixture run({commandStep(u"deploy"_qs, u"true"_qs)});
        const RollbackDecisions decisions{{StepId(u"downgrade"_qs), false},
                                          {StepId(u"tell"_qs), true}};
        run.feed(draft::rollbackStarted(child, u"errors above 10 %"_qs, decisions));
        QVERIFY(run.state.rollback);
        QCOMPARE(run.state.rollback->run, child);
        QCOMPARE(run.state.rollback->reason, u"errors above 10 %"_qs);
        QCOMPARE(run.state.rollback->decisions, decisions);
        run.feed(draft::rollbackStarted(RunId(u"other"_qs), {}, {}));
        QCOMPARE(run.state.rollback->run, child);
    }

    void nothingFollowsInARunThatIsTakenBack() {
        RunFixture run(
            {tests::stepOn(StepId(u"deploy"_qs), u"web-1,web-2"_qs, {{u"batch"_qs, u"1"_qs}})},
            tests::contextWithHosts(2));
        const StepId deploy(u"deploy"_qs);
        Attempt attempt = first();
        attempt.place = u"web-1"_qs;
        run.feed(draft::stepStarted(deploy, attempt));
        attempt.exitCode = 0;
        run.feed(draft::stepFinished(deploy, attempt, StepStatus::Passed));
        QCOMPARE(next(run.state), QList<Effect>{ContinueStep{deploy}});
        run.feed(draft::rollbackStarted(child, u"errors"_qs, {}));
        QCOMPARE(next(run.state), QList<Effect>{FollowRollback{child}});
        QVERIFY(!refusal(run.state, 0, StepIntent::Start).isEmpty());
        QVERIFY(!closingRefusal(run.state, RunOutcome::Aborted).isEmpty());
    }

    void aRollbackSaysWhatWasSeen() {
        PlanContext context;
        context.rollbackOf = RunId(u"parent"_qs);
        context.previous = {{u"portal"_qs, u"v1.4.0"_qs}};
        RunFixture run({commandStep(u"back"_qs, u"true"_qs)}, context);
        QCOMPARE(run.state.plan->context, context);
        QCOMPARE(run.state.plan->mainLane(), Lane::Rollback);
        const QList<RollbackObservation> observations{
            {u"portal: version"_qs,
             u"v1.4.0"_qs,
             {Verdict::Fail, u"another version is deployed"_qs, u"v1.5.0"_qs}}};
        run.feed(
            draft::rollbackVerified(Verdict::Fail, u"The portal is not back."_qs, observations));
        QVERIFY(run.state.verification);
        QCOMPARE(run.state.verification->verdict, Verdict::Fail);
        QCOMPARE(run.state.verification->reason, u"The portal is not back."_qs);
        QCOMPARE(run.state.verification->observations, observations);
    }

    void aBlockOutlivesItsRunUntilItIsLifted() {
        RunFixture run({manualStep(u"a"_qs)});
        run.feed(draft::runClosed(RunOutcome::RolledBack, {}));
        run.feed(draft::releaseBlocked(u"connections failed"_qs));
        QVERIFY(run.state.releaseBlock);
        QCOMPARE(run.state.releaseBlock->reason, u"connections failed"_qs);
        run.feed(draft::releaseUnblocked(u"fixed at the provider"_qs));
        QVERIFY(!run.state.releaseBlock);
    }
};

Q_DECLARE_METATYPE(models::Step)

QTEST_GUILESS_MAIN(TestChange)
#include "tst_change.moc"
