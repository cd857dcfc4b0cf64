// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

namespace ui {

/// What is around everything: a 3 px line in the colour of a protected environment, and where
/// something is dragged over the window the words of what dropping it does.
class WindowFrame : public QWidget {
    Q_OBJECT

public:
    explicit WindowFrame(QWidget* parent = nullptr);

    /// What it frames, shown in the turn after the frame was drawn for the first time: a window is
    /// there at once. Call once.
    void setContent(QWidget* content);
    /// Shows it at once: for a window that is not shown yet, and is to be drawn whole.
    void showContent();
    /// An invalid colour takes the line away, and its room with it.
    void setLine(const QColor& colour);
    [[nodiscard]] QColor line() const { return m_line; }
    /// Empty words take the hint away.
    void showDropHint(const QString& words);

Q_SIGNALS:
    void contentShown();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QColor m_line;
    QWidget* m_content = nullptr; ///< until it is about to be shown
    QWidget* m_hint;
};

} // namespace ui
