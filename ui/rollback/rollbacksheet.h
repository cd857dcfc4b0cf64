// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/rollbackplan.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QVBoxLayout;

namespace ui {

class ActionButton;
class FittingArea;

/// What going back from here would do, in order, kept fresh while the run goes on: each step with
/// what it undoes and what would run, what is missing, what cannot be taken back, and how long it
/// takes. One button does it; a protected environment wants its name typed.
class RollbackSheet final : public Sheet {
    Q_OBJECT

public:
    /// The service outlives the sheet, and the run is open there. because: what asks for it; a
    /// person may write it anew.
    RollbackSheet(app::RunService& runs, models::RunId run, const QString& because,
                  QWidget* parent);

private:
    void build(const QString& because);
    void addTyping(const models::PlanContext& context);
    void refresh();
    void showPlan();
    void showRemainders(QVBoxLayout& rows);
    void settle();
    void rollBack();
    [[nodiscard]] const models::RunState* state() const { return m_runs.state(m_run); }

    app::RunService& m_runs;
    models::RunId m_run;
    models::RollbackDecisions m_decisions;
    models::RollbackPlan m_plan;
    QString m_toType; ///< empty: nothing
    QWidget* m_list = nullptr;
    FittingArea* m_area = nullptr;
    QVBoxLayout* m_listPlace = nullptr;
    TextLabel* m_length = nullptr;
    TextLabel* m_hint = nullptr;
    QLineEdit* m_reason = nullptr;
    QLineEdit* m_typed = nullptr;
    ActionButton* m_button = nullptr;
};

} // namespace ui
