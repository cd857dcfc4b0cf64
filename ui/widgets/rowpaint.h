// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

class QPainter;
class QRect;
class QStyleOptionViewItem;

namespace ui::rowpaint {

/// Hover, selection and the focus ring of a row, and the line under it.
void ground(QPainter& painter, const QStyleOptionViewItem& option);
/// One line, elided, in the vertical middle; returns the width it took.
int words(QPainter& painter, const QRect& rect, const QString& text, TextRole role, Colour tone,
          Emphasis emphasis = Emphasis::Normal);
/// A strong line over a quiet one.
void twoLines(QPainter& painter, const QRect& rect, const QString& head, const QString& below,
              Colour belowTone = Colour::Quiet);
[[nodiscard]] int twoLineHeight();

} // namespace ui::rowpaint
