// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stepdelegate.h"

#include "models/run/host.h"
#include "models/run/runtreemodel.h"
#include "ui/run/words.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace ui {

using models::RunTreeModel;
using models::StepStatus;

namespace {

constexpr int edgeWidth = 3;
constexpr int arrowWidth = 16;
constexpr int kindGlyphSide = 14;
constexpr int kindWordFrom = 900; ///< narrower rows show the kind's sign alone
constexpr int columnMost = 140;
constexpr int titleLeast = 300;

void drawElided(QPainter& painter, const QRect& rect, const QString& text,
                Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter) {
    if (rect.width() < space::s || text.isEmpty())
        return;
    painter.drawText(rect, int(alignment) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

struct Badge {
    QString word;
    Colour tint;
};

QList<Badge> badgesOf(const QModelIndex& index) {
    QList<Badge> badges;
    if (index.data(RunTreeModel::UrgentRole).toBool())
        badges.append({QStringLiteral("urgent"), Colour::Fail});
    if (const int remarks = index.data(RunTreeModel::DiagnosticsRole).toInt(); remarks > 0)
        badges.append({countText(remarks, QStringLiteral("remark")), Colour::Warn});
    if (index.data(RunTreeModel::DeviationRole).toBool())
        badges.append({QStringLiteral("deviation"), Colour::Warn});
    if (!index.data(RunTreeModel::ApplicableRole).toBool() &&
        models::Lane(index.data(RunTreeModel::LaneRole).toInt()) != models::Lane::Reference)
        badges.append({QStringLiteral("not here"), Colour::Quiet});
    if (index.data(RunTreeModel::WasCheckedRole).toBool())
        badges.append({QStringLiteral("was ticked"), Colour::Quiet});
    return badges;
}

QString wordOf(const QModelIndex& index, StepStatus status) {
    return standingWord(status, index.data(RunTreeModel::StandingRole).toString());
}

/// How long it took or takes; empty where nobody knows.
QString durationOf(const QModelIndex& index, StepStatus status) {
    const qint64 measured = index.data(RunTreeModel::DurationRole).toLongLong();
    if (measured >= 0)
        return formatDuration(std::chrono::milliseconds(measured));
    const qint64 started = index.data(RunTreeModel::StartedRole).toLongLong();
    if (status != StepStatus::Running || started == 0)
        return {};
    return formatDuration(std::chrono::seconds(
        std::max<qint64>(0, presentInstant().nanoseconds - started) / 1'000'000'000));
}

void drawArrow(QPainter& painter, const QRect& rect, bool isOpen) {
    const QPointF middle = QRectF(rect).center();
    QPainterPath path;
    if (isOpen) {
        path.moveTo(middle + QPointF(-4, -2));
        path.lineTo(middle + QPointF(0, 2));
        path.lineTo(middle + QPointF(4, -2));
    } else {
        path.moveTo(middle + QPointF(-2, -4));
        path.lineTo(middle + QPointF(2, 0));
        path.lineTo(middle + QPointF(-2, 4));
    }
    painter.setPen(QPen(colour(Colour::Quiet), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void drawBackground(QPainter& painter, const QStyleOptionViewItem& option) {
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, colour(Colour::Selection));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(option.rect, colour(Colour::Hover));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(QPen(colour(Colour::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), radius::control,
                                radius::control);
    }
}

/// Who has the step, or who decided it.
QString whoOf(const QModelIndex& index) {
    const QString owner = index.data(RunTreeModel::OwnerRole).toString();
    return owner.isEmpty() ? index.data(RunTreeModel::ActorRole).toString() : owner;
}

QFont inferredFont() {
    QFont small = font(TextRole::Quiet);
    small.setPixelSize(std::max(9, small.pixelSize() - 1));
    return small;
}

/// The columns at the right, taken off from rest while there is room for the title.
void drawColumns(QPainter& painter, const QModelIndex& index, const StepColumns& columns,
                 int rowWidth, QRect& rest) {
    const auto take = [&rest](int width) {
        const QRect column(rest.right() + 1 - width, rest.top(), width, rest.height());
        rest.setRight(column.left() - space::m);
        return column;
    };
    const QColor quiet = colour(Colour::Quiet);
    // By the row, not by what nesting leaves of it: columns stand under one another.
    const int wordWidth = rowWidth >= kindWordFrom ? columns.kind : 0;
    int spare = rowWidth - titleLeast - columns.status - kindGlyphSide - wordWidth - 3 * space::m;
    painter.setFont(font(TextRole::Quiet));
    const bool hasHost = columns.host > 0 && spare > columns.host + space::m;
    spare -= hasHost ? columns.host + space::m : 0;
    if (columns.who > 0 && spare > columns.who + space::m) {
        painter.setPen(quiet);
        drawElided(painter, take(columns.who), whoOf(index));
    }
    const auto status = StepStatus(index.data(RunTreeModel::StatusRole).toInt());
    QRect column = take(columns.status);
    if (index.data(RunTreeModel::ApplicableRole).toBool()) {
        const bool isQuiet = status == StepStatus::Pending;
        painter.setFont(font(TextRole::Quiet, isQuiet ? Emphasis::Normal : Emphasis::Strong));
        painter.setPen(isQuiet ? quiet : statusColour(status));
        const QString word = wordOf(index, status);
        drawElided(painter, column, word);
        column.setLeft(column.left() + painter.fontMetrics().horizontalAdvance(word) + space::s);
        painter.setFont(font(TextRole::Quiet));
        painter.setPen(quiet);
        drawElided(painter, column, durationOf(index, status));
    }
    painter.setPen(quiet);
    if (hasHost)
        drawElided(painter, take(columns.host), index.data(RunTreeModel::HostRole).toString());
    column = take(kindGlyphSide + (wordWidth > 0 ? wordWidth + space::xs : 0));
    const auto kind = models::StepKind(index.data(RunTreeModel::KindRole).toInt());
    paintGlyph(painter,
               QRectF(column.left(), column.center().y() - kindGlyphSide / 2, kindGlyphSide,
                      kindGlyphSide),
               kindGlyph(kind), quiet);
    painter.setPen(quiet);
    drawElided(painter, column.adjusted(kindGlyphSide + space::xs, 0, 0, 0), kindWord(kind));
}

/// A command that stands alone below a step of its own name says what it runs instead.
QString shownTitle(const QModelIndex& index) {
    const QString title = index.data(Qt::DisplayRole).toString();
    if (!index.parent().isValid() || index.parent().data(Qt::DisplayRole).toString() != title)
        return title;
    const QString command = index.data(RunTreeModel::CommandRole).toString();
    return command.isEmpty() ? title : command;
}

} // namespace

QRect StepDelegate::arrowRect(const QRect& row, int depth) {
    return {row.left() + edgeWidth + space::xs + depth * measure::indent, row.top(), arrowWidth,
            row.height()};
}

bool StepDelegate::measure(const QModelIndex& index) {
    if (!index.data(RunTreeModel::StepIdRole).isValid())
        return false;
    const StepColumns before = m_columns;
    const QFontMetrics words(font(TextRole::Quiet));
    const QFontMetrics strong(font(TextRole::Quiet, Emphasis::Strong));
    const auto grow = [](int& width, int needed) {
        width = std::max(width, std::min(needed, columnMost));
    };
    const auto status = StepStatus(index.data(RunTreeModel::StatusRole).toInt());
    const QString duration = durationOf(index, status);
    grow(m_columns.kind, words.horizontalAdvance(kindWord(
                             models::StepKind(index.data(RunTreeModel::KindRole).toInt()))) +
                             1);
    grow(m_columns.status,
         strong.horizontalAdvance(wordOf(index, status)) + 1 +
             (duration.isEmpty() ? 0 : words.horizontalAdvance(duration) + space::s + 1));
    // Where everything is local, saying so says nothing.
    const QString host = index.data(RunTreeModel::HostRole).toString();
    if (!host.isEmpty() && host != models::localPlace)
        grow(m_columns.host, words.horizontalAdvance(host) + 1);
    if (const QString who = whoOf(index); !who.isEmpty())
        grow(m_columns.who, words.horizontalAdvance(who) + 1);
    return !(before == m_columns);
}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {titleLeast, Theme::instance().rowHeight()};
}

void StepDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    const auto node = RunTreeModel::NodeKind(index.data(RunTreeModel::NodeRole).toInt());
    if (node == RunTreeModel::NodeKind::Section)
        paintSection(*painter, option, index);
    else
        paintStep(*painter, option, index);
    painter->restore();
}

bool StepDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                             const QStyleOptionViewItem& option, const QModelIndex& index) {
    const QString title = shownTitle(index);
    const int room = option.rect.width() / 2; // the other half has the columns
    if (event->type() != QEvent::ToolTip ||
        QFontMetrics(font(TextRole::Body)).horizontalAdvance(title) < room)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), plainToolTip(title), view, option.rect);
    return true;
}

void StepDelegate::paintSection(QPainter& painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const {
    const QRect row = option.rect;
    painter.fillRect(row, colour(Colour::Window));
    drawBackground(painter, option);
    painter.setPen(colour(Colour::Line));
    painter.drawLine(QPointF(row.left(), row.bottom() + 0.5),
                     QPointF(row.right() + 1, row.bottom() + 0.5));
    QRect rest = row.adjusted(space::m + edgeWidth, 0, -space::m, 0);
    const int total = index.data(RunTreeModel::TotalRole).toInt();
    const int done = index.data(RunTreeModel::DoneRole).toInt();
    painter.setFont(font(TextRole::Quiet));
    painter.setPen(colour(Colour::Quiet));
    if (total > 0) {
        const QString count = QStringLiteral("%1 of %2").arg(done).arg(total);
        const int width = painter.fontMetrics().horizontalAdvance(count);
        drawElided(painter, rest, count, Qt::AlignRight | Qt::AlignVCenter);
        rest.setRight(rest.right() - width - space::s);
        constexpr int bar = 56;
        rowpaint::progress(painter, QRect(rest.right() - bar, rest.top(), bar, rest.height()), done,
                           index.data(RunTreeModel::FailedRole).toInt(), total);
        rest.setRight(rest.right() - bar - space::m);
    }
    const QString path = index.data(RunTreeModel::SectionPathRole).toString();
    painter.setFont(font(TextRole::Body, Emphasis::Strong));
    const QString title = index.data(Qt::DisplayRole).toString();
    const int titleWidth = painter.fontMetrics().horizontalAdvance(title);
    if (!path.isEmpty()) {
        painter.setFont(font(TextRole::Quiet));
        painter.setPen(colour(Colour::Quiet));
        const QString lead = path + QStringLiteral(" › ");
        const int room = std::max(0, rest.width() - titleWidth);
        const int width = std::min(room, painter.fontMetrics().horizontalAdvance(lead));
        drawElided(painter, QRect(rest.left(), rest.top(), width, rest.height()), lead);
        rest.setLeft(rest.left() + width);
    }
    painter.setFont(font(TextRole::Body, Emphasis::Strong));
    painter.setPen(colour(Colour::Text));
    drawElided(painter, rest, title);
}

void StepDelegate::paintStep(QPainter& painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    drawBackground(painter, option);
    const QRect row = option.rect;
    const auto status = StepStatus(index.data(RunTreeModel::StatusRole).toInt());
    const auto lane = models::Lane(index.data(RunTreeModel::LaneRole).toInt());
    const bool isMuted =
        !index.data(RunTreeModel::ApplicableRole).toBool() || lane == models::Lane::Reference;
    if (index.data(RunTreeModel::CurrentRole).toBool())
        painter.fillRect(QRect(row.left(), row.top(), edgeWidth, row.height()),
                         colour(Colour::Accent));
    const int depth = index.data(RunTreeModel::DepthRole).toInt();
    const QRect arrow = arrowRect(row, depth);
    if (index.model()->hasChildren(index))
        drawArrow(painter, arrow, option.state.testFlag(QStyle::State_Open));
    QRect rest = row;
    rest.setLeft(arrow.right() + 1 + space::xs);
    rest.setRight(row.right() - space::xs);
    const QRectF glyph(rest.left(), rest.center().y() - measure::glyph / 2, measure::glyph,
                       measure::glyph);
    if (lane == models::Lane::Reference)
        painter.fillRect(QRectF(glyph.center().x() - 2, glyph.center().y() - 2, 4, 4),
                         colour(Colour::Quiet));
    else
        paintStatus(painter, glyph, status);
    rest.setLeft(rest.left() + measure::glyph + space::s);
    if (lane != models::Lane::Reference)
        drawColumns(painter, index, m_columns, row.width(), rest);

    painter.setFont(font(TextRole::Quiet));
    const QList<Badge> badges = badgesOf(index);
    int badgesWidth = 0;
    for (const Badge& badge : badges)
        badgesWidth += Chip::widthOf(badge.word) + space::xs;
    const bool isParent = index.model()->hasChildren(index);
    painter.setFont(font(TextRole::Body, isParent ? Emphasis::Strong : Emphasis::Normal));
    painter.setPen(colour(isMuted ? Colour::Quiet : Colour::Text));
    const QString title = shownTitle(index);
    if (title != index.data(Qt::DisplayRole).toString())
        painter.setFont(font(TextRole::Mono));
    const int titleWidth =
        std::min(painter.fontMetrics().horizontalAdvance(title) + 1,
                 std::max(rest.width() / 2, rest.width() - badgesWidth - space::s));
    drawElided(painter, QRect(rest.left(), rest.top(), titleWidth, rest.height()), title);
    QRect place = rest.adjusted(titleWidth + space::s, 0, 0, 0);
    painter.setFont(font(TextRole::Quiet));
    for (const Badge& badge : badges) {
        if (place.width() < Chip::widthOf(badge.word))
            return;
        place.setLeft(
            place.left() + space::xs +
            Chip::paint(painter, place, badge.word, colour(badge.tint), Chip::Look::Outlined));
    }
    // The quietest remark there is: it gives way to everything else.
    if (!index.data(RunTreeModel::InferredRole).toBool())
        return;
    painter.setFont(inferredFont());
    painter.setPen(colour(Colour::Quiet));
    const QString inferred = QStringLiteral("inferred");
    place.setLeft(place.left() + space::xs);
    if (place.width() > painter.fontMetrics().horizontalAdvance(inferred))
        drawElided(painter, place, inferred);
}

} // namespace ui
