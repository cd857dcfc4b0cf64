// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/intentplaces.h"

#include "models/run/draft.h"
#include "models/run/hosts.h"

namespace app {
namespace {

bool begins(const models::EventDraft& draft) {
    return draft.kind == models::EventKind::StepStarted;
}

QString placeOf(const models::EventDraft& draft) {
    return draft.payload.value(u"place").toString();
}

/// What it is begun in, where that is known.
models::EventDraft withFolder(models::EventDraft draft, const RunPlaces& places) {
    const QString folder = places.folder(placeOf(draft));
    if (!folder.isEmpty())
        draft.payload.insert(u"folder"_qs, folder);
    return draft;
}

} // namespace

QStringList placesToOpen(const RunPlaces& places, const QList<models::EventDraft>& drafts,
                         const Intent& intent) {
    QStringList closed;
    for (const models::EventDraft& draft : drafts) {
        const QString place = placeOf(draft);
        if (begins(draft) && !places.isOpen(place) && !intent.unopened.contains(place))
            closed.append(place);
    }
    return closed;
}

Decision completed(const models::RunState& state, const RunPlaces& places,
                   const QList<models::EventDraft>& drafts, const Intent& intent) {
    QList<models::EventDraft> complete;
    for (const models::EventDraft& draft : drafts) {
        const QString place = placeOf(draft);
        if (!begins(draft) || places.isOpen(place)) {
            complete.append(begins(draft) ? withFolder(draft, places) : draft);
            continue;
        }
        const models::StepId id(draft.payload.value(u"step").toString());
        const models::PlanStep* const step = state.plan->find(id);
        const models::Error error = intent.unopened.value(place);
        if (!step || !models::hasSeveralHosts(step->step))
            return tl::unexpected(error);
        const int number = draft.payload.value(u"attempt").toInt();
        complete << draft << models::draft::notStarted(id, number, error.message);
    }
    return complete;
}

} // namespace app
