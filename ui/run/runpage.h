// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/golive/runwatch.h"
#include "app/host/hostlink.h"
#include "app/run/runservice.h"
#include "app/runbook/runbookservice.h"
#include "models/run/runfiltermodel.h"
#include "models/run/runtreemodel.h"
#include "ui/run/nextaction.h"
#include "ui/run/planloader.h"
#include "ui/run/startsheet.h"
#include "ui/run/textdiff.h"
#include "ui/widgets/paletteentry.h"

#include <QMenu>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <QWidget>

#include <functional>

class QStackedLayout;

namespace app {
class HostService;
}

namespace ui {

class BannerWidget;
class EmptyState;
class LeftRuns;
class LockBanner;
class OutputStore;
class RunBody;
class RunDriver;
class RunFoot;
class RunHeader;
class SectionList;
class SectionListModel;
class StepDetailPane;
class StepView;
class TimelineFeed;
class TimelineView;
class WatchedDocument;
class WaveStrip;

/// One runbook: as a preview, then as the run of it. It drives app::RunService and shows what comes
/// back as events; it holds no truth of its own.
class RunPage final : public QWidget {
    Q_OBJECT

public:
    /// The services outlive the page.
    RunPage(app::RunService& runs, app::RunbookService& runbooks, QWidget* parent = nullptr);
    ~RunPage() override;

    /// What tells before a run whether it can succeed; outlives the page.
    void setPreflight(app::PreflightService& preflight) { m_preflight = &preflight; }
    /// From now on it shows what is read of the run's gates, triggers and watch. It outlives this.
    void observeWith(app::RunWatch& watch);
    /// How the services of the run's workspace fared stands on its timeline and in its report.
    /// nullptr: nobody watches that workspace.
    void
    showHealth(std::function<const app::EnvironmentWatch*(const QString& workspaceId)> watchOf);

    /// From now on it says where a step waits for a host that does not answer. It outlives this.
    void followHosts(app::HostService& hosts);

    /// Reads the runbook off the window's thread and previews it in this environment.
    void openRunbook(const models::Workspace& workspace, const QString& relativePath,
                     const QString& environment);
    /// Opens a recorded run where it stands.
    void openRun(const models::RunId& run);

    /// Which versions are deployed in an environment now, for runs that start from here on.
    void setVersionLookup(std::function<models::Target(const QString& environment)> lookUp);

    [[nodiscard]] QString title() const;
    /// What is shown is a run that is driven here and not closed.
    [[nodiscard]] bool isRunUnderWay() const;
    /// All such runs: the one that is shown, then those that were left to show something else, the
    /// last first.
    [[nodiscard]] QList<models::RunId> runsUnderWay() const;
    /// Empty while the page shows a preview.
    [[nodiscard]] models::RunId run() const { return m_run; }
    [[nodiscard]] const models::RunState& state() const { return m_tree.state(); }
    [[nodiscard]] QList<ui::PaletteEntry> paletteEntries() const;
    /// Selects the step that was under way then, or the last before; false where there is none.
    bool showStepAt(models::Instant time);
    /// Shows who and what speaks for the run going on, its risks among that; nothing where it is
    /// not there yet.
    void showBoard();
    /// Asks to which step of the run these are pinned as evidence.
    void askPin(const QList<models::PinnedLine>& lines);

Q_SIGNALS:
    void titleChanged();
    void runUnderWayChanged();
    /// Which runs are under way and not shown.
    void leftRunsChanged();
    void statusMessage(const QString& text);
    void closeRequested();
    /// Log lines from then to then are to be shown; a null end is still to come.
    void logsRequested(models::Instant from, models::Instant to);
    /// What going back from here would do is to be shown; because: of what asks for it, else empty.
    void rollbackRequested(const models::RunId& run, const QString& because);
    /// Another run is to be opened.
    void runRequested(const models::RunId& run);

private:
    void build();
    void connectParts();
    void connectRun();
    void connectHead();
    void connectSteps();
    void connectAnswers();
    void addShortcuts();
    void leaveRun();
    void load(const PlanRequest& request);
    void showPlan(models::PlanPointer plan);
    void place(const app::RunSummary& summary);
    void onRunOpened(const models::RunId& run, const QList<models::Event>& events,
                     const QString& heldBy, const QString& problem);
    void onEventsAppended(const models::RunId& run, const QList<models::Event>& events);
    void onIntentRefused(const models::RunId& run, const models::StepId& step,
                         const models::Error& error);
    void onRunAllStopped(const models::RunId& run, const models::StepId& step,
                         const QString& reason);
    void lookForUnfinished();
    void onDocumentChanged();
    void showDifference(const QString& name, bool isGone, const QList<DiffLine>& changes);
    void showError(const models::Error& error);
    [[nodiscard]] static QString readOnlyReason(const models::RunState& state,
                                                const QString& heldBy, const QString& problem);
    [[nodiscard]] QString misplacedReason(const models::RunState& state) const;
    void forgetRefusal(const QList<models::Event>& events);
    void follow(const QString& heldBy);
    void onCaughtUp(const models::RunId& run, const QString& heldBy);

