// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/knownhosts.h"
#include "models/core/result.h"

namespace app {

/// Reads the files that are there; one that is there and cannot be read is an error, because it may
/// hold the key that a host has to have. Blocks; any thread.
[[nodiscard]] models::Result<KnownHosts> readKnownHosts(const QStringList& files);

/// Adds a line to the file, which is made where it is missing, private to its owner. One at a time,
/// also among processes. Blocks; any thread.
[[nodiscard]] models::Result<void> appendKnownHost(const QString& file, const QByteArray& line);

} // namespace app
