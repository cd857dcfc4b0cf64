// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/health/probehealth.h"

#include <QStringList>

namespace models {

/// "prod is frozen until …", with the reason that it has.
[[nodiscard]] QString freezeWords(const QString& environment, const Maintenance& freeze);
/// Of a mistake in gantry.yaml that may hide a freeze.
[[nodiscard]] QString unreadFreezeWords(const QString& environment, const Diagnostic& mistake);
/// Why nothing is to be changed in the environment now, a sentence each: freezes that hold, and
/// those that cannot be read. Empty: no freeze says so.
[[nodiscard]] QStringList freezeReasons(const QString& environment,
                                        const QList<Maintenance>& freezes,
                                        const Diagnostics& unread, Instant now);

} // namespace models
