// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/rollbackwords.h"

#include "ui/widgets/timeformat.h"

#include <algorithm>

namespace ui {

QString rollbackItemWords(const models::RollbackItem& item) {
    QStringList words;
    if (!item.undoesTitle.isEmpty())
        words.append(QStringLiteral("Undoes “%1”").arg(item.undoesTitle));
    if (item.need == models::Need::NotNeeded)
        words.append(QStringLiteral("Not needed"));
    else if (!item.where.isEmpty())
        words.append(item.where);
    else if (item.wait.count() == 0)
        words.append(QStringLiteral("Done by hand"));
    if (item.isDestructive && item.need != models::Need::NotNeeded)
        words.append(QStringLiteral("Destructive"));
    return words.join(QStringLiteral(" · "));
}

QString rollbackLengthWords(const models::RollbackPlan& plan,
                            const models::RollbackEstimate& estimate) {
    const auto steps =
        std::count_if(plan.items.cbegin(), plan.items.cend(), [](const models::RollbackItem& item) {
            return item.need != models::Need::NotNeeded;
        });
    const QString count =
        steps == 1 ? QStringLiteral("1 step") : QStringLiteral("%1 steps").arg(steps);
    if (estimate.unknown == steps)
        return count + QStringLiteral(". How long it takes is not known yet.");
    const QString about = QStringLiteral("%1, about %2").arg(count, formatDuration(estimate.known));
    if (estimate.unknown == 0)
        return about + u'.';
    return about + QStringLiteral(", and %1 whose duration is not known.").arg(estimate.unknown);
}

QString rollbackTargetWords(const models::Target& target) {
    QStringList words;
    for (auto one = target.cbegin(); one != target.cend(); ++one) {
        words.append(one->isEmpty()
                         ? QStringLiteral("What %1 had before was not seen.").arg(one.key())
                         : QStringLiteral("%1 goes back to %2.").arg(one.key(), *one));
    }
    return words.join(u' ');
}

} // namespace ui
