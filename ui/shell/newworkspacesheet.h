// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/firstfile.h"
#include "ui/widgets/sheet.h"

class QCheckBox;
class QLineEdit;

namespace app {
class RunbookService;
class WorkspaceService;
} // namespace app

namespace ui {

class FileField;
class PlaceRows;

/// A few questions from which the first gantry.yaml of a folder is written. What the chosen runbook
/// says itself is offered. Nothing that is there is ever replaced.
class NewWorkspaceSheet final : public Sheet {
    Q_OBJECT

public:
    /// The services outlive the sheet. folder: where folders are looked for.
    NewWorkspaceSheet(app::WorkspaceService& workspaces, app::RunbookService& runbooks,
                      const QString& folder, QWidget* parent);

Q_SIGNALS:
    /// The folder has its file now.
    void created(const QString& folder);

protected:
    bool event(QEvent* event) override;

private:
    void addOffers();
    void readRunbook();
    void takeOffer(const models::RunbookOffer& offer);
    void settle();
    void create();
    void say(const QString& problem);
    [[nodiscard]] models::FirstFile answers() const;
    /// What keeps the runbook out of that folder; empty: nothing.
    [[nodiscard]] QString runbookProblem() const;

    app::WorkspaceService& m_workspaces;
    app::RunbookService& m_runbooks;
    QLineEdit* m_name;
    FileField* m_folder;
    FileField* m_runbook;
    PlaceRows* m_places;
    QCheckBox* m_contract;
    QCheckBox* m_thresholds;
    TextLabel* m_remark;
    ActionButton* m_create;
    models::RunbookOffer m_offer;
    QString m_read; ///< the runbook that it is of
    bool m_isWriting = false;
};

} // namespace ui
