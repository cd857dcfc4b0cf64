// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace app {

/// gantry hosts WORKSPACE [--environment NAME] [--json]
int hostsCommand(const QStringList& arguments);

} // namespace app
