// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/decisionwords.h"

#include "models/run/event.h"

namespace models {

namespace {

QString textOf(const Event& event, QStringView key) {
    return event.payload.value(key).toString();
}

/// That a host's lock was taken from somebody, or that there is none; empty where it was free.
QString lockWords(const Event& event) {
    const QString host = textOf(event, u"host");
    if (event.payload.contains(u"over"))
        return withReason(
            u"took the lock of %1 over from %2"_qs.arg(host, textOf(event, u"holder")),
            textOf(event, u"reason"));
    const bool isLacking = event.payload.contains(u"lacking");
    return isLacking ? withReason(u"went on without the lock of %1"_qs.arg(host),
                                  textOf(event, u"reason"))
                     : QString();
}

QString sayWords(const Event& event, const QString& said) {
    const QString how =
        event.payload.value(u"verified").toBool() ? u"verified"_qs : u"recorded, not verified"_qs;
    return withReason(u"%1 %2, %3"_qs.arg(textOf(event, u"name"), said, how),
                      textOf(event, u"remark"));
}

QString driverWords(const Event& event) {
    if (event.payload.contains(u"to"))
        return u"handed the run over to %1"_qs.arg(textOf(event, u"to"));
    const QString from = textOf(event, u"from");
    if (from.isEmpty())
        return u"took the run up at another console"_qs;
    const QString reason = textOf(event, u"reason");
    return reason.isEmpty() ? u"took the run over from %1"_qs.arg(from)
                            : withReason(u"took the run back"_qs, reason);
}

} // namespace

QString withReason(const QString& what, const QString& why) {
    return why.isEmpty() ? what : QStringLiteral("%1: %2").arg(what, why);
}

QString decisionWords(const Event& event) {
    const QString reason = textOf(event, u"reason");
    switch (event.kind) {
    case EventKind::StepConfirmed:
        return withReason(event.payload.value(u"passed").toBool() ? u"confirmed"_qs
                                                                  : u"said it did not pass"_qs,
                          textOf(event, u"remark"));
    case EventKind::StepSkipped:
        return withReason(u"skipped"_qs, reason);
    case EventKind::StepMarkedPassed:
        return withReason(u"marked as passed"_qs, textOf(event, u"evidence"));
    case EventKind::StepReopened:
        return u"reopened"_qs;
    case EventKind::NoteAdded:
        return withReason(u"note"_qs, textOf(event, u"text"));
    case EventKind::CommandAdded:
        return u"added a command"_qs;
    case EventKind::CancelRequested:
        return withReason(u"asked to stop"_qs, reason);
    case EventKind::GateOverridden:
        return withReason(u"overrode the gate"_qs, reason);
    case EventKind::ApprovalGiven:
        return sayWords(event, u"approved"_qs);
    case EventKind::ApprovalRejected:
        return sayWords(event, u"rejected"_qs);
    case EventKind::ApprovalRequested:
        return withReason(u"asked for approval"_qs, reason);
    case EventKind::ApprovalExpired:
        return u"the approval expired"_qs;
    case EventKind::RiskAcknowledged:
        return withReason(u"acknowledged the risk “%1”"_qs.arg(textOf(event, u"risk")),
                          textOf(event, u"remark"));
    case EventKind::TriggerAcknowledged:
        return withReason(u"went on in spite of “%1”"_qs.arg(textOf(event, u"trigger")), reason);
    case EventKind::RunPaused:
        return u"paused the run"_qs;
    case EventKind::RunResumed:
        return u"resumed the run"_qs;
    case EventKind::DriverChanged:
        return driverWords(event);
    case EventKind::LockTaken:
        return lockWords(event);
    case EventKind::RollbackStarted:
        return withReason(u"rolled back"_qs, reason);
    case EventKind::ReleaseBlocked:
        return withReason(u"blocked the release"_qs, reason);
    case EventKind::ReleaseUnblocked:
        return withReason(u"lifted the block"_qs, reason);
    case EventKind::EvidencePinned:
        return withReason(u"pinned log lines"_qs, textOf(event, u"remark"));
    case EventKind::WatchEnded:
        return reason.isEmpty() ? QString() : withReason(u"ended the watch"_qs, reason);
    case EventKind::RunClosed:
        return withReason(u"closed the run, %1"_qs.arg(textOf(event, u"outcome")), reason);
    default:
        return {};
    }
}

} // namespace models
