// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfollower.h"
#include "models/log/logline.h"
#include "ui/theme/glyph.h"
#include "ui/theme/tokens.h"

#include <QString>

namespace ui {

/// What happened to the stream, in a sentence or two: plain text, some of which the source chose.
[[nodiscard]] QString markerWords(const models::LogMarker& marker);

/// "podman 4.3.1, 4 of 5 run", or why nothing is known.
[[nodiscard]] QString placeWords(const app::ContainerList& list);
/// "Running, healthy", "Stopped with status 137".
[[nodiscard]] QString containerWords(const models::Container& container);
[[nodiscard]] Glyph containerGlyph(const models::Container& container);
[[nodiscard]] Colour containerTone(const models::Container& container);
/// How its stream stands, or how far a file is read.
[[nodiscard]] QString logWords(const app::LogFollower::Log& log);

} // namespace ui
