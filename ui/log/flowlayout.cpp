// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/flowlayout.h"

#include <QWidget>

#include <algorithm>

namespace ui {

FlowLayout::FlowLayout(Last last)
    : m_last(last) {}

FlowLayout::~FlowLayout() = default;

void FlowLayout::insertWidget(int index, QWidget* widget) {
    addChildWidget(widget);
    m_items.insert(m_items.begin() + index, std::make_unique<QWidgetItem>(widget));
    invalidate();
}

void FlowLayout::addItem(QLayoutItem* item) {
    m_items.emplace_back(item);
    invalidate();
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[static_cast<size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem* item = m_items[static_cast<size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    invalidate();
    return item;
}

/// The height that it takes.
int FlowLayout::flow(const QRect& rect, Place place) const {
    const QRect room = rect.marginsRemoved(contentsMargins());
    std::vector<std::pair<QLayoutItem*, QRect>> row;
    int left = room.left();
    int top = room.top();
    int tall = 0;
    const auto endRow = [&] {
        for (const auto& [item, box] : row) {
            if (place == Place::Yes)
                item->setGeometry(box.translated(0, (tall - box.height()) / 2));
        }
        row.clear();
    };
    for (const std::unique_ptr<QLayoutItem>& item : m_items) {
        if (item->isEmpty())
            continue;
        QSize size = item->sizeHint().boundedTo({room.width(), QLAYOUTSIZE_MAX});
        if (!row.empty() && left + size.width() > room.right() + 1) {
            endRow();
            top += tall + spacing();
            left = room.left();
            tall = 0;
        }
        if (m_last == Last::TakesTheRest && item == m_items.back())
            size.setWidth(std::max(0, room.right() + 1 - left));
        row.emplace_back(item.get(), QRect(QPoint(left, top), size));
        left += size.width() + spacing();
        tall = std::max(tall, size.height());
    }
    endRow();
    return top + tall - rect.top() + contentsMargins().bottom();
}

int FlowLayout::heightForWidth(int width) const {
    return flow(QRect(0, 0, width, 0), Place::No);
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const std::unique_ptr<QLayoutItem>& item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

QSize FlowLayout::sizeHint() const {
    return minimumSize();
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    flow(rect, Place::Yes);
}

} // namespace ui
