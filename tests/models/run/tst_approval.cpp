// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/approvalrule.h"
#include "models/run/approvaltext.h"
#include "models/run/goboard.h"
#include "models/run/next.h"
#include "models/run/permission.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using tests::RunFixture;

namespace {

Step approval(int by = 1, bool notSelf = false, const QMap<QString, QString>& options = {}) {
    Step step = tests::manualStep(u"go"_qs);
    step.title = u"Release lead agrees"_qs;
    step.kind = StepKind::Approval;
    step.approval = ApprovalRule{by, notSelf};
    step.options.values = options;
    return step;
}

PlanContext protectedContext() {
    PlanContext context;
    context.environment = u"prod"_qs;
    context.isProtected = true;
    context.target = {{u"portal"_qs, u"v2"_qs}};
    context.people = {{u"release-manager"_qs, {u"release"_qs}, {}, {u"ssh-ed25519 A"_qs}},
                      {u"qa"_qs, {u"test"_qs}, {}, {u"ssh-ed25519 B"_qs}},
                      {u"driver"_qs, {u"release"_qs}, {u"lead"_qs}, {u"ssh-ed25519 C"_qs}},
                      {u"keyless"_qs, {u"release"_qs}, {}, {}}};
    return context;
}

const StepId go(u"go"_qs);

VerifiedAnswer answerTo(const RunFixture& run, const QString& person, bool isGo = true,
                        const QString& name = {}) {
    VerifiedAnswer answer;
    answer.answer = {approvalRequestText(run.state, 0), isGo, name, u"looked at it"_qs};
    answer.statement = approvalStatement(answer.answer);
    answer.signature = "-----BEGIN SSH SIGNATURE-----\nAA\n-----END SSH SIGNATURE-----\n";
    answer.person = person;
    answer.key = u"SHA256:abc"_qs;
    return answer;
}

void say(RunFixture& run, const QString& person, bool isGo = true) {
    run.feed(draft::verifiedSay(go, answerTo(run, person, isGo), run.state.step(go).request.seq));
}

constexpr Instant now{1'000'000'000'000};

} // namespace

