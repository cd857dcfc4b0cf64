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

/// As writeFile(), for what nobody asked for: replaces what is there, and only its owner may read
/// it, whatever the umask is and whoever could read the file before.
[[nodiscard]] models::Result<void> writePrivateFile(const QString& path, const QByteArray& content);

/// What a file may be named after words of a document: letters, digits and dashes, lower case, at
/// most 60; may be empty.
[[nodiscard]] QString fileNameFrom(const QString& words);

} // namespace ui
