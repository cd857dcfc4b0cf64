// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace app {

/// gantry runs [--json]
int runsCommand(const QStringList& arguments);
/// gantry report RUN --format md|html|json
int reportCommand(const QStringList& arguments);
/// gantry journal verify [FILE] | backup FILE | export [FILE]
int journalCommand(const QStringList& arguments);

} // namespace app
