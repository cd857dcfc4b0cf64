// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace ui {

class ActionButton;
class TextLabel;

/// A message across the top of a page: what happened, to what, and what to do about it.
class BannerWidget : public QFrame {
    Q_OBJECT

public:
    enum class Level { Info, Warning, Error };

    explicit BannerWidget(QWidget* parent = nullptr);

    /// Shows the message and removes the actions of the one before. Text is plain. Where one of
    /// them had the focus, the first new one has it.
    void showMessage(Level level, const QString& text);
    /// Other words in the same message: its level and actions stay.
    void setText(const QString& text);
    /// A quiet button behind the message; its clicked() is the caller's.
    ActionButton* addAction(const QString& text);
    [[nodiscard]] QString text() const;
    [[nodiscard]] Level level() const { return m_level; }

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void settle();

    Level m_level = Level::Info;
    bool m_isFocusLost = false; ///< with an action that was removed
    QLabel* m_sign;
    TextLabel* m_text;
    QHBoxLayout* m_actions;
    QToolButton* m_close;
};

} // namespace ui
