// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"
#include "models/run/runstate.h"

#include <QDialog>
#include <QMap>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace ui {

class ActionButton;
class ValuesForm;

/// What a person settles before a run starts: where, what about, and the values it asks for. Values
/// may also be left for later: a step that needs one asks for it then.
class StartSheet final : public QDialog {
    Q_OBJECT

public:
    struct Answer {
        QString environment;
        models::Target target;
        QMap<QString, QString> variables;
        QMap<QString, QString> secrets;
    };

    /// preview is the state of a run of the plan before it starts.
    StartSheet(const models::Workspace& workspace, const models::RunState& preview,
               QWidget* parent);

Q_SIGNALS:
    void startRequested(const ui::StartSheet::Answer& answer);

private:
    [[nodiscard]] Answer answer() const;
    void addEnvironment(QVBoxLayout& column, const models::Workspace& workspace,
                        const models::RunState& preview);
    void addTarget(QVBoxLayout& column, const models::Workspace& workspace,
                   const models::RunState& preview);
    void settle();

    QComboBox* m_environment = nullptr;
    QMap<QString, QLineEdit*> m_target; ///< by service, empty for the default
    ValuesForm* m_values = nullptr;
    ActionButton* m_start;
    QLineEdit* m_confirm = nullptr; ///< of a protected environment: its name is typed
    QString m_protectedName;
};

} // namespace ui
