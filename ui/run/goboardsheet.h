// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/goboard.h"
#include "ui/widgets/sheet.h"

class QLabel;

namespace ui {

class FittingArea;
class VerdictGrid;

/// Go or no-go at a glance: approvals with their people, gates, and risks that are acknowledged one
/// by one. It stays fresh while the run goes on.
class GoBoardSheet final : public Sheet {
    Q_OBJECT

public:
    /// runs outlives the sheet, where the run is open. isDriven: risks can be acknowledged here.
    GoBoardSheet(app::RunService& runs, const models::RunId& run, bool isDriven, QWidget* parent);

private:
    void show(const models::RunState& state);
    /// What stands in one row; its own words change in place, so that nothing moves under a hand.
    struct Row {
        QLabel* sign;
        TextLabel* standing;
        TextLabel* title;
        TextLabel* words;
        ActionButton* take; ///< nullptr where there is nothing to acknowledge
    };

    [[nodiscard]] QWidget* makeRows(const QList<models::GoBoardRow>& board);
    [[nodiscard]] Row makeRow(VerdictGrid& grid, const models::GoBoardRow& row);
    void fill(const Row& row, const models::GoBoardRow& with) const;

    app::RunService& m_runs;
    const models::RunId m_run;
    const bool m_isDriven;
    QList<models::GoBoardRow> m_board;
    QList<Row> m_rows;
    TextLabel* m_verdict;
    FittingArea* m_area;
};

} // namespace ui
