// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/approvalproof.h"

#include "models/run/approvalrule.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

#include <functional>

using namespace models;
using tests::RunFixture;

namespace {

const StepId go(u"go"_qs);
const StepId other(u"other"_qs);
const QString lead(u"release-manager"_qs);
const QString key(u"SHA256:abc"_qs);

Step approval(const StepId& id) {
    Step step = tests::manualStep(id.text());
    step.kind = StepKind::Approval;
    step.approval = ApprovalRule{1, false};
    return step;
}

RunFixture asked() {
    PlanContext context;
    context.people = {{lead, {}, {}, {u"ssh-ed25519 A"_qs}}};
    RunFixture run({approval(go), approval(other)}, context);
    run.feed(draft::approvalRequested(go, {}));
    run.feed(draft::approvalRequested(other, {}));
    return run;
}

VerifiedAnswer answerTo(const RunFixture& run, bool isGo = true) {
    VerifiedAnswer answer;
    answer.answer = {approvalRequestText(run.state, 0), isGo, {}, u"looked at it"_qs};
    answer.statement = approvalStatement(answer.answer);
    answer.signature = "-----BEGIN SSH SIGNATURE-----\nAA\n-----END SSH SIGNATURE-----\n";
    answer.person = lead;
    answer.key = key;
    return answer;
}

/// Recorded with a change.
ApprovalProof proofOf(const std::function<void(EventDraft&)>& change, bool isGo = true) {
    RunFixture run = asked();
    EventDraft draft = draft::verifiedSay(go, answerTo(run, isGo), 2);
    change(draft);
    run.feed(draft);
    return approvalProofs(run.events).value(0);
}

Result<VerifiedAnswer> by(const QString& person, const QString& signedWith = key) {
    VerifiedAnswer answer;
    answer.person = person;
    answer.key = signedWith;
    return answer;
}

} // namespace

using Change = std::function<void(EventDraft&)>;
using Known = std::optional<Result<VerifiedAnswer>>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(Known)
Q_DECLARE_METATYPE(Result<VerifiedAnswer>)

class TestApprovalProof : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasSignedIsFound() {
        RunFixture run = asked();
        run.feed(draft::approvalGiven(go, u"somebody"_qs, {}, 2));
        QVERIFY(approvalProofs(run.events).isEmpty());
        const VerifiedAnswer answer = answerTo(run);
        run.feed(draft::verifiedSay(go, answer, 2));
        const QList<ApprovalProof> proofs = approvalProofs(run.events);
        QCOMPARE(proofs.size(), 1);
        QCOMPARE(proofs[0].fault, QString());
        QCOMPARE(proofs[0].seq, run.events.last().seq);
        QCOMPARE(proofs[0].step, go.text());
        QCOMPARE(proofs[0].person, lead);
        QCOMPARE(proofs[0].key, key);
        QCOMPARE(proofs[0].answer.statement, answer.statement);
        QCOMPARE(proofs[0].answer.signature, answer.signature);
        QCOMPARE(proofs[0].people.size(), 1);
    }

    void recordsThatContradictThemselvesFail_data() {
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("isGo");
        QTest::addColumn<QString>("fault");
        const auto replaced = [](const QString& what, const QString& by) {
            return Change([what, by](EventDraft& draft) {
                QString statement = draft.payload[u"statement"].toString();
                draft.payload.insert(u"statement"_qs, statement.replace(what, by));
            });
        };
        QTest::newRow("another run")
            << replaced(QString(26, u'0'), QString(26, u'1')) << true << u"another run"_qs;
        QTest::newRow("a request that was not made")
            << replaced(u"\nrequest: 2 "_qs, u"\nrequest: 7 "_qs) << true << u"never made"_qs;
        QTest::newRow("another step's request")
            << Change([](EventDraft& draft) { draft.payload.insert(u"step"_qs, other.text()); })
            << true << u"another step"_qs;
        QTest::newRow("a no-go recorded as a go")
            << Change([](EventDraft& draft) { draft.kind = EventKind::ApprovalGiven; }) << false
            << u"A no-go was signed"_qs;
        QTest::newRow("a go recorded as a no-go")
            << Change([](EventDraft& draft) { draft.kind = EventKind::ApprovalRejected; }) << true
            << u"A go was signed"_qs;
        QTest::newRow("nothing that was signed")
            << Change([](EventDraft& draft) { draft.payload.remove(u"statement"_qs); }) << true
            << u"missing"_qs;
        QTest::newRow("no signature")
            << Change([](EventDraft& draft) { draft.payload.remove(u"signature"_qs); }) << true
            << u"missing"_qs;
        QTest::newRow("more than what was signed")
            << replaced(u"decision: go\n"_qs, u"decision: go\n\n"_qs) << true << u"was changed"_qs;
    }
    void recordsThatContradictThemselvesFail() {
        QFETCH(Change, change);
        QFETCH(bool, isGo);
        QFETCH(QString, fault);
        const ApprovalProof proof = proofOf(change, isGo);
        QVERIFY2(proof.fault.contains(fault), qPrintable(proof.fault));
        const Finding finding = proofFinding(proof, by(lead), by(lead));
        QCOMPARE(finding.verdict, Verdict::Fail);
        QCOMPARE(finding.reason, proof.fault);
    }

    void whatACheckComesTo_data() {
        QTest::addColumn<Result<VerifiedAnswer>>("recorded");
        QTest::addColumn<Known>("known");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("reason");
        const auto failed = [](ErrorCode code) {
            return Result<VerifiedAnswer>(failure(code, u"because"_qs));
        };
        QTest::newRow("good") << by(lead) << Known() << Verdict::Pass << u"the run recorded"_qs;
        QTest::newRow("changed") << failed(ErrorCode::Refused) << Known() << Verdict::Fail
                                 << u"does not belong"_qs;
        QTest::newRow("nobody's key")
            << failed(ErrorCode::NotFound) << Known() << Verdict::Fail << u"no key"_qs;
        QTest::newRow("not checked") << failed(ErrorCode::Unsupported) << Known()
                                     << Verdict::Unknown << u"could not be checked: because"_qs;
        QTest::newRow("another person")
            << by(u"qa"_qs) << Known() << Verdict::Fail << u"signed by qa"_qs;
        QTest::newRow("another key")
            << by(lead, u"SHA256:def"_qs) << Known() << Verdict::Fail << u"with SHA256:def"_qs;
        QTest::newRow("still listed")
            << by(lead) << Known(by(lead)) << Verdict::Pass << u"is listed as theirs"_qs;
        QTest::newRow("listed no longer") << by(lead) << Known(failed(ErrorCode::NotFound))
                                          << Verdict::Unknown << u"listed no longer"_qs;
        QTest::newRow("listed as another's")
            << by(lead) << Known(by(u"qa"_qs)) << Verdict::Fail << u"one of qa's"_qs;
        QTest::newRow("lists not compared")
            << by(lead) << Known(failed(ErrorCode::Cancelled)) << Verdict::Unknown << u"because"_qs;
    }
    void whatACheckComesTo() {
        QFETCH(Result<VerifiedAnswer>, recorded);
        QFETCH(Known, known);
        QFETCH(Verdict, verdict);
        QFETCH(QString, reason);
        const ApprovalProof proof = proofOf([](EventDraft&) {});
        QCOMPARE(proof.fault, QString());
        const Finding finding = proofFinding(proof, recorded, known);
        QCOMPARE(finding.verdict, verdict);
        QVERIFY2(finding.reason.contains(reason), qPrintable(finding.reason));
    }
};

QTEST_GUILESS_MAIN(TestApprovalProof)
#include "tst_approvalproof.moc"
