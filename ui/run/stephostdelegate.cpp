// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stephostdelegate.h"

#include "ui/run/stephostmodel.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/rowpaint.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {
constexpr int leastWidth = 220;
constexpr int nameShare = 2; // the name gets at most one part in so many of the row
} // namespace

void StepHostDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    rowpaint::ground(*painter, option);
    const auto host = index.data(StepHostModel::HostRole).value<models::HostProgress>();
    QRect rect = option.rect.adjusted(space::m, 0, -space::m, 0);
    rowpaint::sign(*painter, rect, statusGlyph(host.status), statusColour(host.status), space::s);
    QRect name = rect;
    name.setWidth(rect.width() / nameShare);
    rowpaint::words(*painter, name, host.host, TextRole::Body, Colour::Text, Emphasis::Strong);
    // Names stand under one another, and so do the words beside them.
    rect.setLeft(name.right() + space::m);
    rowpaint::words(*painter, rect, progressText(host), TextRole::Quiet, Colour::Quiet);
    painter->restore();
}

QSize StepHostDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {leastWidth, Theme::instance().rowHeight()};
}

} // namespace ui
