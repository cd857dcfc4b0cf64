// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourcedelegate.h"

#include "ui/log/logsourcemodel.h"
#include "ui/log/logwords.h"
#include "ui/log/sourcecolour.h"
#include "ui/widgets/rowpaint.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int leastWidth = 180;
constexpr int tickWidth = 4;

void paintSign(QPainter& painter, const QRect& sign, const LogSourceRow& row) {
    if (row.container)
        paintGlyph(painter, sign, containerGlyph(*row.container),
                   colour(containerTone(*row.container)));
    else
        paintGlyph(painter, sign, Glyph::Command, colour(Colour::Quiet));
}

} // namespace

void LogSourceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    painter->save();
    const auto row = index.data(LogSourceModel::RowRole).value<LogSourceRow>();
    QRect rect = option.rect.adjusted(space::m, 0, -space::m, 0);
    if (row.kind == LogSourceRow::Kind::Place) {
        painter->fillRect(option.rect, colour(Colour::Window));
        rowpaint::twoLines(*painter, rect, row.title, sourceWords(row), Colour::Quiet);
        painter->restore();
        return;
    }
    rowpaint::ground(*painter, option);
    if (row.tick >= 0) {
        painter->fillRect(
            QRect(option.rect.left(), option.rect.top(), tickWidth, option.rect.height() - 1),
            sourceColour(row.tick));
    }
    const QRect sign(rect.left(), rect.center().y() - measure::glyph / 2, measure::glyph,
                     measure::glyph);
    paintSign(*painter, sign, row);
    rect.setLeft(sign.right() + space::s);
    rowpaint::twoLines(*painter, rect, row.title, sourceWords(row), Colour::Quiet);
    painter->restore();
}

QSize LogSourceDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {leastWidth, rowpaint::twoLineHeight()};
}

} // namespace ui
