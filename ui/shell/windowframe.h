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

    /// An invalid colour takes the line away, and its room with it.
    void setLine(const QColor& colour);
    [[nodiscard]] QColor line() const { return m_line; }
    /// Empty words take the hint away.
    void showDropHint(const QString& words);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QColor m_line;
    QWidget* m_hint;
};

} // namespace ui
