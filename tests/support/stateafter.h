// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <utility>

namespace tests {

/// The state of a run behind one more event of its own, a second after the last one.
[[nodiscard]] inline models::RunState after(models::RunState state,
                                            const models::EventDraft& draft) {
    models::Event event;
    event.seq = state.lastSeq + 2; // the first of a run is RunStarted
    event.at = models::Instant{event.seq * 1'000'000'000};
    event.run = state.id;
    event.kind = draft.kind;
    event.payload = draft.payload;
    return models::apply(std::move(state), event);
}

} // namespace tests
