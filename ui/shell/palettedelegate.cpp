// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palettedelegate.h"

#include "ui/shell/palettemodel.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

/// The title on one line, the matched characters in the accent and strong.
void paintTitle(QPainter& painter, const QRect& rect, const QString& title,
                const QList<int>& positions) {
    const QFont plain = font(TextRole::Body);
    const QString shown = QFontMetrics(plain).elidedText(title, Qt::ElideRight, rect.width());
    QTextLayout layout(shown, plain);
    QList<QTextLayout::FormatRange> ranges;
    QTextCharFormat strong;
    strong.setForeground(colour(Colour::Accent));
    strong.setFontWeight(QFont::DemiBold);
    for (const int position : positions) {
        if (position < shown.size())
            ranges.append({position, 1, strong});
    }
    layout.setFormats(ranges);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(rect.width() + space::xl);
    layout.endLayout();
    painter.setPen(colour(Colour::Text));
    layout.draw(&painter, QPointF(rect.left(), rect.center().y() - line.height() / 2 + 0.5));
}

} // namespace

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour(Colour::Selection));
        painter->drawRoundedRect(option.rect, radius::control, radius::control);
    }
    QRect rect = option.rect.adjusted(space::s, 0, -space::s, 0);
    painter->setFont(font(TextRole::Quiet));
    painter->setPen(colour(Colour::Quiet));
    const auto right = [&](const QString& words, int most) {
        if (words.isEmpty())
            return;
        const QString shown = painter->fontMetrics().elidedText(words, Qt::ElideMiddle, most);
        const int width = painter->fontMetrics().horizontalAdvance(shown);
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, shown);
        rect.setRight(rect.right() - width - space::l);
    };
    right(index.data(PaletteModel::ShortcutRole).toString(), rect.width() / 3);
    right(index.data(PaletteModel::HintRole).toString(), rect.width() / 3);
    paintTitle(*painter, rect, index.data(Qt::DisplayRole).toString(),
               index.data(PaletteModel::PositionsRole).value<QList<int>>());
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {100, Theme::instance().rowHeight()};
}

} // namespace ui
