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

void paintLastRun(QPainter& painter, QRect rect, const QVariant& value) {
    if (!value.isValid()) {
        rowpaint::words(painter, rect, tr("Never run"), TextRole::Body, Colour::Quiet);
        return;
    }
    const auto run = value.value<app::RunSummary>();
    rowpaint::sign(painter, rect, runGlyph(run.status, run.outcome),
                   runColour(run.status, run.outcome), space::s);
    const int took = rowpaint::words(painter, rect, runWord(run.status, run.outcome),
                                     TextRole::Body, Colour::Text);
    rect.setLeft(rect.left() + took + space::s);
    rowpaint::words(painter, rect, formatAge(run.lastEventAt, presentInstant()), TextRole::Quiet,
                    Colour::Quiet);
}

/// The graver kind only: the column is narrow, and the page of the runbook has them all.
void paintProblems(QPainter& painter, QRect rect, const RunbookOverview& overview) {
    const QString words = overview.errors > 0
                              ? countOf(overview.errors, tr("%1 error"), tr("%1 errors"))
                              : countOf(overview.warnings, tr("%1 warning"), tr("%1 warnings"));
    const Colour tone = overview.errors > 0 ? Colour::Fail : Colour::Warn;
    rowpaint::sign(painter, rect,
                   icon(overview.errors > 0 ? QStringLiteral("dialog-error")
                                            : QStringLiteral("dialog-warning"),
                        tone),
                   space::xs);
    rowpaint::words(painter, rect, words, TextRole::Quiet, tone);
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

RunbookDelegate::RunbookDelegate(QObject* parent)
    : RowDelegate(leastTitle, parent) {}

void RunbookDelegate::paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const {
    const auto overview = index.data(RunbookListModel::OverviewRole).value<RunbookOverview>();
    rect.adjust(space::l, 0, -space::l, 0);
    rowpaint::sign(painter, rect, icon(QStringLiteral("text-x-generic"), Colour::Quiet));

    if (overview.state != RunbookOverview::State::Unreadable) {
        const auto column = [&](int width) {
            if (rect.width() - width < leastTitle)
                return QRect();
            const QRect cell(rect.right() - width + 1, rect.top(), width, rect.height());
            rect.setRight(cell.left() - space::l);
            return cell;
        };
        if (const QRect cell = column(runColumn); cell.isValid())
            paintLastRun(painter, cell, index.data(RunbookListModel::LastRunRole));
        if (const QRect cell = column(stepColumn); cell.isValid())
            paintSteps(painter, cell, overview);
        // The last column before the title, so that a row without problems has its room.
        if (overview.errors + overview.warnings > 0) {
            if (const QRect cell = column(problemColumn); cell.isValid())
                paintProblems(painter, cell, overview);
        }
    }
    const bool unreadable = overview.state == RunbookOverview::State::Unreadable;
    rowpaint::twoLines(painter, rect, index.data(Qt::DisplayRole).toString(),
                       unreadable ? overview.problem
                                  : index.data(RunbookListModel::PathRole).toString(),
                       unreadable ? Colour::Fail : Colour::Quiet);
}

} // namespace ui
