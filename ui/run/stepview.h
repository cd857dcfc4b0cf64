// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QTreeView>

namespace ui {

class StepDelegate;

/// The list of steps. Knows nothing of runs: it shows a RunTreeModel (or a filter over one), keeps
/// running rows alive, and says what was asked with the keyboard.
class StepView final : public QTreeView {
    Q_OBJECT

public:
    explicit StepView(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    /// Whether rows with running steps are repainted now and then.
    void setAnimated(bool on);
    /// Selects the row and brings it into sight, without moving what is in sight already.
    void reveal(const QModelIndex& index);

Q_SIGNALS:
    /// Space, Enter or a double click on a step.
    void primaryRequested();
    void currentRowChanged(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect,
                      const QModelIndex& index) const override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;

private:
    [[nodiscard]] bool isOnArrow(const QPoint& position, const QModelIndex& index) const;
    void repaintRunning();
    void expandEverything();

    StepDelegate* m_delegate;
    QTimer m_tick;
};

} // namespace ui
