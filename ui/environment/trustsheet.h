// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/sheet.h"

namespace models {
struct Workspace;
} // namespace models

namespace ui {

/// Shows everything that a workspace would have probed, before a person trusts it.
class TrustSheet final : public Sheet {
    Q_OBJECT

public:
    explicit TrustSheet(const models::Workspace& workspace, QWidget* parent = nullptr);

    /// One line for each probe and each look at a version: where, what, how often.
    [[nodiscard]] static QStringList linesOf(const models::Workspace& workspace);
};

} // namespace ui
