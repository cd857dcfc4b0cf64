// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QToolButton;

namespace ui {

/// Machines' words, exactly: plain, selectable, with a button that copies all of them. As high as
/// its text, up to a number of lines, then it scrolls.
class MonoBlock : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit MonoBlock(const QString& accessibleName, QWidget* parent = nullptr);

    /// Plain text; keeps the scroll position where the text only grew.
    void setWords(const QString& text);
    void setMaximumLines(int lines);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void settle();
    [[nodiscard]] int heightOf(int lines) const;
    void placeButton();

    QToolButton* m_copy;
    int m_maximumLines = 12;
};

} // namespace ui
