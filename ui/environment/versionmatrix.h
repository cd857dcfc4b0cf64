// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/versionmatrixmodel.h"

#include <QTableView>

namespace ui {

/// The services by environment, each with its version and what is to be said of it.
class VersionMatrix final : public QTableView {
    Q_OBJECT

public:
    /// versions outlives it.
    explicit VersionMatrix(const app::VersionService& versions, QWidget* parent = nullptr);

    /// Room for a few of its rows.
    [[nodiscard]] QSize minimumSizeHint() const override;

    [[nodiscard]] VersionMatrixModel& versions() { return m_model; }

private:
    VersionMatrixModel m_model;
};

} // namespace ui
