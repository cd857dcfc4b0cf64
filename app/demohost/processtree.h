// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <sys/types.h>

namespace app {

/// From now on this process is the parent of every orphan below it, however it was detached.
/// Commands at the demo host outlive their connection, but not the host.
void adoptOrphans();

/// Waits for adopted orphans that have ended, so that none of them stays a zombie.
void buryOrphans();

/// Processes below this one, at any depth.
[[nodiscard]] QList<pid_t> descendants();

/// Ends all of them; none is left when it returns.
void endDescendants();

/// Children that somebody waits for by their number are left alone by buryOrphans().
void noteChild(pid_t child);
void forgetChild(pid_t child);

} // namespace app
