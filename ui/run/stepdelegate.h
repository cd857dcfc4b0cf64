// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// Widths of the columns behind the titles, in pixels: what the rows seen so far need. Zero: no row
/// has anything to say there.
struct StepColumns {
    int kind = 0; ///< of the word; the sign beside it is always there
    int host = 0;
    int status = 0;
    int who = 0;

    bool operator==(const StepColumns&) const = default;
};

/// Draws the rows of a RunTreeModel: section heads with their progress, and steps with glyph,
/// title, badges, kind, host, status with duration, and who. The title has what the columns do not
/// need, and columns go as the row gets narrower.
class StepDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// The whole title, where the row is too narrow for it.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    /// Takes this row into the widths; true where they changed. Columns only grow, so that they do
    /// not move as the list is scrolled.
    bool measure(const QModelIndex& index);
    /// Another document: the widths start anew.
    void resetColumns() { m_columns = {}; }
    [[nodiscard]] const StepColumns& columns() const { return m_columns; }

    /// Where the arrow of a step with steps below it is, in a row of the view; for hit tests.
    [[nodiscard]] static QRect arrowRect(const QRect& row, int depth);

private:
    void paintSection(QPainter& painter, const QStyleOptionViewItem& option,
                      const QModelIndex& index) const;
    void paintStep(QPainter& painter, const QStyleOptionViewItem& option,
                   const QModelIndex& index) const;

    StepColumns m_columns;
};

} // namespace ui
