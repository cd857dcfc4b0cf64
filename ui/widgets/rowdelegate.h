// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// A row on its ground: hover, selection, the focus ring and the line below. What stands on it says
/// who derives from this.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// leastWidth: of a row, in pixels.
    explicit RowDelegate(int leastWidth, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const final;
    /// Two lines high.
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

protected:
    /// rect: the whole row. The painter is taken back to what it was afterwards.
    virtual void paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const = 0;

private:
    const int m_leastWidth;
};

} // namespace ui
