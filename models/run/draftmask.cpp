// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draftmask.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace models {

namespace {

QJsonValue maskedValue(const SecretMasker& masker, const QJsonValue& value) {
    if (value.isString())
        return masker.masked(value.toString());
    if (value.isArray()) {
        QJsonArray result;
        for (const QJsonValue& entry : value.toArray())
            result.append(maskedValue(masker, entry));
        return result;
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        QJsonObject result;
        for (auto it = object.constBegin(); it != object.constEnd(); ++it)
            result.insert(it.key(), maskedValue(masker, *it));
        return result;
    }
    return value;
}

} // namespace

bool holdsSecret(const SecretMasker& masker, const QList<EventDraft>& drafts) {
    if (masker.isEmpty())
        return false;
    const auto isSecret = [&masker](const QJsonValue& value) {
        return masker.masked(value.toString()) != value.toString();
    };
    return std::any_of(drafts.cbegin(), drafts.cend(), [&isSecret](const EventDraft& draft) {
        const QJsonObject variables = draft.payload.value(u"variables").toObject();
        return isSecret(draft.payload.value(u"script")) ||
               std::any_of(variables.constBegin(), variables.constEnd(), isSecret);
    });
}

QList<EventDraft> masked(const SecretMasker& masker, QList<EventDraft> drafts) {
    if (masker.isEmpty())
        return drafts;
    for (EventDraft& draft : drafts)
        draft.payload = maskedValue(masker, draft.payload).toObject();
    return drafts;
}

} // namespace models
