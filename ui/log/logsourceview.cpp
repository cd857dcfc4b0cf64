// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourceview.h"

#include "ui/log/logsourcedelegate.h"
#include "ui/log/logsourcemodel.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>

namespace ui {

LogSourceView::LogSourceView(QWidget* parent)
    : QTreeView(parent) {
    setObjectName(QStringLiteral("logSources"));
    setAccessibleName(tr("Log sources"));
    setItemDelegate(new LogSourceDelegate(this));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setExpandsOnDoubleClick(false);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    connect(this, &QTreeView::clicked, this, &LogSourceView::activate);
    connect(&Theme::instance(), &Theme::changed, this, [this] { scheduleDelayedItemsLayout(); });
}

void LogSourceView::setModel(QAbstractItemModel* model) {
    QTreeView::setModel(model);
    expandAll();
}

void LogSourceView::rowsInserted(const QModelIndex& parent, int start, int end) {
    QTreeView::rowsInserted(parent, start, end);
    // The first below a row that was empty, and what a filter lets in again, is open as all else.
    if (parent.isValid() && model()->rowCount(parent) == end - start + 1)
        expand(parent);
    for (int row = start; row <= end; ++row)
        expandRecursively(model()->index(row, 0, parent));
}

LogSourceRow LogSourceView::currentRow() const {
    return currentIndex().data(LogSourceModel::RowRole).value<LogSourceRow>();
}

void LogSourceView::activate(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const auto row = index.data(LogSourceModel::RowRole).value<LogSourceRow>();
    if (model()->hasChildren(index))
        setExpanded(index, !isExpanded(index));
    else if (row.canBeShown())
        Q_EMIT toggled(row);
}

void LogSourceView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!event->isAutoRepeat())
            activate(currentIndex());
        return;
    case Qt::Key_Delete:
        Q_EMIT closeRequested(currentRow());
        return;
    default:
        QTreeView::keyPressEvent(event);
    }
}

void LogSourceView::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = isByMouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    const QPoint position =
        isByMouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).bottomLeft());
    Q_EMIT menuRequested(currentRow(), position);
}

void LogSourceView::drawBranches(QPainter*, const QRect&, const QModelIndex&) const {
    // The delegate draws arrows within the row.
}

void LogSourceView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    Q_EMIT currentRowChanged();
}

} // namespace ui