class TestApproval : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void environmentAsksForTheLeast() {
        PlanContext context = protectedContext();
        context.goLive.approvals = {2, true, u"release"_qs, std::chrono::hours(4)};
        const RunFixture run(
            {approval(1, false, {{u"within"_qs, u"30m"_qs}}), tests::manualStep(u"x"_qs)}, context);
        const ApprovalTerms terms = approvalTerms(*run.state.plan, run.state.plan->steps[0].step);
        QCOMPARE(terms, (ApprovalTerms{2, true, u"release"_qs, std::chrono::minutes(30)}));
        QCOMPARE(termsText(terms), u"2 people with the role release, not who drives the run, "
                                   "within 30 min"_qs);
    }

    /// A limit that cannot be read is no wider one.
    void aMistakeInAStepGivesNoMoreTime() {
        PlanContext context = protectedContext();
        const RunFixture run({approval(1, false, {{u"within"_qs, u"soon"_qs}})}, context);
        const ApprovalTerms terms = approvalTerms(*run.state.plan, run.state.plan->steps[0].step);
        QCOMPARE(terms.within, std::chrono::minutes(1));
    }

    void onlySignedOnesCountWhereItIsProtected() {
        RunFixture run({approval(), tests::manualStep(u"after"_qs)}, protectedContext());
        run.feed(draft::approvalRequested(go, {}));
        QCOMPARE(run.status(u"go"_qs), StepStatus::Waiting);
        run.feed(
            draft::approvalGiven(go, u"release-manager"_qs, {}, run.state.step(go).request.seq));
        QCOMPARE(run.status(u"go"_qs), StepStatus::Waiting);
        QVERIFY(!run.state.step(go).says.first().counts);
        QCOMPARE(run.status(u"after"_qs), StepStatus::Blocked);
        say(run, u"release-manager"_qs);
        QCOMPARE(run.status(u"go"_qs), StepStatus::Passed);
        QVERIFY(run.state.step(go).says.first().verified);
        QCOMPARE(run.status(u"after"_qs), StepStatus::Pending);
    }

    void samePersonCountsOnce() {
        RunFixture run({approval(2)}, protectedContext());
        run.feed(draft::approvalRequested(go, {}));
        say(run, u"qa"_qs);
        QVERIFY(answerRefusal(run.state, 0, answerTo(run, u"qa"_qs), now).contains(u"once"));
        say(run, u"qa"_qs); // a second key of theirs
        QCOMPARE(run.state.step(go).approvals, 1);
        say(run, u"release-manager"_qs);
        QCOMPARE(run.status(u"go"_qs), StepStatus::Passed);
    }

    void noGoHoldsUntilWhoGaveItSaysOtherwise() {
        RunFixture run({approval()}, protectedContext());
        run.feed(draft::approvalRequested(go, {}));
        say(run, u"qa"_qs, false);
        QCOMPARE(run.status(u"go"_qs), StepStatus::Failed);
        say(run, u"release-manager"_qs);
        QCOMPARE(run.status(u"go"_qs), StepStatus::Failed);
        QVERIFY(run.state.step(go).reason.contains(u"qa"));
        // What is only typed does not take back what was signed.
        run.feed(draft::approvalGiven(go, u"qa"_qs, {}, run.state.step(go).request.seq));
        QCOMPARE(run.status(u"go"_qs), StepStatus::Failed);
        say(run, u"qa"_qs);
        QCOMPARE(run.status(u"go"_qs), StepStatus::Passed);
    }

    void deadlineEndsItByAnEvent() {
        RunFixture run({approval(2)}, protectedContext());
        const Instant deadline{60'000'000'000};
        run.feed(draft::approvalRequested(go, deadline));
        QVERIFY(next(run.state).contains(Effect(ArmTimer{go, deadline})));
        say(run, u"qa"_qs);
        QVERIFY(next(run.state).contains(Effect(ArmTimer{go, deadline})));
        run.feed(draft::approvalExpired(go));
        QCOMPARE(run.status(u"go"_qs), StepStatus::Failed);
        QVERIFY(run.state.step(go).request.expired);
        QVERIFY(next(run.state).isEmpty());
        // An answer to it counts no more, and what was given does not count for the next.
        const VerifiedAnswer late = answerTo(run, u"release-manager"_qs);
        QVERIFY(answerRefusal(run.state, 0, late, {1}).contains(u"expired"));
        say(run, u"release-manager"_qs);
        QCOMPARE(run.status(u"go"_qs), StepStatus::Failed);
        run.feed(draft::approvalRequested(go, {}));
        QCOMPARE(run.status(u"go"_qs), StepStatus::Waiting);
        QCOMPARE(run.state.step(go).approvals, 0);
        QVERIFY(answerRefusal(run.state, 0, late, {1}).contains(u"earlier request"));
        say(run, u"release-manager"_qs);
        QCOMPARE(run.state.step(go).approvals, 1);
    }

    void timeAloneEndsItToo() {
        RunFixture run({approval()}, protectedContext());
        run.feed(draft::approvalRequested(go, {10'000'000'000}));
        QVERIFY(answerRefusal(run.state, 0, answerTo(run, u"qa"_qs), {10'000'000'000})
                    .contains(u"expired"));
        QVERIFY(answerRefusal(run.state, 0, answerTo(run, u"qa"_qs), {9'999'999'999}).isEmpty());
        for (int i = 0; i < 8; ++i)
            run.feed(draft::noteAdded({}, u"time goes by"_qs));
        say(run, u"qa"_qs); // at its deadline, before the event that ends it
        QCOMPARE(run.status(u"go"_qs), StepStatus::Waiting);
    }

    void whoMayNot_data() {
        QTest::addColumn<QString>("person");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("words");
        QTest::newRow("nobody there") << u"mallory"_qs << QString() << u"not among the people"_qs;
        QTest::newRow("without the role") << u"qa"_qs << QString() << u"the role release"_qs;
        QTest::newRow("who drives it") << u"driver"_qs << QString() << u"drives the run"_qs;
        QTest::newRow("in another's name")
            << u"release-manager"_qs << u"qa"_qs << u"signed with a key of"_qs;
        QTest::newRow("who may") << u"release-manager"_qs << u"Release-Manager"_qs << QString();
    }
    void whoMayNot() {
        QFETCH(QString, person);
        QFETCH(QString, name);
        QFETCH(QString, words);
        RunFixture run({approval(1, true, {{u"role"_qs, u"release"_qs}})}, protectedContext());
        run.feed(draft::approvalRequested(go, {}));
        const QString refused = answerRefusal(run.state, 0, answerTo(run, person, true, name), now);
        QCOMPARE(refused.isEmpty(), words.isEmpty());
        QVERIFY2(refused.contains(words), qPrintable(refused));
        say(run, person);
        QCOMPARE(run.status(u"go"_qs) == StepStatus::Passed,
                 words.isEmpty() || person == u"release-manager");
    }

    void answersOfAnotherRequestDoNotCount() {
        RunFixture run({approval()}, protectedContext());
        run.feed(draft::approvalRequested(go, {}));
        const VerifiedAnswer answer = answerTo(run, u"release-manager"_qs);
        RunFixture other = run;
        other.state.id = RunId(QString(26, u'1'));
        QVERIFY(answerRefusal(other.state, 0, answer, now).contains(u"another run"));
        RunFixture reopened = run;
        reopened.feed(draft::stepReopened(go));
        QVERIFY(answerRefusal(reopened.state, 0, answer, now).contains(u"reopened"));
        reopened.feed(draft::approvalRequested(go, {}));
        QVERIFY(answerRefusal(reopened.state, 0, answer, now).contains(u"earlier request"));
        VerifiedAnswer changed = answer;
        changed.answer.request.replace(u"portal v2"_qs, u"portal v3"_qs);
        QVERIFY(answerRefusal(run.state, 0, changed, now).contains(u"not what was asked"));
        QCOMPARE(answerRefusal(run.state, 0, answer, now), QString());
    }

    void deadEndIsSaid() {
        PlanContext context = protectedContext();
        QCOMPARE(approvalImpossible(RunFixture({approval(3)}, context).state, 0), QString());
        QVERIFY(approvalImpossible(RunFixture({approval(4)}, context).state, 0)
                    .contains(u"names 3 who can, and 4"));
        context.people.clear();
        QVERIFY(
            approvalImpossible(RunFixture({approval()}, context).state, 0).contains(u"people: {"));
        context.isProtected = false;
        QCOMPARE(approvalImpossible(RunFixture({approval()}, context).state, 0), QString());
    }

    void requestSurvivesAChat() {
        RunFixture run({approval()}, protectedContext());
        run.feed(draft::approvalRequested(go, now));
        const QString request = approvalRequestText(run.state, 0);
        QCOMPARE(approvalRequestValue(request, u"environment"), u"prod (protected)"_qs);
        QCOMPARE(approvalRequestValue(request, u"valid-until"), now.toString());
        QCOMPARE(approvalRequestValue(request, u"reason"), QString());
        QString quoted = request;
        quoted.replace(u"\n"_qs, u"\r\n> "_qs);
        const auto found = approvalRequestFrom(u"Deputy wrote:\n> "_qs + quoted + u"\nThanks"_qs);
        QVERIFY(found);
        QCOMPARE(*found, request);
        QVERIFY(!approvalRequestFrom(u"no request at all"_qs));
        QVERIFY(!approvalRequestFrom(request.section(u'\n', 0, 5)));
    }

    void answerSurvivesAChat() {
        RunFixture run({approval()}, protectedContext());
        run.feed(draft::approvalRequested(go, {}));
        VerifiedAnswer answer = answerTo(run, u"qa"_qs, false, u"qa"_qs);
        answer.answer.note = u"two\nlines\u202e"_qs;
        answer.statement = approvalStatement(answer.answer);
        const QString text = signedAnswerText(answer.statement, answer.signature);
        const auto found = signedAnswerFrom(u"> "_qs + QString(text).replace(u"\n"_qs, u"\n> "_qs));
        QVERIFY(found);
        QCOMPARE(found->statement, answer.statement);
        QCOMPARE(found->signature, answer.signature);
        QCOMPARE(found->answer.isGo, false);
        QCOMPARE(found->answer.name, u"qa"_qs);
        QCOMPARE(found->answer.note, u"two lines"_qs);
        QVERIFY(signedAnswerFrom(approvalRequestText(run.state, 0))
                    .error()
                    .message.contains(u"request, not an answer"));
        QVERIFY(signedAnswerFrom(text.chopped(10)).error().message.contains(u"cut off"));
    }

    void namesInARequestAreOneLineEach() {
        Step step = approval();
        step.title = u"Go\ndecision: go"_qs;
        RunFixture run({step}, protectedContext());
        run.feed(draft::approvalRequested(go, {}));
        const QString request = approvalRequestText(run.state, 0);
        QVERIFY(!request.contains(u"\ndecision"));
        QCOMPARE(*approvalRequestFrom(request), request);
    }

    void overrideIsAskedForWithoutAChangeOfTheGate() {
        Step gate = tests::manualStep(u"go"_qs);
        gate.kind = StepKind::Gate;
        RunFixture run({gate}, protectedContext());
        run.feed(draft::approvalRequested(go, {}, u"The metric is away"_qs));
        QCOMPARE(run.status(u"go"_qs), StepStatus::Pending);
        QVERIFY(
            answerRefusal(run.state, 0, answerTo(run, u"driver"_qs), now).contains(u"another one"));
        const VerifiedAnswer agreed = answerTo(run, u"qa"_qs);
        QCOMPARE(answerRefusal(run.state, 0, agreed, now), QString());
        run.feed(draft::gateOverridden(go, run.state.step(go).request.reason, agreed));
        QCOMPARE(run.status(u"go"_qs), StepStatus::Passed);
        QVERIFY(run.state.step(go).reason.contains(u"qa, verified"));
    }

    void risksAreTakenOneByOne() {
        PlanContext context;
        context.risks = {{u"Sessions are lost"_qs, {}, 1}, {u"No backup"_qs, {}, 2}};
        RunFixture run({approval()}, context);
        QCOMPARE(knownRisks(*run.state.plan).size(), 2);
        run.feed(draft::riskAcknowledged(u"No backup"_qs, u"one was made by hand"_qs));
        run.feed(draft::riskAcknowledged(u"No backup"_qs, {}));
        run.feed(draft::riskAcknowledged(u"Something else"_qs, {}));
        QCOMPARE(run.state.risksTaken.size(), 1);
        QCOMPARE(run.state.risksTaken.first().by, u"lead@example"_qs);
        QCOMPARE(run.state.risksTaken.first().remark, u"one was made by hand"_qs);
    }

    void boardShowsWhoSaidWhat() {
        PlanContext context = protectedContext();
        context.risks = {{u"No backup"_qs, {}, 1}};
        RunFixture run({approval(2)}, context);
        run.feed(draft::approvalRequested(go, {}));
        say(run, u"qa"_qs, false);
        run.feed(draft::riskAcknowledged(u"No backup"_qs, {}));
        const QList<GoBoardRow> board = goBoard(run.state);
        using Kind = GoBoardRow::Kind;
        QCOMPARE(board.size(), 5); // the step, three who can sign, the risk
        QCOMPARE(board[0].kind, Kind::Approval);
        QCOMPARE(board[1].title, u"qa"_qs);
        QCOMPARE(board[1].standing, Verdict::Fail);
        QVERIFY(board[1].words.startsWith(u"no-go, verified"));
        QVERIFY(!board[1].isAwaited);
        QCOMPARE(board[2].standing, Verdict::Unknown);
        QVERIFY(board[2].isAwaited);
        QCOMPARE(board[4].kind, Kind::Risk);
        QCOMPARE(board[4].standing, Verdict::Pass);
        QCOMPARE(verdictOf(board), Verdict::Fail);
        say(run, u"qa"_qs);
        QCOMPARE(verdictOf(goBoard(run.state)), Verdict::Unknown);
        say(run, u"release-manager"_qs);
        QCOMPARE(verdictOf(goBoard(run.state)), Verdict::Pass);
    }

    void whoeverWasHandedTheRunDrivesItAlone() {
        RunFixture run({approval()}, protectedContext());
        run.feed(draft::handedOver(u"Deputy"_qs));
        QVERIFY(refusal(run.state, 0, StepIntent::Approve).contains(u"Deputy"));
        QVERIFY(!closingRefusal(run.state, RunOutcome::Aborted).isEmpty());
        run.feed(draft::takenOver(u"lead@example"_qs));
        QVERIFY(!run.state.givenAway);
        QCOMPARE(refusal(run.state, 0, StepIntent::Approve), QString());
    }
};

QTEST_GUILESS_MAIN(TestApproval)
#include "tst_approval.moc"
