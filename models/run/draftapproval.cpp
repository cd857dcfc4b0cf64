// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draft.h"

namespace models::draft {

namespace {

QJsonObject say(const StepId& step, const QString& name, const QString& remark, qint64 request) {
    QJsonObject payload{{u"step"_qs, step.text()},
                        {u"name"_qs, name},
                        {u"remark"_qs, remark},
                        {u"verified"_qs, false}};
    if (request > 0)
        payload.insert(u"request"_qs, request);
    return payload;
}

/// What shows at any time later that it was signed.
void insertProof(QJsonObject& payload, const VerifiedAnswer& answer) {
    payload.insert(u"verified"_qs, true);
    payload.insert(u"key"_qs, answer.key);
    payload.insert(u"statement"_qs, QString::fromUtf8(answer.statement));
    payload.insert(u"signature"_qs, QString::fromLatin1(answer.signature));
}

} // namespace

EventDraft approvalRequested(const StepId& step, Instant until, const QString& reason) {
    QJsonObject payload{{u"step"_qs, step.text()}};
    if (!until.isNull())
        payload.insert(u"until"_qs, until.toString());
    if (!reason.isEmpty())
        payload.insert(u"reason"_qs, reason);
    return {EventKind::ApprovalRequested, payload};
}

EventDraft approvalGiven(const StepId& step, const QString& name, const QString& remark,
                         qint64 request) {
    return {EventKind::ApprovalGiven, say(step, name, remark, request)};
}

EventDraft approvalRejected(const StepId& step, const QString& name, const QString& remark,
                            qint64 request) {
    return {EventKind::ApprovalRejected, say(step, name, remark, request)};
}

EventDraft verifiedSay(const StepId& step, const VerifiedAnswer& answer, qint64 request) {
    QJsonObject payload = say(step, answer.person, answer.answer.note, request);
    insertProof(payload, answer);
    return {answer.answer.isGo ? EventKind::ApprovalGiven : EventKind::ApprovalRejected, payload};
}

EventDraft gateOverridden(const StepId& step, const QString& reason, const VerifiedAnswer& second) {
    EventDraft draft = gateOverridden(step, reason, second.person);
    insertProof(draft.payload, second);
    return draft;
}

EventDraft approvalExpired(const StepId& step) {
    return {EventKind::ApprovalExpired, {{u"step"_qs, step.text()}}};
}

EventDraft riskAcknowledged(const QString& risk, const QString& remark) {
    QJsonObject payload{{u"risk"_qs, risk}};
    if (!remark.isEmpty())
        payload.insert(u"remark"_qs, remark);
    return {EventKind::RiskAcknowledged, payload};
}

EventDraft handedOver(const QString& to) {
    return {EventKind::DriverChanged, {{u"to"_qs, to}}};
}

EventDraft takenOver(const QString& from, const QString& reason) {
    QJsonObject payload{{u"from"_qs, from}};
    if (!reason.isEmpty())
        payload.insert(u"reason"_qs, reason);
    return {EventKind::DriverChanged, payload};
}

} // namespace models::draft
