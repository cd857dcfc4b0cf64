// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/workspaceboard.h"
#include "ui/widgets/paletteentry.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QStackedLayout;
class QVBoxLayout;

namespace app {
class OpenWorkspaces;
class RunbookService;
class RunFeed;
} // namespace app

namespace ui {

class ActionButton;
class ColumnsArea;
class EmptyState;
class FirstFocus;
class PageStack;
class SearchField;
class TrustBanner;

/// The dashboard: all environments of the open workspaces side by side, in the order of promotion
/// within each: how each service stands, why, and how old that is. Probes nothing before a person
/// has trusted the workspace.
class EnvironmentPage final : public QWidget {
    Q_OBJECT

public:
    /// All of them outlive it.
    EnvironmentPage(app::OpenWorkspaces& open, app::RunFeed& runs, app::RunbookService& runbooks,
                    QWidget* parent = nullptr);

    /// What belongs to this environment of this workspace comes first, then the rest of it: what is
    /// on screen is meant before anything of the same name.
    [[nodiscard]] PaletteEntries paletteEntries(const QString& workspaceId,
                                                const QString& environment);
    /// Takes in at once what was observed, which otherwise waits for a tenth of a second.
    void settleNow();
    /// Whether it can be seen, and shows of every probed service of every open workspace how it
    /// stood when it was looked at last.
    [[nodiscard]] bool showsVerdicts() const;

    /// Brings its columns into sight, now or once the page is shown.
    void reveal(const app::OpenWorkspace& workspace);

Q_SIGNALS:
    /// A service is to be shown over time.
    void healthRequested(app::OpenWorkspace* workspace, const QString& environment,
                         const QString& service);
    void closeRequested(app::OpenWorkspace* workspace);
    /// A workspace is to be opened.
    void folderRequested();
    void runRequested(const models::RunId& run);
    /// All runs are to be listed.
    void runsRequested();
    /// What stands for and against a run going on, its risks among that.
    void boardRequested(const models::RunId& run);
    void runbookRequested(app::OpenWorkspace* workspace, const QString& environment,
                          const QString& path);

protected:
    void showEvent(QShowEvent* event) override;

private:
    using AddEntry = std::function<void(const QString& environment, const PaletteEntry& entry)>;

    /// environment: empty where an entry is about all of them.
    void addEntries(WorkspaceBoard& board, const AddEntry& add) const;
    QWidget* makeHead();
    QWidget* makeColumns();
    void filterServices();
    /// Side by side, or by version.
    void showVersions(bool areShown);
    void add(app::OpenWorkspace& workspace);
    void connectBoard(WorkspaceBoard& board);
    void remove(const app::OpenWorkspace& workspace);
    void settleBoards();
    void settleVersions();
    void settleEmpty();
    void settleSummary();
    void tick(models::Instant now);
    void settleSoon(const WorkspaceBoard& board);
    void choose(WorkspaceBoard& board);
    void revealSoon();
    void showDetail(models::Instant now);

    app::OpenWorkspaces& m_open;
    app::RunFeed& m_runs;
    app::RunbookService& m_runbooks;
    ElidedLabel* m_summary;
    SearchField* m_search;
    QComboBox* m_order;
    QComboBox* m_groups;
    ActionButton* m_byVersion;
    TrustBanner* m_trust; ///< of several workspaces
    QVBoxLayout* m_banners;
    QVBoxLayout* m_matrices;
    PageStack* m_views; ///< the columns, and the versions
    ColumnsArea* m_columns;
    QHBoxLayout* m_columnsRow;
    QList<WorkspaceBoard*> m_boards;
    PageStack* m_details;
    QWidget* m_body;
    EmptyState* m_empty;
    FirstFocus* m_firstFocus;
    QStackedLayout* m_stack;
    QTimer m_settling;
    models::Instant m_runsRead;          ///< when the runs were asked for last
    WorkspaceBoard* m_chosen = nullptr;  ///< whose service is the current one
    QPointer<WorkspaceBoard> m_revealed; ///< that is to be brought into sight
};

} // namespace ui
