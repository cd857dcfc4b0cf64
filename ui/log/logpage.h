// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfollower.h"
#include "app/run/actionrunner.h"
#include "models/environment/workspace.h"
#include "ui/log/logevidence.h"
#include "ui/log/logsourcerow.h"
#include "ui/widgets/paletteentry.h"

#include <QTimer>
#include <QWidget>

#include <utility>

class QMenu;
class QStackedLayout;

namespace ui {

class ActionButton;
class BannerWidget;
class EmptyState;
class LogExcerpts;
class LogPane;
class LogSourcePane;
class ServiceActions;
class TextLabel;

/// The logs that an environment's services name, those of its containers, commands and files.
/// Connects to nothing before it is asked to.
class LogPage final : public QWidget {
    Q_OBJECT

public:
    /// logs outlives the page.
    explicit LogPage(app::LogFollower& logs, QWidget* parent = nullptr);

    /// Without a name: none. One without hosts is on this machine.
    void showEnvironment(const models::Environment& environment);
    /// Reads it in and shows it.
    void openFile(const QString& path);
    void chooseFile();
    /// Shows what a service of the environment wrote from then to then. Its logs are followed from
    /// now on, and read where they begin only later; their lines are waited for a little.
    void showTimeOf(const QString& service, models::Instant from, models::Instant to);
    /// The same of the logs that are shown. A null end: all from then on.
    void showTime(models::Instant from, models::Instant to);
    /// Asks for a command to follow.
    void askForCommand();
    /// Asks which of the lines shown, and where to; nothing while none are.
    void saveLines();
    [[nodiscard]] LogPane& pane() { return *m_pane; }
    [[nodiscard]] bool isShowingLogs() const { return !m_shown.isEmpty(); }
    /// Where logs come from, and what can be done to services. The pane has its own.
    [[nodiscard]] PaletteEntries paletteEntries();
    /// In a banner, until it is put away or another comes.
    void showAction(const app::ActionProgress& progress);

Q_SIGNALS:
    void showingLogsChanged();
    /// Its answer is to be seen: the page wants to be shown.
    void pageRequested();
    /// A person asks for it; nothing has run yet.
    void actionRequested(const QString& service, models::ServiceActionKind kind);
    void runRequested(const models::RunId& run);
    /// How the lines of the time that was asked for last are shown by now.
    void timeShown(ui::LogEvidence::Shown how);

private:
    QWidget* makeHead();
    void lookForContainers();
    void toggle(const LogSourceRow& row);
    void follow(const app::LogSource& source);
    void showChosen();
    void showMenu(const LogSourceRow& row, const QPoint& position);
    void addLogEntries(QMenu& menu, const LogSourceRow& row);
    void showLog(quint64 log);
    void showTimeIn(const QList<quint64>& logs, models::Instant from, models::Instant to);
    void showAwaited();
    void tellShown(LogEvidence::Shown how);
    void tellNoExcerpt(const QString& title);
    void onLogsChanged();
    void settle();

    app::LogService& m_service;
    app::LogFollower& m_logs;
    models::Environment m_environment;
    QList<models::Host> m_hosts;
    QList<models::Host> m_watched;
    QList<quint64> m_shown;
    TextLabel* m_summary;
    ActionButton* m_look;
    ActionButton* m_follow;
    ActionButton* m_open;
    BannerWidget* m_banner;
    models::RunId m_actionRun; ///< that the banner tells of
    LogSourcePane* m_sources;
    ServiceActions* m_actions;
    LogPane* m_pane;
    LogExcerpts* m_excerpts;
    QTimer m_awaiting; ///< runs while the lines of m_awaited may still be on their way
    std::pair<models::Instant, models::Instant> m_awaited;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
};

} // namespace ui
