// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/releaserows.h"
#include "ui/widgets/sheet.h"

namespace ui {

/// The risks that are known beforehand of an environment, each with where it stands.
class RiskSheet final : public Sheet {
    Q_OBJECT

public:
    RiskSheet(const QString& environment, const QList<KnownRisk>& risks, QWidget* parent);

Q_SIGNALS:
    /// path: relative to the workspace.
    void runbookRequested(const QString& path);
};

} // namespace ui
