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

StepHostDelegate::StepHostDelegate(QObject* parent)
    : RowDelegate(leastWidth, parent) {}

void StepHostDelegate::paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const auto host = index.data(StepHostModel::HostRole).value<models::HostProgress>();
    rect.adjust(space::m, 0, -space::m, 0);
    rowpaint::sign(painter, rect, statusGlyph(host.status), statusColour(host.status), space::s);
    QRect name = rect;
    name.setWidth(rect.width() / nameShare);
    rowpaint::words(painter, name, host.host, TextRole::Body, Colour::Text, Emphasis::Strong);
    // Names stand under one another, and so do the words beside them.
    rect.setLeft(name.right() + space::m);
    rowpaint::words(painter, rect, progressText(host), TextRole::Quiet, Colour::Quiet);
}

QSize StepHostDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {leastWidth, Theme::instance().rowHeight()};
}

} // namespace ui
