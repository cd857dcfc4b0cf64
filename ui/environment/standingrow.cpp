// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/standingrow.h"

#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QStringList>

namespace ui {

QString ageWords(const StandingRow& row, models::Instant now) {
    if (row.at.isNull())
        return row.undated;
    const QString age = formatAge(row.at, now);
    return row.aged.isEmpty() ? age : row.aged.arg(age);
}

QString heardWords(const StandingRow& row, models::Instant now) {
    QStringList parts;
    for (const QString& part : {row.name, row.word, row.words, ageWords(row, now)}) {
        if (!part.isEmpty())
            parts.append(part);
    }
    return parts.join(QStringLiteral(", "));
}

QVariant standingData(const StandingRow& row, int role) {
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::ToolTipRole:
        return plainToolTip(heardWords(row, presentInstant()));
    case Qt::AccessibleTextRole:
        return heardWords(row, presentInstant());
    case standingRowRole:
        return QVariant::fromValue(&row);
    default:
        return {};
    }
}

} // namespace ui
