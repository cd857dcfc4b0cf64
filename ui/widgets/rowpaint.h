// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

class QIcon;
class QPainter;
class QRect;
class QStyleOptionViewItem;

namespace ui::rowpaint {

/// Hover, selection and the focus ring of a row, and the line under it.
void ground(QPainter& painter, const QStyleOptionViewItem& option);
/// A glyph at the left, in the vertical middle; it is taken from the rectangle, with a gap.
void sign(QPainter& painter, QRect& rect, Glyph glyph, const QColor& tint, int gap = space::m);
void sign(QPainter& painter, QRect& rect, const QIcon& icon, int gap = space::m);
/// A quiet word at the right edge; returns the width it took.
int atRight(QPainter& painter, const QRect& rect, const QString& text, Colour tone);
/// One line, elided, in the vertical middle; returns the width it took.
int words(QPainter& painter, const QRect& rect, const QString& text, TextRole role, Colour tone,
          Emphasis emphasis = Emphasis::Normal);
/// A strong line over a quiet one.
void twoLines(QPainter& painter, const QRect& rect, const QString& head, const QString& below,
              Colour belowTone = Colour::Quiet);
[[nodiscard]] int twoLineHeight();
/// How much of something is done, as a line in the middle of rect: passed, then failed, then what
/// is left.
void progress(QPainter& painter, const QRect& rect, int done, int failed, int total);

} // namespace ui::rowpaint
