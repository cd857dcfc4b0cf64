// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/openrundelegate.h"

#include "ui/shell/openrunsmodel.h"
#include "ui/shell/runbooklistmodel.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int actionColumn = 72;
constexpr int progressColumn = 250;
constexpr int barWidth = 90;
constexpr int leastTitle = 240;

QString actionWord(const app::RunSummary& run, bool isDriven) {
    if (isDriven)
        return OpenRunDelegate::tr("Show");
    if (!run.givenTo.isEmpty())
        return OpenRunDelegate::tr("Read");
    return run.heldBy.isEmpty() ? OpenRunDelegate::tr("Resume") : OpenRunDelegate::tr("Watch");
}

/// Who drives it, or drove it last.
QString driverWords(const app::RunSummary& run, bool isDriven) {
    const models::Instant now = presentInstant();
    if (isDriven)
        return OpenRunDelegate::tr("Under way here, last event %1")
            .arg(formatAge(run.lastEventAt, now));
    if (!run.givenTo.isEmpty())
        return OpenRunDelegate::tr("Handed over to %1 %2, and driven there")
            .arg(run.givenTo, formatAge(run.givenAt, now));
    if (!run.heldBy.isEmpty())
        return OpenRunDelegate::tr("Held by %1").arg(run.heldBy);
    return OpenRunDelegate::tr("Last event %1, started by %2")
        .arg(formatAge(run.lastEventAt, now), run.startedBy);
}

} // namespace

OpenRunDelegate::OpenRunDelegate(QObject* parent)
    : RowDelegate(leastTitle, parent) {}

void OpenRunDelegate::paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const {
    const auto run = index.data(OpenRunsModel::RunRole).value<app::RunSummary>();
    const bool isDriven = index.data(OpenRunsModel::DrivenRole).toBool();
    rect.adjust(space::l, 0, -space::l, 0);
    rowpaint::sign(painter, rect, Glyph::Waiting, colour(Colour::Accent));

    const QRect action(rect.right() - actionColumn + 1, rect.top(), actionColumn, rect.height());
    rowpaint::words(painter, action, actionWord(run, isDriven), TextRole::Body, Colour::Accent,
                    Emphasis::Strong);
    rect.setRight(action.left() - space::l);
    if (rect.width() - progressColumn > leastTitle) {
        const QRect cell(rect.right() - progressColumn + 1, rect.top(), progressColumn,
                         rect.height());
        rowpaint::progress(painter, QRect(cell.left(), cell.top(), barWidth, cell.height()),
                           run.done, run.failed, run.total);
        rowpaint::words(painter, cell.adjusted(barWidth + space::s, 0, 0, 0),
                        progressWords(run.done, run.failed, run.total), TextRole::Quiet,
                        Colour::Quiet);
        rect.setRight(cell.left() - space::l);
    }
    const int chip = Chip::widthOf(run.environment);
    Chip::paint(painter, QRect(rect.right() - chip + 1, rect.top(), chip, rect.height()),
                run.environment, colour(Colour::Quiet));
    rect.setRight(rect.right() - chip - space::l);
    rowpaint::twoLines(painter, rect, index.data(Qt::DisplayRole).toString(),
                       driverWords(run, isDriven));
}

} // namespace ui
