// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/health/healthpicture.h"

#include <QByteArray>

class QWidget;

namespace ui {

/// What charts can be saved as; by the ending of the file's name.
enum class ChartFormat { Png, Svg, Csv };

[[nodiscard]] ChartFormat chartFormatOf(const QString& path);

/// One value a line: its time in UTC, what it is ("p50", "failed"), its unit and its number. A gap
/// has no lines. The last value of each is title: a table leaves the page, too.
[[nodiscard]] QByteArray csvOf(const HealthPicture& picture, const QString& title);
/// As it stands on screen, below a line that says what it is of: a picture leaves the page.
[[nodiscard]] QByteArray pngOf(QWidget& plots, const QString& title);
[[nodiscard]] QByteArray svgOf(QWidget& plots, const QString& title);

} // namespace ui
