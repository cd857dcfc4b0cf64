// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "models/environment/workspace.h"
#include "ui/widgets/paletteentry.h"

#include <QWidget>

class QModelIndex;
class QSortFilterProxyModel;

namespace app {
class RunbookService;
class RunService;
} // namespace app

namespace ui {

class BannerWidget;
class ElidedLabel;
class EmptyState;
class EnvironmentStrip;
class OpenRunsModel;
class RowList;
class RunbookListModel;
class SearchField;
class TextLabel;
class TrustLine;

/// The open workspace: its environments, the runs to take up again, and its runbooks with how many
/// steps they have, what is wrong in them and how they last went.
class WorkspacePage : public QWidget {
    Q_OBJECT

public:
    WorkspacePage(app::RunbookService& runbooks, app::RunService& runs, QWidget* parent = nullptr);

    /// Reads the runbooks off the window's thread; rows fill as they are read.
    void showWorkspace(const models::Workspace& workspace, const QString& environment);
    void setEnvironment(const QString& name);
    /// Whether it is trusted is told there.
    [[nodiscard]] TrustLine& trust() const { return *m_trust; }
    /// The runs that this window drives, whatever it shows.
    void setDrivenRuns(const QList<models::RunId>& runs);
    /// Asks the journal again.
    void refreshRuns();
    [[nodiscard]] PaletteEntries paletteEntries();

Q_SIGNALS:
    void runbookActivated(const QString& relativePath);
    void runActivated(const models::RunId& run);
    void environmentChosen(const QString& name);
    void statusMessage(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeOpenRuns();
    QWidget* makeRunbooks();
    void connectViews();
    /// Into the clipboard, for a service in gantry.yaml.
    void copyContract(const QString& relativePath);
    void loadRunbook(const QString& relativePath);
    void showDiagnostics(qsizetype most);
    void showRuns(const QList<app::RunSummary>& runs);
    void settleRunbooks();

    app::RunbookService& m_runbookService;
    app::RunService& m_runService;
    models::Workspace m_workspace;
    QString m_environment;
    QList<app::RunSummary> m_runs; ///< of this workspace
    int m_request = 0;             ///< answers for an earlier workspace are dropped

    BannerWidget* m_banner;
    ElidedLabel* m_title;
    ElidedLabel* m_root;
    TrustLine* m_trust;
    EnvironmentStrip* m_environments;
    OpenRunsModel* m_openRuns;
    RowList* m_openRunsView;
    QWidget* m_openRunsBlock;
    RunbookListModel* m_runbooks;
    QSortFilterProxyModel* m_filtered;
    RowList* m_runbooksView;
    EmptyState* m_empty;
    TextLabel* m_count;
    SearchField* m_filter;
};

} // namespace ui
