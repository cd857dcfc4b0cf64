// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace ui {

/// A list of rows that wants to be as tall as its rows, and scrolls where there is less room. The
/// rows are of one height, unless setUniformItemSizes(false) says otherwise of a short list.
class RowList final : public QListView {
    Q_OBJECT

public:
    /// name: for those who hear the window.
    explicit RowList(const QString& name, QWidget* parent = nullptr);

    /// More rows than these are scrolled to even where there is room.
    void setMostRows(int rows);
    /// How many of the first rows are whole within this height, in pixels.
    [[nodiscard]] int rowsWithin(int height) const;

    void setModel(QAbstractItemModel* model) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    [[nodiscard]] int heightOf(int rows) const;

    int m_mostRows;
};

} // namespace ui
