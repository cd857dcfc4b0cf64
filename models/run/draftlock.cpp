// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draft.h"

namespace models::draft {

EventDraft lockTaken(const QString& place) {
    return {EventKind::LockTaken, {{u"host"_qs, place}}};
}

EventDraft lockTakenOver(const QString& place, const LockHolder& holder, const QString& reason) {
    QJsonObject payload{
        {u"host"_qs, place}, {u"over"_qs, holder.run.text()}, {u"holder"_qs, holderText(holder)}};
    if (!reason.isEmpty())
        payload.insert(u"reason"_qs, reason);
    return {EventKind::LockTaken, payload};
}

EventDraft lockLacking(const QString& place, const QString& problem, const QString& reason) {
    return {EventKind::LockTaken,
            {{u"host"_qs, place}, {u"lacking"_qs, problem}, {u"reason"_qs, reason}}};
}

EventDraft lockReleased(const QString& place) {
    return {EventKind::LockReleased, {{u"host"_qs, place}}};
}

EventDraft lockLost(const QString& place, const LockHolder& holder) {
    QJsonObject payload{{u"host"_qs, place}, {u"holder"_qs, holderText(holder)}};
    if (!holder.reason.isEmpty())
        payload.insert(u"reason"_qs, holder.reason);
    return {EventKind::LockReleased, payload};
}

} // namespace models::draft
