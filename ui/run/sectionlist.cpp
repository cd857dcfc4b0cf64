// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/sectionlist.h"

#include "ui/run/sectionlistmodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/rowpaint.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

namespace ui {

namespace {

constexpr int laneHeight = 36;
constexpr int sectionHeight = 36;
constexpr int nestedIndent = 12;

class SectionDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        return {0, index.data(SectionListModel::IsLaneRole).toBool() ? laneHeight : sectionHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(SectionListModel::IsLaneRole).toBool())
            paintLane(*painter, option.rect, index);
        else
            paintSection(*painter, option, index);
        painter->restore();
    }

private:
    static void paintLane(QPainter& painter, const QRect& row, const QModelIndex& index) {
        if (index.row() > 0) {
            painter.setPen(colour(Colour::Line));
            painter.drawLine(QPointF(row.left() + space::l, row.top() + 4.5),
                             QPointF(row.right() - space::m, row.top() + 4.5));
        }
        QRect rest = row.adjusted(space::l, space::s, -space::m, 0);
        painter.setFont(font(TextRole::Quiet, Emphasis::Strong));
        const auto lane = models::Lane(index.data(SectionListModel::LaneRole).toInt());
        painter.setPen(colour(lane == models::Lane::Rollback ? Colour::Fail : Colour::Quiet));
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                         index.data(Qt::DisplayRole).toString());
        const int total = index.data(SectionListModel::TotalRole).toInt();
        painter.setFont(font(TextRole::Quiet));
        painter.setPen(colour(Colour::Quiet));
        if (lane == models::Lane::Reference)
            painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter, QObject::tr("to read"));
        else if (total > 0)
            painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
                             QStringLiteral("%1 of %2")
                                 .arg(index.data(SectionListModel::DoneRole).toInt())
                                 .arg(total));
    }

    static void paintSection(QPainter& painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
        const QRect row = option.rect.adjusted(space::s, 1, -space::s, -1);
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour(isSelected ? Colour::Selection : Colour::Hover));
            painter.drawRoundedRect(row, radius::control, radius::control);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter.setPen(QPen(colour(Colour::Accent), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), radius::control,
                                    radius::control);
        }
        const int depth = std::min(index.data(SectionListModel::DepthRole).toInt(), 4);
        QRect rest = row.adjusted(space::s + depth * nestedIndent, 0, -space::s, 0);
        const int total = index.data(SectionListModel::TotalRole).toInt();
        const bool isText = index.data(SectionListModel::HasTextOnlyRole).toBool();
        painter.setFont(
            font(TextRole::Body, depth == 0 && !isText ? Emphasis::Strong : Emphasis::Normal));
        painter.setPen(colour(isText ? Colour::Quiet : Colour::Text));
        const int titleHeight = painter.fontMetrics().height();
        const int top = isText ? rest.top() + (rest.height() - titleHeight) / 2
                               : rest.top() + (rest.height() - titleHeight - 6) / 2;
        painter.drawText(QRect(rest.left(), top, rest.width(), titleHeight),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(),
                                                          Qt::ElideRight, rest.width()));
        if (!isText)
            rowpaint::progress(painter, QRect(rest.left(), top + titleHeight + 2, rest.width(), 5),
                               index.data(SectionListModel::DoneRole).toInt(),
                               index.data(SectionListModel::FailedRole).toInt(), total);
    }
};

} // namespace

SectionList::SectionList(SectionListModel& model, QWidget* parent)
    : QListView(parent)
    , m_model(model) {
    setObjectName(QStringLiteral("sectionList"));
    setAccessibleName(tr("Sections"));
    setItemDelegate(new SectionDelegate(this));
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setMinimumWidth(160);
}

QSize SectionList::sizeHint() const {
    return {240, 400};
}

void SectionList::setCurrentSection(models::Lane lane, int section) {
    const QScopedValueRollback following(m_isFollowing, true);
    const int row = m_model.rowOf(lane, section);
    setCurrentIndex(row < 0 ? QModelIndex() : m_model.index(row));
}

void SectionList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (m_isFollowing || !current.isValid() || current.data(SectionListModel::IsLaneRole).toBool())
        return;
    Q_EMIT sectionActivated(models::Lane(current.data(SectionListModel::LaneRole).toInt()),
                            current.data(SectionListModel::SectionRole).toInt());
}

} // namespace ui
