// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/runbookdelegate.h"

#include "ui/shell/runbooklistmodel.h"
#include "ui/theme/glyph.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QCoreApplication>
#include <QPainter>

namespace ui {

namespace {

constexpr int runColumn = 220;
constexpr int problemColumn = 96;
constexpr int stepColumn = 190;
constexpr int leastTitle = 240;

QString tr(const char* text) {
    return QCoreApplication::translate("ui::RunbookDelegate", text);
}

void paintLastRun(QPainter& painter, const QRect& rect, const QVariant& value) {
    if (!value.isValid()) {
        rowpaint::words(painter, rect, tr("Never run"), TextRole::Body, Colour::Quiet);
        return;
    }
    const auto run = value.value<app::RunSummary>();
    const QRect sign(rect.left(), rect.center().y() - 7, measure::glyph, measure::glyph);
    paintGlyph(painter, sign, runGlyph(run.status, run.outcome),
               runColour(run.status, run.outcome));
    const QString age = formatAge(run.lastEventAt, presentInstant());
    QRect line = rect.adjusted(measure::glyph + space::s, 0, 0, 0);
    const int took = rowpaint::words(painter, line, runWord(run.status, run.outcome),
                                     TextRole::Body, Colour::Text);
    line.setLeft(line.left() + took + space::s);
    rowpaint::words(painter, line, age, TextRole::Quiet, Colour::Quiet);
}

/// The graver kind only: the column is narrow, and the page of the runbook has them all.
void paintProblems(QPainter& painter, const QRect& rect, const RunbookOverview& overview) {
    const QString words = overview.errors > 0
                              ? countOf(overview.errors, tr("%1 error"), tr("%1 errors"))
                              : countOf(overview.warnings, tr("%1 warning"), tr("%1 warnings"));
    const Colour tone = overview.errors > 0 ? Colour::Fail : Colour::Warn;
    const QRect sign(rect.left(), rect.center().y() - 7, measure::glyph, measure::glyph);
    icon(overview.errors > 0 ? QStringLiteral("dialog-error") : QStringLiteral("dialog-warning"),
         tone)
        .paint(&painter, sign);
    rowpaint::words(painter, rect.adjusted(measure::glyph + space::xs, 0, 0, 0), words,
                    TextRole::Quiet, tone);
}

void paintSteps(QPainter& painter, const QRect& rect, const RunbookOverview& overview) {
    if (overview.state == RunbookOverview::State::Loading) {
        rowpaint::words(painter, rect, tr("Reading…"), TextRole::Quiet, Colour::Quiet);
        return;
    }
    QString words = countOf(overview.steps, tr("%1 step"), tr("%1 steps"));
    if (overview.kind == models::DocumentKind::History)
        words = tr("History");
    else if (overview.kind == models::DocumentKind::Reference)
        words = tr("Reference");
    else if (overview.kind == models::DocumentKind::RollbackRunbook)
        words = countOf(overview.rollbackSteps + overview.steps, tr("%1 rollback step"),
                        tr("%1 rollback steps"));
    const int took = rowpaint::words(painter, rect, words, TextRole::Body, Colour::Text);
    if (overview.kind == models::DocumentKind::Runbook && overview.rollbackSteps > 0) {
        QRect pill = rect;
        pill.setLeft(rect.left() + took + space::s);
        Chip::paint(painter, pill, tr("+ %1 rollback").arg(overview.rollbackSteps),
                    colour(Colour::Quiet));
    }
}

} // namespace

void RunbookDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    rowpaint::ground(*painter, option);
    const auto overview = index.data(RunbookListModel::OverviewRole).value<RunbookOverview>();
    QRect rect = option.rect.adjusted(space::l, 0, -space::l, 0);
    const QRect sign(rect.left(), rect.center().y() - 7, measure::glyph, measure::glyph);
    icon(QStringLiteral("text-x-generic"), Colour::Quiet).paint(painter, sign);
    rect.setLeft(sign.right() + space::m);

    if (overview.state != RunbookOverview::State::Unreadable) {
        const auto column = [&](int width) {
            if (rect.width() - width < leastTitle)
                return QRect();
            const QRect cell(rect.right() - width + 1, rect.top(), width, rect.height());
            rect.setRight(cell.left() - space::l);
            return cell;
        };
        if (const QRect cell = column(runColumn); cell.isValid())
            paintLastRun(*painter, cell, index.data(RunbookListModel::LastRunRole));
        if (const QRect cell = column(stepColumn); cell.isValid())
            paintSteps(*painter, cell, overview);
        // The last column before the title, so that a row without problems has its room.
        if (overview.errors + overview.warnings > 0) {
            if (const QRect cell = column(problemColumn); cell.isValid())
                paintProblems(*painter, cell, overview);
        }
    }
    const bool unreadable = overview.state == RunbookOverview::State::Unreadable;
    rowpaint::twoLines(*painter, rect, index.data(Qt::DisplayRole).toString(),
                       unreadable ? overview.problem
                                  : index.data(RunbookListModel::PathRole).toString(),
                       unreadable ? Colour::Fail : Colour::Quiet);
    painter->restore();
}

QSize RunbookDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {leastTitle, rowpaint::twoLineHeight()};
}

} // namespace ui