    void perform(Act act);
    void answerInPane(Act act);
    void askStart();
    void addPreflight(StartSheet& sheet);
    void previewStart(QPointer<StartSheet> sheet, const QString& environment,
                      const models::Target& target);
    void askReport();
    void askHandOver();
    void start(const StartSheet::Answer& answer);
    [[nodiscard]] models::Target previousIn(const QString& environment) const;
    void fillMenu();
    [[nodiscard]] QList<Act> menuActs() const;
    [[nodiscard]] bool canRollBack() const;
    void goTo(models::Lane lane, int section);
    void goToNext();
    void showTimeline(bool shown);
    void showLogs();
    [[nodiscard]] std::pair<models::Instant, models::Instant> timeOfSelected() const;
    void selectStep(int planIndex);
    [[nodiscard]] int selectedStep() const;
    void refresh();
    void settleFoot();
    void settleTriggers();
    void showReading(const models::RunId& run);
    void noteLink(const app::HostLink& link);
    [[nodiscard]] QStringList silentHosts() const;
    [[nodiscard]] models::RunState seen() const;

    app::RunService& m_runs;
    app::PreflightService* m_preflight = nullptr;
    models::RunTreeModel m_tree;
    models::RunFilterModel m_filter;
    PlanRequest m_request;
    std::function<models::Target(const QString& environment)> m_versions;
    models::RunId m_run;
    RunAccess m_access = RunAccess::Preview;
    bool m_isRunningAll = false;
    bool m_isStarting = false;
    QString m_meant; ///< how the run's workspace writes its environment; empty: as the run does
    bool m_isBeingPlaced = false; ///< that is being read: the run is not open here yet
    bool m_isMisplaced = false;   ///< it can be read here, and be left: taken back, or aborted
    QTimer m_following;           ///< active while another console drives the run, or did
    QString m_heldBy;             ///< of such a run: which console; empty: none any more
    QMenu m_menu;
    WatchedDocument* m_document;
    OutputStore* m_outputs;
    LeftRuns* m_left;
    RunDriver* m_driver;
    SectionListModel* m_sectionModel;
    RunHeader* m_header;
    WaveStrip* m_waves;
    BannerWidget* m_banner;
    std::optional<models::StepId> m_refused; ///< of what the banner tells; empty: of the run
    BannerWidget* m_difference;              ///< of the run's document to its file
    BannerWidget* m_triggers;                ///< of one that holds and is not acknowledged
    LockBanner* m_locks;                     ///< of who else changes the environment
    app::RunWatch* m_watch = nullptr;
    QSet<QString> m_silent; ///< hosts that do not answer, as the workspace writes them
    RunBody* m_body;
    SectionList* m_sections;
    StepView* m_steps;
    StepDetailPane* m_detail;
    RunFoot* m_foot;
    QStackedLayout* m_stack;
    TimelineView* m_timeline;
    TimelineFeed* m_timelineFeed;
    bool m_isTimelineShown = false;
    EmptyState* m_noMatch;
};

} // namespace ui
