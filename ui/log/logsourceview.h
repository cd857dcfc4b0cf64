// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logsourcerow.h"

#include <QTreeView>

namespace ui {

/// The tree of log sources. A click, Space or Return shows a source or puts it away, and folds what
/// stands over others; the arrow keys choose without either.
class LogSourceView final : public QTreeView {
    Q_OBJECT

public:
    explicit LogSourceView(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    /// Of the current index; a heading without a key where there is none.
    [[nodiscard]] LogSourceRow currentRow() const;

Q_SIGNALS:
    void toggled(const ui::LogSourceRow& row);
    /// Delete on it.
    void closeRequested(const ui::LogSourceRow& row);
    /// position: of the screen.
    void menuRequested(const ui::LogSourceRow& row, const QPoint& position);
    void currentRowChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect,
                      const QModelIndex& index) const override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

protected Q_SLOTS:
    void rowsInserted(const QModelIndex& parent, int start, int end) override;

private:
    void activate(const QModelIndex& index);
};

} // namespace ui
