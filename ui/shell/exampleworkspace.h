// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

/// The bundled example workspace beside this program or its sources; empty where there is none.
[[nodiscard]] QString exampleWorkspace();

} // namespace ui
