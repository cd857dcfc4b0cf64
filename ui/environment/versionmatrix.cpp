// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/versionmatrix.h"

#include "ui/widgets/rowpaint.h"
#include "ui/widgets/timeformat.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui {

namespace {

constexpr int leastColumn = 200;
constexpr int leastRows = 4; ///< seen of those that it has, whatever else is on the page

/// The version as a chip, the word for its drift beside it, and at the right how old both are.
class CellDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const auto cell =
            index.data(VersionMatrixModel::CellRole).value<VersionMatrixModel::Cell>();
        painter->save();
        rowpaint::ground(*painter, option);
        QRect rect = option.rect.adjusted(space::m, 0, -space::m, -1);
        if (cell.version) {
            const int width = std::min(Chip::widthOf(cell.version->text), rect.width());
            Chip::paint(*painter, QRect(rect.topLeft(), QSize(width, rect.height())),
                        cell.version->text, colour(cell.version->tone), cell.version->look);
            rect.setLeft(rect.left() + width + space::s);
            const int taken = rowpaint::words(*painter, rect, cell.version->word, TextRole::Quiet,
                                              cell.version->tone);
            paintAge(*painter, rect.adjusted(taken + space::m, 0, 0, 0), cell.at);
        } else {
            rowpaint::words(*painter, rect, cell.isDeclared ? tr("not seen") : tr("not there"),
                            TextRole::Quiet, Colour::Quiet);
        }
        painter->restore();
    }

private:
    /// Where there is room; what is told of the cell has it in any case.
    static void paintAge(QPainter& painter, const QRect& rect, models::Instant at) {
        const QString words = formatAge(at, presentInstant());
        if (QFontMetrics(font(TextRole::Quiet)).horizontalAdvance(words) <= rect.width())
            rowpaint::atRight(painter, rect, words, Colour::Quiet);
    }
};

} // namespace

VersionMatrix::VersionMatrix(const app::VersionService& versions, QWidget* parent)
    : QTableView(parent)
    , m_model(versions) {
    setObjectName(QStringLiteral("versionMatrix"));
    setAccessibleName(tr("Versions by service and environment"));
    setModel(&m_model);
    setItemDelegate(new CellDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false); // it would go round in here, and lead nowhere else
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    horizontalHeader()->setMinimumSectionSize(leastColumn);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    connect(&m_model, &QAbstractItemModel::modelReset, this, &QWidget::updateGeometry);
}

QSize VersionMatrix::minimumSizeHint() const {
    const int rows = std::min(m_model.rowCount({}), leastRows);
    return {QTableView::minimumSizeHint().width(),
            horizontalHeader()->sizeHint().height() +
                rows * verticalHeader()->defaultSectionSize()};
}

} // namespace ui
