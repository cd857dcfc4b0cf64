// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"
#include "ui/widgets/sheet.h"

#include <QMap>
#include <QStringList>

class QLineEdit;

namespace ui {

class ActionButton;
class ValuesForm;

/// What a person sees before an action runs: the command as it will run, where, and what it asks
/// for. Destructive ones, and all in a protected environment, want the environment's name typed;
/// one that something objects to wants a reason.
class ActionSheet final : public Sheet {
    Q_OBJECT

public:
    /// preview is the state of a run of the action before it starts; step is the one that runs.
    /// objections: why it should not run now, a sentence each.
    ActionSheet(const models::RunState& preview, const models::StepId& step,
                const QStringList& objections, QWidget* parent);

Q_SIGNALS:
    /// reason: why it runs against the objections; empty where there are none.
    void confirmed(const QMap<QString, QString>& variables, const QMap<QString, QString>& secrets,
                   const QString& reason);

private:
    void addCommand(const models::RunState& preview, const models::StepId& step);
    void addObjections(const QStringList& objections);
    void addValues(const models::RunState& preview, const models::StepId& step);
    void addTyping(const models::RunState& preview, const models::StepId& step);
    void addButtons();
    void settle();

    ValuesForm* m_values = nullptr;
    QLineEdit* m_reason = nullptr; ///< where something objects
    QLineEdit* m_typed = nullptr;
    QString m_toType; ///< empty: nothing
    ActionButton* m_run;
};

} // namespace ui
