// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"
#include "ui/widgets/sheet.h"

#include <QMap>

class QLineEdit;

namespace ui {

class ActionButton;
class ValuesForm;

/// What a person sees before an action runs: the command as it will run, where, and what it asks
/// for. Destructive ones, and all in a protected environment, want the environment's name typed.
class ActionSheet final : public Sheet {
    Q_OBJECT

public:
    /// preview is the state of a run of the action before it starts; step is the one that runs.
    ActionSheet(const models::RunState& preview, const models::StepId& step, QWidget* parent);

Q_SIGNALS:
    void confirmed(const QMap<QString, QString>& variables, const QMap<QString, QString>& secrets);

private:
    void addCommand(const models::RunState& preview, const models::StepId& step);
    void addValues(const models::RunState& preview, const models::StepId& step);
    void addTyping(const models::RunState& preview, const models::StepId& step);
    void addButtons();
    void settle();

    ValuesForm* m_values = nullptr;
    QLineEdit* m_typed = nullptr;
    QString m_toType; ///< empty: nothing
    ActionButton* m_run;
};

} // namespace ui
