// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QMap>
#include <QStringList>

namespace models {

/// Whether shells accept it as the name of a variable.
[[nodiscard]] bool isVariableName(const QString& name);

/// One word of shell text that stands for exactly this value.
[[nodiscard]] QString shellQuoted(const QString& value);

/// Replaces <x>, {{x}}, your-x, YOUR_X and X.Y.Z by their values: quoted where they stand bare,
/// escaped where they stand in double quotes. A placeholder in single quotes, in backquotes or in a
/// here-document is refused unless the value is harmless there. $X stays: it is a variable.
/// Comments are left alone.
[[nodiscard]] Result<QString> fillPlaceholders(const QString& script, const QStringList& names,
                                               const QMap<QString, QString>& values);

/// A URL as shell text: its fixed parts in single quotes, ${X} as the quoted variable, the other
/// placeholders by their values.
[[nodiscard]] QString quotedUrl(const QString& url, const QStringList& names,
                                const QMap<QString, QString>& values);

} // namespace models
