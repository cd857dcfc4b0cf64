// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/preflightservice.h"
#include "models/environment/workspace.h"
#include "ui/widgets/sheet.h"

#include <QMap>
#include <QTimer>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QVBoxLayout;

namespace ui {

class ActionButton;
class Card;
class PreflightView;
class TargetForm;
class ValuesForm;

/// What a person settles before a run starts: where, what about, and the values it asks for. Values
/// may also be left for later: a step that needs one asks for it then.
class StartSheet final : public Sheet {
    Q_OBJECT

public:
    struct Answer {
        QString environment;
        models::Target target;
        QMap<QString, QString> variables;
        QMap<QString, QString> secrets;
        QList<models::StartOverride> overrides; ///< what it is started against
    };

    /// preview is the state of a run of the plan before it starts.
    StartSheet(const models::Workspace& workspace, const models::RunState& preview,
               QWidget* parent);

    /// Whether a run with what is filled in can succeed, beside the questions. preflight outlives
    /// the sheet and looks for the plan that was given last.
    void showPreflight(app::PreflightService& preflight);
    /// Of the environment that was chosen.
    void setPreview(const models::RunState& preview);
    /// The block of this run could not be lifted.
    void showRefusal(const models::RunId& run, const models::Error& error);
    [[nodiscard]] Answer answer() const;

Q_SIGNALS:
    void startRequested(const ui::StartSheet::Answer& answer);
    /// Another environment or target was chosen: its plan is wanted for the preflight.
    void previewWanted(const QString& environment, const models::Target& target);
    /// What this run was about shall be free to go there again.
    void liftRequested(const app::RunSummary& blocked);

private:
    void addEnvironment(QVBoxLayout& rows);
    /// By the plan of the environment that was chosen.
    void askForTarget();
    void settlePreflight();
    /// What is there now, whether it is blocked, and what follows from that.
    void settleTarget();
    void settle();

    const models::Workspace m_workspace;
    QHBoxLayout* m_columns;
    models::RunState m_preview;
    app::PreflightService* m_preflight = nullptr;
    std::vector<models::PreflightLine> m_lines;
    TextLabel* m_counts = nullptr;
    PreflightView* m_view = nullptr;
    Card* m_risks = nullptr;
    QLineEdit* m_reason = nullptr; ///< why it is started against what fails
    TextLabel* m_reasonLabel = nullptr;
    QTimer m_settling;
    QComboBox* m_environment = nullptr;
    TargetForm* m_target;
    ValuesForm* m_values = nullptr;
    ActionButton* m_start;
    QLineEdit* m_confirm = nullptr; ///< of a protected environment: its name is typed
    QString m_protectedName;
};

} // namespace ui
