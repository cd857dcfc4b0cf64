// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <functional>

namespace ui {

/// One thing that the command palette offers. run is called on the main thread after the palette
/// has closed, and must not rely on objects that may be gone by then without guarding them.
struct PaletteEntry {
    QString title;    ///< "Run step", "Go to: Apply latest migrations"
    QString hint;     ///< where it belongs: "Step", "Runbook", a section's title
    QString shortcut; ///< as shown, may be empty
    std::function<void()> run;
};

using PaletteEntries = QList<PaletteEntry>;

} // namespace ui
