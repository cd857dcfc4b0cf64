// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace ui {

/// What tells the logs of a pane apart: the colours that terminals have, without black, white and
/// greys; after twelve they begin again.
[[nodiscard]] QColor sourceColour(int source);

} // namespace ui
