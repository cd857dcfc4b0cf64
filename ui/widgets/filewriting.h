// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace ui {

enum class Existing { Keep, Replace };

/// Writes it whole or not at all, and makes the folder where it is missing. Blocks: off the
/// window's thread. Refused where the file is there already and is to be kept.
[[nodiscard]] models::Result<void> writeFile(const QString& path, const QByteArray& content,
                                             Existing existing);

/// What a file may be named after words of a document: letters, digits and dashes, lower case, at
/// most 60; may be empty.
[[nodiscard]] QString fileNameFrom(const QString& words);

} // namespace ui
