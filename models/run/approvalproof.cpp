// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/approvalproof.h"

#include <QHash>

namespace models {

namespace {

QString textOf(const Event& event, QStringView key) {
    return event.payload.value(key).toString();
}

bool saysSigned(const Event& event) {
    return (event.kind == EventKind::ApprovalGiven || event.kind == EventKind::ApprovalRejected ||
            event.kind == EventKind::GateOverridden) &&
           (event.payload.value(u"verified").toBool() || event.payload.contains(u"signature"));
}

/// As approvalRequestText() writes it.
QString requestMark(const Event& request) {
    return QString::number(request.seq) + u' ' + QString::fromLatin1(request.hash.toHex());
}

/// The statement taken apart; nothing where it is no answer to a request, or not in its one form.
std::optional<SignedAnswer> answerOf(const Event& event) {
    const QByteArray statement = textOf(event, u"statement").toUtf8();
    const QByteArray signature = textOf(event, u"signature").toLatin1();
    const Result<SignedAnswer> read = signedAnswerFrom(signedAnswerText(statement, signature));
    if (!read || read->statement != statement)
        return std::nullopt;
    return *read;
}

/// Why what was signed is not what the event makes of it; requests: the marks of this run's, with
/// the steps that they are about.
QString faultOf(const Event& event, const ApprovalProof& proof,
                const QHash<QString, QString>& requests) {
    const QString& asked = proof.answer.answer.request;
    if (approvalRequestValue(asked, u"run") != event.run.text())
        return u"It was signed for another run."_qs;
    const auto request = requests.constFind(approvalRequestValue(asked, u"request"));
    if (request == requests.cend())
        return u"It answers a request that this run never made."_qs;
    const QString step = textOf(event, u"step");
    if (*request != step || approvalRequestValue(asked, u"step") != step)
        return u"It was signed for another step: “%1”."_qs.arg(
            approvalRequestValue(asked, u"title"));
    if (proof.answer.answer.isGo != (event.kind != EventKind::ApprovalRejected))
        return proof.answer.answer.isGo ? u"A go was signed, and a no-go is recorded."_qs
                                        : u"A no-go was signed, and a go is recorded."_qs;
    return {};
}

ApprovalProof proofOf(const Event& event, const RunState& state,
                      const QHash<QString, QString>& requests) {
    ApprovalProof proof;
    proof.seq = event.seq;
    proof.at = event.at;
    proof.kind = event.kind;
    const QString step = textOf(event, u"step");
    const PlanStep* const planned = state.plan ? state.plan->find(StepId(step)) : nullptr;
    proof.step = planned ? planned->step.title : step;
    proof.person = textOf(event, event.kind == EventKind::GateOverridden ? u"second" : u"name");
    proof.key = textOf(event, u"key");
    if (state.plan)
        proof.people = state.plan->context.people;
    if (const auto answer = answerOf(event)) {
        proof.answer = *answer;
        proof.fault = faultOf(event, proof, requests);
    } else {
        proof.fault =
            u"It is recorded as signed, and what was signed is missing or was changed."_qs;
    }
    return proof;
}

/// Of a check that did not come to a good signature.
Finding failedFinding(const Error& error, const QString& whose) {
    if (error.code == ErrorCode::Refused)
        return {Verdict::Fail,
                u"The signature does not belong to what was signed: one of the two was changed."_qs,
                {}};
    if (error.code == ErrorCode::NotFound)
        return {Verdict::Fail, u"It is signed by no key of the people %1."_qs.arg(whose), {}};
    return {Verdict::Unknown, u"It could not be checked: "_qs + error.message, {}};
}

} // namespace

QList<ApprovalProof> approvalProofs(const QList<Event>& events) {
    QList<ApprovalProof> proofs;
    QHash<QString, QString> requests;
    RunState start; // steps and people are of it: read once, and only where somebody signed
    for (const Event& event : events) {
        if (event.kind == EventKind::ApprovalRequested)
            requests.insert(requestMark(event), textOf(event, u"step"));
        if (!saysSigned(event))
            continue;
        if (!start.plan)
            start = apply(std::move(start), events.first());
        proofs.append(proofOf(event, start, requests));
    }
    return proofs;
}

Finding proofFinding(const ApprovalProof& proof, const Result<VerifiedAnswer>& recorded,
                     const std::optional<Result<VerifiedAnswer>>& known) {
    if (!proof.fault.isEmpty())
        return {Verdict::Fail, proof.fault, {}};
    if (!recorded)
        return failedFinding(recorded.error(), u"whom the run recorded"_qs);
    if (recorded->person != proof.person || recorded->key != proof.key)
        return {Verdict::Fail,
                u"It is signed by %1 with %2, and the run says %3 with %4."_qs.arg(
                    recorded->person, recorded->key, proof.person, proof.key),
                {}};
    if (!known)
        return {Verdict::Pass, u"Signed by a key that the run recorded as theirs."_qs, {}};
    if (!*known && known->error().code == ErrorCode::NotFound)
        return {Verdict::Unknown,
                u"The signature is good, but the key is listed no longer: that it was theirs only "
                "the run itself says."_qs,
                {}};
    if (!*known)
        return failedFinding(known->error(), u"who are listed now"_qs);
    return (*known)->person == proof.person
               ? Finding{Verdict::Pass, u"Signed by a key that is listed as theirs."_qs, {}}
               : Finding{Verdict::Fail,
                         u"The key is listed as one of %1's."_qs.arg((*known)->person),
                         {}};
}

} // namespace models
