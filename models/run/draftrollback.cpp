// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draft.h"

#include <QJsonArray>

namespace models::draft {

EventDraft rollbackStarted(const RunId& run, const QString& reason,
                           const RollbackDecisions& decisions) {
    QJsonArray needed;
    QJsonArray notNeeded;
    for (auto it = decisions.cbegin(); it != decisions.cend(); ++it)
        (it.value() ? needed : notNeeded).append(it.key().text());
    QJsonObject payload{{u"run"_qs, run.text()}, {u"reason"_qs, reason}};
    if (!needed.isEmpty())
        payload.insert(u"needed"_qs, needed);
    if (!notNeeded.isEmpty())
        payload.insert(u"notNeeded"_qs, notNeeded);
    return {EventKind::RollbackStarted, payload};
}

EventDraft rollbackVerified(Verdict verdict, const QString& reason,
                            const QList<RollbackObservation>& observations) {
    QJsonArray list;
    for (const RollbackObservation& observation : observations) {
        const Finding& finding = observation.finding;
        list.append(QJsonObject{{u"what"_qs, observation.what},
                                {u"expected"_qs, observation.expected},
                                {u"verdict"_qs, verdictName(finding.verdict)},
                                {u"reason"_qs, finding.reason},
                                {u"observed"_qs, finding.observed}});
    }
    return {EventKind::RollbackVerified,
            {{u"verdict"_qs, verdictName(verdict)},
             {u"reason"_qs, reason},
             {u"observations"_qs, list}}};
}

EventDraft releaseBlocked(const QString& reason) {
    return {EventKind::ReleaseBlocked, {{u"reason"_qs, reason}}};
}

EventDraft releaseUnblocked(const QString& reason) {
    return {EventKind::ReleaseUnblocked, {{u"reason"_qs, reason}}};
}

} // namespace models::draft
