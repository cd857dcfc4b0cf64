// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourcedelegate.h"

#include "ui/log/logsourcemodel.h"
#include "ui/log/logsourcewords.h"
#include "ui/log/sourcecolour.h"
#include "ui/widgets/rowpaint.h"

#include <QPainter>
#include <QPainterPath>
#include <QTreeView>

namespace ui {

namespace {

using Kind = LogSourceRow::Kind;

constexpr int leastWidth = 180;
constexpr int tickWidth = 4;
constexpr int arrowSize = 6;

bool isHeading(const LogSourceRow& row, const QModelIndex& index) {
    return row.kind == Kind::Heading || row.kind == Kind::Project || row.kind == Kind::Place ||
           (row.kind == Kind::Service && index.model()->hasChildren(index));
}

void paintArrow(QPainter& painter, const QRect& rect, bool isOpen) {
    const QPointF middle = QRectF(rect).center();
    const qreal half = arrowSize / 2.0;
    QPainterPath path;
    if (isOpen) {
        path.moveTo(middle + QPointF(-half, -half / 2));
        path.lineTo(middle + QPointF(0, half / 2));
        path.lineTo(middle + QPointF(half, -half / 2));
    } else {
        path.moveTo(middle + QPointF(-half / 2, -half));
        path.lineTo(middle + QPointF(half / 2, 0));
        path.lineTo(middle + QPointF(-half / 2, half));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(Colour::Quiet), 1.5));
    painter.drawPath(path);
}

/// Both ends of a long name tell it from its neighbours.
void paintName(QPainter& painter, const QRect& rect, const QString& name, TextRole role,
               Colour tone) {
    const QFontMetrics metrics(font(role, Emphasis::Strong));
    rowpaint::words(painter, rect,
                    metrics.elidedText(name.simplified(), Qt::ElideMiddle, rect.width()), role,
                    tone, Emphasis::Strong);
}

} // namespace

void LogSourceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    painter->save();
    const auto row = index.data(LogSourceModel::RowRole).value<LogSourceRow>();
    const bool isOver = isHeading(row, index);
    if (row.kind == Kind::Heading || row.kind == Kind::Place)
        painter->fillRect(option.rect, colour(Colour::Window));
    rowpaint::ground(*painter, option);
    if (row.tick >= 0) {
        painter->fillRect(
            QRect(option.rect.left(), option.rect.top(), tickWidth, option.rect.height() - 1),
            sourceColour(row.tick));
    }
    QRect rect = option.rect.adjusted(space::m + depthOf(index) * space::m, 0, -space::s, 0);
    const QRect sign(rect.left(), rect.center().y() - measure::glyph / 2, measure::glyph,
                     measure::glyph);
    const auto* const view = qobject_cast<const QTreeView*>(option.widget);
    if (isOver && index.model()->hasChildren(index))
        paintArrow(*painter, sign, view && view->isExpanded(index));
    else if (const std::optional<Glyph> glyph = sourceGlyph(row))
        paintGlyph(*painter, sign, *glyph, colour(sourceTone(row)));
    rect.setLeft(sign.right() + space::s);
    paintWords(*painter, rect, row, isOver);
    painter->restore();
}

void LogSourceDelegate::paintWords(QPainter& painter, const QRect& rect, const LogSourceRow& row,
                                   bool isOver) {
    const QString below = isOver && row.kind == Kind::Service ? QString() : sourceWords(row);
    const bool isQuiet = row.kind == Kind::Heading || row.kind == Kind::Project;
    const Colour tone = isQuiet ? Colour::Quiet : Colour::Text;
    if (below.isEmpty()) {
        paintName(painter, rect, row.title, TextRole::Body, tone);
        return;
    }
    const int first = QFontMetrics(font(TextRole::Body, Emphasis::Strong)).height();
    const int second = QFontMetrics(font(TextRole::Quiet)).height();
    const int top = rect.top() + (rect.height() - first - second) / 2;
    paintName(painter, QRect(rect.left(), top, rect.width(), first), row.title, TextRole::Body,
              tone);
    rowpaint::words(painter, QRect(rect.left(), top + first, rect.width(), second), below,
                    TextRole::Quiet, Colour::Quiet);
}

int LogSourceDelegate::depthOf(const QModelIndex& index) {
    int depth = 0;
    for (QModelIndex over = index.parent(); over.isValid(); over = over.parent())
        ++depth;
    return std::max(0, depth - 1);
}

QSize LogSourceDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const auto row = index.data(LogSourceModel::RowRole).value<LogSourceRow>();
    const bool hasOneLine = row.kind == Kind::Heading || row.kind == Kind::Project ||
                            (row.kind == Kind::Service && index.model()->hasChildren(index));
    const int text = QFontMetrics(font(TextRole::Body, Emphasis::Strong)).height() +
                     (hasOneLine ? 0 : QFontMetrics(font(TextRole::Quiet)).height());
    const bool dense = Theme::instance().density() == Density::Dense;
    return {leastWidth, text + (dense ? space::xs : space::s)};
}

} // namespace ui
