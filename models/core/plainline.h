// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

/// A text of somebody else as one line that shows what it is: without control characters and
/// without those that turn or hide what stands beside them; at most so many characters.
[[nodiscard]] inline QString plainLine(const QString& text, qsizetype limit) {
    QString line = text.left(limit);
    line.removeIf([](QChar c) { return c.category() == QChar::Other_Format || c.isNull(); });
    for (QChar& c : line) {
        if (!c.isPrint())
            c = u' ';
    }
    return line.simplified();
}

} // namespace models
