// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace ui {

enum class DiffKind { Same, Removed, Added };

struct DiffLine {
    DiffKind kind = DiffKind::Same;
    int line = 1; ///< in the new text, of a removed line in the old one
    QString text;

    bool operator==(const DiffLine&) const = default;
};

/// What changed between two texts, line by line, with up to context unchanged lines around each
/// change. Beyond a bound of work a changed stretch is given as removed, then added.
[[nodiscard]] QList<DiffLine> diffLines(const QString& before, const QString& after, int context);

} // namespace ui
