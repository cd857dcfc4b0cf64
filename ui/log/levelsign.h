// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logline.h"
#include "ui/theme/tokens.h"

#include <QString>

class QPainter;
class QRectF;

namespace ui {

inline constexpr int levelSignSize = 9;

/// The small sign of a level: each has a shape of its own, and grave ones are filled. Nothing for
/// None.
void paintLevel(QPainter& painter, const QRectF& rect, models::LogLevel level);
[[nodiscard]] Colour levelTone(models::LogLevel level);
/// "Error", "Warning" …; "No level".
[[nodiscard]] QString levelWord(models::LogLevel level);

} // namespace ui
