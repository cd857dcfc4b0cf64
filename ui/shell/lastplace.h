// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QString>

namespace ui {

/// Where the window stood when it was closed last, beside the workspace (the session keeps that).
/// Kept in the settings; main thread.
struct LastPlace {
    QString page; ///< as nameOf(Page) has it; empty: none known, or the welcome page
    models::RunId run;
    QString runbook; ///< relative path of a runbook that was previewed

    [[nodiscard]] static LastPlace load();
    void save() const;

    bool operator==(const LastPlace&) const = default;
};

} // namespace ui
