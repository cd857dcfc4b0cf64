// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runplaces.h"

#include <functional>
#include <optional>

namespace app {

/// sudo without a terminal cannot ask: looks beforehand whether it would at any of these places,
/// one of which there has to be. Calls back once, when all have answered, with why a command that
/// uses it cannot run; nothing where it can. Engine's thread; places outlives the look.
void lookForSudo(RunPlaces& places, const QStringList& names,
                 std::function<void(const std::optional<models::Error>& refusal)> done);

} // namespace app
