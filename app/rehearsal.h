// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/rollbackplan.h"

#include <QMap>
#include <QString>

namespace app {

/// Prints what a run of this plan would run, resolved. Status 1 where something is missing.
int rehearse(const models::PlanPointer& plan, const QMap<QString, QString>& variables);
/// Prints what a rollback would do; false where it could not be gone as it stands.
bool printRollback(const models::RollbackPlan& back);

} // namespace app
