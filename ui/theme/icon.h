// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QIcon>
#include <QString>

namespace ui {

/// The desktop's icon of a freedesktop name, in one colour of ours; one of our own SVGs of that
/// name
/// (":/icons/fallback/NAME.svg") where the icon theme has none, so that it is never empty. The tint
/// follows the theme while the icon lives; disabled is fainter, checked takes the accent.
[[nodiscard]] QIcon icon(const QString& name, Colour tint = Colour::Text);

/// One of our own SVGs in a colour.
[[nodiscard]] QIcon svgIcon(const QString& path, const QColor& tint);

} // namespace ui
