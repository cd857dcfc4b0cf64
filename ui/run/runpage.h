// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "app/runbook/runbookservice.h"
#include "models/environment/workspace.h"
#include "models/run/runfiltermodel.h"
#include "models/run/runtreemodel.h"
#include "ui/run/nextaction.h"
#include "ui/widgets/paletteentry.h"

#include <QPersistentModelIndex>
#include <QWidget>

namespace ui {

class RunFoot;
class SectionList;
class SectionListModel;
class StepDetailPane;
class StepView;

/// One runbook: as a preview, then as the run of it. It drives app::RunService and shows what comes
/// back as events; it holds no truth of its own.
class RunPage final : public QWidget {
    Q_OBJECT

public:
    /// The services outlive the page.
    RunPage(app::RunService& runs, app::RunbookService& runbooks, QWidget* parent = nullptr);
    ~RunPage() override;

    /// Reads the runbook off the window's thread and previews it in this environment.
    void openRunbook(const models::Workspace& workspace, const QString& relativePath,
                     const QString& environment);
    /// Opens a recorded run where it stands.
    void openRun(const models::RunId& run);

    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isRunUnderWay() const;
    [[nodiscard]] models::RunId run() const { return m_run; }
    [[nodiscard]] QList<ui::PaletteEntry> paletteEntries() const;

Q_SIGNALS:
    void titleChanged();
    void runUnderWayChanged();
    void statusMessage(const QString& text);
    void closeRequested();

private:
    void onRunOpened(const models::RunId& run, const QList<models::Event>& events,
                     const QString& heldBy, const QString& damage);
    void onEventsAppended(const models::RunId& run, const QList<models::Event>& events);
    void showPlan(models::PlanPointer plan);
    void selectStep(int planIndex);
    void goToNext();
    void refresh();
    void perform(Act act);
    [[nodiscard]] int selectedStep() const;

    app::RunService& m_runs;
    app::RunbookService& m_runbooks;
    models::RunTreeModel m_tree;
    models::RunFilterModel m_filter;
    models::Workspace m_workspace;
    models::RunId m_run;
    RunAccess m_access = RunAccess::Preview;
    SectionListModel* m_sectionModel;
    SectionList* m_sections;
    StepView* m_steps;
    StepDetailPane* m_detail;
    RunFoot* m_foot;
};

} // namespace ui
