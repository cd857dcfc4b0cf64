// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "models/run/lock.h"

#include <QStringList>

namespace app {

/// What a host is asked about the lock of an environment; see hostlock.sh.
enum class LockOrder { Look, Take, Keep, Seize, Release };

struct LockAnswer {
    enum class Kind { Free, Held, Taken, Passed, Other, Lost, Unsure };

    Kind kind = Kind::Unsure;
    models::LockHolder holder; ///< of Other and Lost
    QString problem;           ///< of Unsure: why
};

/// What one run asks of the lock of its environment.
struct LockQuestion {
    LockOrder order = LockOrder::Look;
    QString directory; ///< the host's lock_dir; empty: below the home directory there
    QString workspaceId;
    QString environment;
    models::RunId run;
    models::RunId other;       ///< from whom it may be taken; empty: from nobody
    models::LockHolder record; ///< what it is to say of this run
};

/// For Place::exec(): values are arguments, and names are made those of files.
[[nodiscard]] QStringList lockCommand(const LockQuestion& question);
[[nodiscard]] LockAnswer lockAnswer(const models::Result<ExecResult>& result);

} // namespace app
