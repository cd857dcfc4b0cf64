// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QString>

namespace app {

/// What "gantry journal verify" is asked for.
struct VerifyRequest {
    QString journal;   ///< this user's
    QString file;      ///< another one, or an export; empty: the journal itself
    models::RunId run; ///< alone; empty: all
    QString
        workspace; ///< whose people signatures are compared with; empty: those of the runs alone
    bool asJson = false;
};

/// "gantry journal verify": chains, outputs, heads, and every signature anew. Status 1 where
/// anything of it fails; what could not be checked alone does not make it fail, and is said.
[[nodiscard]] int verifyCommand(const VerifyRequest& request);

} // namespace app
