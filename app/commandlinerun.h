// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace app {

/// gantry run WORKSPACE [RUNBOOK] --environment NAME (--rehearse | --unattended) …
int runCommand(const QStringList& arguments);

} // namespace app
