// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace app {

/// Reads at most maximumBytes of a regular file; more than that, and whatever is no regular file
/// (a pipe or device would block), is an error that says what to do. Blocks: call it off the
/// window's thread.
[[nodiscard]] models::Result<QByteArray> readDocument(const QString& path, qint64 maximumBytes);

} // namespace app
