// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace tests {

/// One #include as written: "path" of the project, or a <header> of a library.
struct Include {
    QString path;
    bool isSystem = false;
    int line = 1;
};

/// The includes of a source text, those in comments left out.
[[nodiscard]] QList<Include> includesOf(const QString& source);

/// Why this file (relative to the project) may not include that; empty when it may.
/// The rules are those of CONTRIBUTING.md, "Layers".
[[nodiscard]] QString crossing(const QString& file, const Include& include);

} // namespace tests
