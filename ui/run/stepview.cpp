// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stepview.h"

#include "models/run/runtreemodel.h"
#include "ui/run/stepdelegate.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace ui {

using models::RunTreeModel;

namespace {
constexpr int turningMs = 66;
constexpr int stillMs = 1000;
} // namespace

StepView::StepView(QWidget* parent)
    : QTreeView(parent)
    , m_delegate(new StepDelegate(this)) {
    setObjectName(QStringLiteral("stepView"));
    setAccessibleName(tr("Steps"));
    setItemDelegate(m_delegate);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setExpandsOnDoubleClick(false);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setAnimated(false);
    connect(&m_tick, &QTimer::timeout, this, &StepView::repaintRunning);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_delegate->resetColumns();
        scheduleDelayedItemsLayout();
    });
}

void StepView::setModel(QAbstractItemModel* model) {
    QTreeView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_delegate->resetColumns();
        expandEverything();
    });
    expandEverything();
}

void StepView::expandEverything() {
    expandAll();
}

void StepView::rowsInserted(const QModelIndex& parent, int start, int end) {
    QTreeView::rowsInserted(parent, start, end);
    // What a filter lets in again, and what is added to a run, is open as everything else.
    if (parent.isValid())
        expand(parent);
    for (int row = start; row <= end; ++row)
        expandRecursively(model()->index(row, 0, parent));
}

void StepView::setAnimated(bool on) {
    if (on && !m_tick.isActive())
        m_tick.start(Theme::instance().reducedMotion() ? stillMs : turningMs);
    else if (!on)
        m_tick.stop();
}

void StepView::reveal(const QModelIndex& index) {
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    const QRect rect = visualRect(index);
    if (!viewport()->rect().contains(rect))
        scrollTo(index, PositionAtCenter);
}

void StepView::repaintRunning() {
    QModelIndex index = indexAt(QPoint(1, 1));
    while (index.isValid()) {
        const QRect rect = visualRect(index);
        if (rect.top() > viewport()->height())
            return;
        if (models::StepStatus(index.data(RunTreeModel::StatusRole).toInt()) ==
                models::StepStatus::Running &&
            index.data(RunTreeModel::StepIdRole).isValid())
            viewport()->update(rect);
        index = indexBelow(index);
    }
}

bool StepView::isOnArrow(const QPoint& position, const QModelIndex& index) const {
    if (!index.isValid() || !model()->hasChildren(index) || !index.parent().isValid())
        return false;
    return StepDelegate::arrowRect(visualRect(index), index.data(RunTreeModel::DepthRole).toInt())
        .contains(position);
}

void StepView::mousePressEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && isOnArrow(event->pos(), index)) {
        setExpanded(index, !isExpanded(index));
        event->accept();
        return;
    }
    QTreeView::mousePressEvent(event);
}

void StepView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && !index.parent().isValid()) {
        setExpanded(index, !isExpanded(index));
        return;
    }
    if (event->button() == Qt::LeftButton && isOnArrow(event->pos(), index))
        return;
    QTreeView::mouseDoubleClickEvent(event);
}

void StepView::keyPressEvent(QKeyEvent* event) {
    const bool isPlain =
        event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const bool isPrimary = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return ||
                           event->key() == Qt::Key_Enter;
    if (isPlain && isPrimary) {
        // A held key must not click through a checklist by itself.
        if (!event->isAutoRepeat())
            Q_EMIT primaryRequested();
        event->accept();
        return;
    }
    // Letters are the page's shortcuts, not a search by first letter.
    if (isPlain && !event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QTreeView::keyPressEvent(event);
}

/// Columns are as wide as what is in sight needs them.
void StepView::paintEvent(QPaintEvent* event) {
    bool changed = false;
    for (QModelIndex index = indexAt(QPoint(1, 1)); index.isValid(); index = indexBelow(index)) {
        if (visualRect(index).top() > viewport()->height())
            break;
        changed |= m_delegate->measure(index);
    }
    if (changed && event->rect() != viewport()->rect())
        viewport()->update(); // rows outside of this part stand by the old widths
    QTreeView::paintEvent(event);
}

void StepView::drawBranches(QPainter*, const QRect&, const QModelIndex&) const {
    // The delegate draws arrows within the row.
}

void StepView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    Q_EMIT currentRowChanged(current);
}

} // namespace ui
