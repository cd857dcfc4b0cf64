// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logevidence.h"

#include "ui/log/logboard.h"
#include "ui/log/logview.h"
#include "ui/log/logwords.h"

#include <QAction>

#include <algorithm>

namespace ui {

namespace {

models::Instant timeOf(const LogRow& row) {
    if (!row.line.time.isNull() || !row.line.marker)
        return row.line.time;
    return row.line.marker->time();
}

} // namespace

LogEvidence::LogEvidence(LogBoard& board, LogView& view, QObject* parent)
    : QObject(parent)
    , m_board(board)
    , m_view(view) {
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
    QAction* pin = addAction(tr("Pin lines as evidence…"), QKeySequence(QStringLiteral("Ctrl+E")));
    connect(pin, &QAction::triggered, this, [this] { Q_EMIT pinRequested(chosenLines()); });
    QAction* step = addAction(tr("Show step of this time"), QKeySequence(QStringLiteral("Ctrl+T")));
    connect(step, &QAction::triggered, this, [this] { Q_EMIT stepRequested(currentTime()); });
}

QAction* LogEvidence::addAction(const QString& text, const QKeySequence& keys) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_view.addAction(action);
    return action;
}

LogEvidence::Shown LogEvidence::showTime(models::Instant from, models::Instant to) {
    const qint64 end = m_board.endRow();
    if (end == m_board.firstRow())
        return Shown::Nothing;
    const qint64 first = m_board.rowAt(from);
    const models::Instant beginning = timeOf(m_board.row(first));
    m_view.setFocus();
    if (beginning < from) { // the last one of all
        m_view.goTo(first);
        return Shown::Nothing;
    }
    const bool beginsLater = first == m_board.firstRow() && beginning > from;
    if (!to.isNull() && beginning > to) {
        m_view.goTo(first);
        return beginsLater ? Shown::Earlier : Shown::Later;
    }
    const bool isToTheLast = to.isNull() || timeOf(m_board.row(end - 1)) <= to;
    const qint64 last =
        isToTheLast ? end - 1 : m_board.rowAt(models::Instant{to.nanoseconds + 1}) - 1;
    m_view.selectRows(first, std::max(first, last));
    return beginsLater ? Shown::Earlier : Shown::Lines;
}

QList<models::PinnedLine> LogEvidence::chosenLines() const {
    QList<models::PinnedLine> lines;
    const auto rows = m_view.selectedRows();
    if (!rows)
        return lines;
    const qint64 end = std::min(rows->second + 1, m_board.endRow());
    const qint64 begin = std::max(rows->first, m_board.firstRow());
    const qint64 last = std::min(end, begin + models::Pin::mostLines + 1);
    for (qint64 number = begin; number < last; ++number) {
        const LogRow row = m_board.row(number);
        const QString text =
            row.line.marker ? markerWords(*row.line.marker) : QString::fromUtf8(row.line.text);
        lines.append({timeOf(row), m_board.sources().value(row.source).name, text});
    }
    return lines;
}

models::Instant LogEvidence::currentTime() const {
    models::Instant time;
    for (qint64 number = m_view.currentRow(); time.isNull() && number >= m_board.firstRow();
         --number)
        time = timeOf(m_board.row(number));
    return time;
}

} // namespace ui
