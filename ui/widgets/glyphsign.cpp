// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/glyphsign.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

GlyphSign::GlyphSign(QWidget* parent)
    : GlyphSign(Glyph::Unknown, Colour::Unknown, parent) {}

GlyphSign::GlyphSign(Glyph glyph, Colour tone, QWidget* parent)
    : QWidget(parent)
    , m_glyph(glyph)
    , m_tone(tone) {
    setFixedSize(measure::glyph, measure::glyph);
}

void GlyphSign::setGlyph(Glyph glyph, Colour tone) {
    m_glyph = glyph;
    m_tone = tone;
    update();
}

void GlyphSign::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintGlyph(painter, rect(), m_glyph, colour(m_tone));
}

} // namespace ui
