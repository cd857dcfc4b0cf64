// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace app {

/// gantry rollback RUN [--rehearse] [--yes ENVIRONMENT] …
int rollbackCommand(const QStringList& arguments);
/// gantry unblock WORKSPACE ENVIRONMENT --reason TEXT
int unblockCommand(const QStringList& arguments);

} // namespace app
