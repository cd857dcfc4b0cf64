// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/textlabel.h"

namespace ui {

TextLabel::TextLabel(const QString& text, TextRole role, Colour tone, QWidget* parent)
    : QLabel(parent)
    , m_role(role)
    , m_tone(tone) {
    setTextFormat(Qt::PlainText);
    setText(text);
    connect(&Theme::instance(), &Theme::changed, this, &TextLabel::settle);
    settle();
}

void TextLabel::setTone(Colour tone) {
    m_tone = tone;
    settle();
}

void TextLabel::setEmphasis(Emphasis emphasis) {
    m_emphasis = emphasis;
    settle();
}

void TextLabel::settle() {
    setFont(Theme::instance().font(m_role, m_emphasis));
    QPalette own = palette();
    own.setColor(QPalette::WindowText, colour(m_tone));
    setPalette(own);
}

QString plainToolTip(const QString& text) {
    return text.isEmpty() ? QString() : QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped());
}

} // namespace ui
