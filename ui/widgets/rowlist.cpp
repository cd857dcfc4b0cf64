// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rowlist.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <limits>

namespace ui {

namespace {

constexpr int leastRows = 2;
constexpr int usualWidth = 320;

} // namespace

RowList::RowList(const QString& name, QWidget* parent)
    : QListView(parent)
    , m_mostRows(std::numeric_limits<int>::max()) {
    setAccessibleName(name);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    // The height of a row follows the density.
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        scheduleDelayedItemsLayout();
        updateGeometry();
    });
}

void RowList::setMostRows(int rows) {
    m_mostRows = rows;
    updateGeometry();
}

int RowList::rowsWithin(int height) const {
    int rows = 0;
    while (model() != nullptr && rows < model()->rowCount() && heightOf(rows + 1) <= height)
        ++rows;
    return rows;
}

void RowList::setModel(QAbstractItemModel* model) {
    QListView::setModel(model);
    if (model == nullptr)
        return;
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] { updateGeometry(); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] { updateGeometry(); });
    connect(model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
    updateGeometry();
}

QSize RowList::sizeHint() const {
    return {usualWidth, heightOf(m_mostRows)};
}

QSize RowList::minimumSizeHint() const {
    return {usualWidth, heightOf(std::min(leastRows, m_mostRows))};
}

int RowList::heightOf(int rows) const {
    const int shown = model() == nullptr ? 0 : std::min(rows, model()->rowCount());
    int height = 0;
    if (uniformItemSizes())
        height = shown > 0 ? shown * sizeHintForRow(0) : 0;
    else
        for (int row = 0; row < shown; ++row)
            height += sizeHintForRow(row);
    return height + 2 * frameWidth();
}

} // namespace ui
