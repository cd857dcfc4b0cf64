// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/words.h"

namespace ui {

QString countText(int count, const QString& singular) {
    return count == 1 ? QStringLiteral("1 %1").arg(singular)
                      : QStringLiteral("%1 %2s").arg(count).arg(singular);
}

QString shortened(const QString& text, int most) {
    const QString line = text.simplified();
    return line.size() <= most ? line : line.left(most - 1) + QChar(0x2026);
}

} // namespace ui
