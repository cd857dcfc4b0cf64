// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/goboard.h"
#include "ui/widgets/sheet.h"

class QScrollArea;

namespace ui {

/// Go or no-go at a glance: approvals with their people, gates, and risks that are acknowledged one
/// by one. It stays fresh while the run goes on.
class GoBoardSheet final : public Sheet {
    Q_OBJECT

public:
    /// runs outlives the sheet, where the run is open. isDriven: risks can be acknowledged here.
    GoBoardSheet(app::RunService& runs, const models::RunId& run, bool isDriven, QWidget* parent);

private:
    void show(const models::RunState& state);
    [[nodiscard]] QWidget* rows(const QList<models::GoBoardRow>& board);

    app::RunService& m_runs;
    const models::RunId m_run;
    const bool m_isDriven;
    QList<models::GoBoardRow> m_board;
    TextLabel* m_verdict;
    QScrollArea* m_area;
};

} // namespace ui
