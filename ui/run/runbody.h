// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPropertyAnimation>
#include <QWidget>

class QToolButton;

namespace ui {

class SplitPane;

/// The three panes of the run page. Where it is wide they stand side by side; where it is narrow
/// the right one slides over the others, and is put away with Escape.
class RunBody final : public QWidget {
    Q_OBJECT

public:
    /// Below this width of the page the right pane slides over.
    static constexpr int wideFrom = 1030;

    RunBody(QWidget* left, QWidget* middle, QWidget* right, QWidget* parent = nullptr);

    [[nodiscard]] bool isNarrow() const { return m_isNarrow; }
    [[nodiscard]] bool isDrawerOpen() const { return m_isOpen; }
    /// Whether the right pane can be seen: beside the others, or slid over them.
    [[nodiscard]] bool isDetailShown() const { return !m_isNarrow || m_isOpen; }
    /// Nothing where the panes stand side by side.
    void openDrawer();
    void closeDrawer();

Q_SIGNALS:
    void narrowChanged();
    void detailShownChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void arrange();
    void slide(bool in);
    [[nodiscard]] QRect drawerRect(bool isOpen) const;

    SplitPane* m_panes;
    QWidget* m_right;
    QWidget* m_drawer;
    QWidget* m_drawerHead;
    QPropertyAnimation m_motion;
    bool m_isNarrow = false;
    bool m_isOpen = false;
};

} // namespace ui
