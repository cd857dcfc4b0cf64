// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QToolButton;

namespace ui {

/// Machines' words, exactly: plain, selectable, with a button that copies all of them. As high as
/// its text, up to a number of lines, then it scrolls. Long lines are whole unless they may wrap.
class MonoBlock : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit MonoBlock(const QString& accessibleName, QWidget* parent = nullptr);

    /// Plain text; keeps the scroll position where the text only grew.
    void setWords(const QString& text);
    void setMaximumLines(int lines);
    enum class LongLines { Whole, Wrapped };
    void setLongLines(LongLines lines);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void settle();
    [[nodiscard]] int heightOf(int lines) const;
    [[nodiscard]] int laidOutLines() const;
    void fit();
    void placeButton();

    QWidget* m_band; ///< the ground beside the text
    QToolButton* m_copy;
    int m_maximumLines = 12;
    int m_fitted = 0; ///< the height that was asked for last
};

} // namespace ui
