// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// A StandingRow: its name, how it stands, why, and how old that is.
class StandingDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// Of an item's data: const StandingRow*.
    static constexpr int RowRole = Qt::UserRole;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

} // namespace ui
