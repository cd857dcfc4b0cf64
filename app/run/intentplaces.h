// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/intent.h"
#include "app/run/runplaces.h"

/// Where it begins what an intent has decided: what is looked at before that is recorded, and what
/// stands with it. Engine's thread.
namespace app {

/// Where something is to be begun and nothing has been looked at yet; not those that were tried for
/// the intent in vain.
[[nodiscard]] QStringList placesToOpen(const RunPlaces& places,
                                       const QList<models::EventDraft>& drafts,
                                       const Intent& intent);

/// With each start stands what it is begun in: a later console sees when that was replaced. Of
/// several hosts one that cannot be reached has failed, and holds the others up no longer; where it
/// is the only one, nothing starts.
[[nodiscard]] Decision completed(const models::RunState& state, const RunPlaces& places,
                                 const QList<models::EventDraft>& drafts, const Intent& intent);

} // namespace app
