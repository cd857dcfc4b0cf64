// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/words.h"

#include "models/run/plan.h"

namespace ui {

QString countText(int count, const QString& singular) {
    return count == 1 ? QStringLiteral("1 %1").arg(singular)
                      : QStringLiteral("%1 %2s").arg(count).arg(singular);
}

QString shortened(const QString& text, int most) {
    const QString line = text.simplified();
    if (line.size() <= most)
        return line;
    // An emoji is two code units, and half of one is none.
    const bool isTorn = most > 1 && line[most - 2].isHighSurrogate();
    return line.left(isTorn ? most - 2 : most - 1) + QChar(0x2026);
}

QString runTitle(const models::Plan& plan) {
    const QString& title = plan.runbook.title;
    const QString& name = title.isEmpty() ? plan.context.runbookPath : title;
    return plan.isRollback() ? QStringLiteral("Rollback of %1").arg(name) : name;
}

} // namespace ui
