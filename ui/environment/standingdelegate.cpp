// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/conditiondelegate.h"

#include "ui/environment/conditionlistmodel.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/timeformat.h"

#include <QPainter>

#include <algorithm>

namespace ui {

void ConditionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const auto* row = index.data(ConditionListModel::RowRole).value<const ConditionRow*>();
    if (row == nullptr)
        return;
    painter->save();
    rowpaint::ground(*painter, option);
    QRect rect = option.rect.adjusted(space::m, 0, -space::m, -1);
    rowpaint::sign(*painter, rect, row->glyph, colour(row->tone));
    const QString age =
        row->at.isNull() ? tr("not read yet") : formatAge(row->at, presentInstant());
    rect.setRight(rect.right() - rowpaint::atRight(*painter, rect, age, Colour::Quiet) - space::m);
    const auto put = [&](const QString& text, TextRole role, Colour tone, Emphasis emphasis,
                         int kept = 0) {
        const int taken =
            rowpaint::words(*painter, rect.adjusted(0, 0, -kept, 0), text, role, tone, emphasis);
        rect.setLeft(std::min(rect.right(), rect.left() + taken + space::m));
    };
    // A long name gives way to how it stands.
    const int wordWidth = QFontMetrics(font(TextRole::Body)).horizontalAdvance(row->word);
    put(row->name, TextRole::Body, Colour::Text, Emphasis::Strong, wordWidth + space::m);
    put(row->word, TextRole::Body, row->tone == Colour::Quiet ? Colour::Text : row->tone,
        Emphasis::Normal);
    put(row->words, TextRole::Quiet, Colour::Quiet, Emphasis::Normal);
    painter->restore();
}

QSize ConditionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    const int text = QFontMetrics(font(TextRole::Body, Emphasis::Strong)).height();
    return {0, std::max(measure::denseRow, text + space::s)};
}

} // namespace ui
