// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/glyph.h"

#include <QWidget>

namespace ui {

/// A glyph in a layout, beside the word for it.
class GlyphSign final : public QWidget {
    Q_OBJECT

public:
    explicit GlyphSign(QWidget* parent = nullptr);
    GlyphSign(Glyph glyph, Colour tone, QWidget* parent = nullptr);

    void setGlyph(Glyph glyph, Colour tone);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Glyph m_glyph;
    Colour m_tone;
};

} // namespace ui
