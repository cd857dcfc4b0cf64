// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rowdelegate.h"

#include "ui/widgets/rowpaint.h"

#include <QPainter>

namespace ui {

RowDelegate::RowDelegate(int leastWidth, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_leastWidth(leastWidth) {}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    painter->save();
    rowpaint::ground(*painter, option);
    paintRow(*painter, option.rect, index);
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {m_leastWidth, rowpaint::twoLineHeight()};
}

} // namespace ui
