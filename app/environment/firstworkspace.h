// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace app {

/// Writes the first gantry.yaml of a folder, which is made where it is missing. Never replaces a
/// file, nor follows a link. Gives the folder, absolute. Blocks.
[[nodiscard]] models::Result<QString> writeFirstFile(const QString& folder, const QByteArray& text);

} // namespace app
