// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/actionrunner.h"
#include "ui/widgets/bannerwidget.h"

#include <QString>

namespace ui {

/// How far the action is, in a sentence or two: "Restart portal passed at web-1 in 1.2 s." Plain
/// text, some of which the host chose.
[[nodiscard]] QString actionWords(const app::ActionProgress& progress);
[[nodiscard]] BannerWidget::Level actionLevel(const app::ActionProgress& progress);

} // namespace ui
