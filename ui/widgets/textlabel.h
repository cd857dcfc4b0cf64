// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace ui {

/// Plain words in one of the type sizes and one of the colours, following the theme. Never
/// interprets its text as mark-up. Where words wrap, one that is longer than a line is broken
/// anywhere, unless the text can be selected.
class TextLabel : public QLabel {
    Q_OBJECT

public:
    explicit TextLabel(const QString& text = {}, TextRole role = TextRole::Body,
                       Colour tone = Colour::Text, QWidget* parent = nullptr);

    [[nodiscard]] Colour tone() const { return m_tone; }
    void setTone(Colour tone);
    void setEmphasis(Emphasis emphasis);

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool mayBreakWords() const;
    [[nodiscard]] bool hasWordLongerThan(int width) const;
    void settle();

    TextRole m_role;
    Colour m_tone;
    Emphasis m_emphasis = Emphasis::Normal;
};

/// A tool tip of foreign words: shown as they are, whatever they hold.
[[nodiscard]] QString plainToolTip(const QString& text);

} // namespace ui
