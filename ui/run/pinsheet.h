// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;

namespace ui {

/// Asks to which step of a run log lines are pinned, and why.
class PinSheet final : public Sheet {
    Q_OBJECT

public:
    /// step: the plan index that is offered first; -1: the run as a whole.
    PinSheet(const models::RunState& state, const QList<models::PinnedLine>& lines, int step,
             QWidget* parent);

Q_SIGNALS:
    /// An empty step is the run as a whole.
    void pinRequested(const models::StepId& step, const QString& remark);

private:
    [[nodiscard]] int chosenStep() const;
    void fillSteps(const models::RunState& state, int step);

    QComboBox* m_steps;
    QLineEdit* m_remark;
};

} // namespace ui
