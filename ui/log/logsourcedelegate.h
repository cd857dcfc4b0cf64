// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ui {

struct LogSourceRow;

/// A row of the tree of log sources: the colour that its lines have in the pane, its sign, its name
/// with both ends, and how it stands.
class LogSourceDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    static void paintWords(QPainter& painter, const QRect& rect, const LogSourceRow& row,
                           bool isOver);
    [[nodiscard]] static int depthOf(const QModelIndex& index);
};

} // namespace ui
