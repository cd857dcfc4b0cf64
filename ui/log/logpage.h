// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfollower.h"
#include "models/environment/workspace.h"
#include "ui/log/logsourcerow.h"

#include <QWidget>

class QStackedLayout;

namespace ui {

class ActionButton;
class EmptyState;
class LogPane;
class LogSourcePane;
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
    /// Asks which of the lines shown, and where to; nothing while none are.
    void saveLines();
    [[nodiscard]] LogPane& pane() { return *m_pane; }
    [[nodiscard]] bool isShowingLogs() const { return !m_shown.isEmpty(); }

Q_SIGNALS:
    void showingLogsChanged();

private:
    QWidget* makeHead();
    void lookForContainers();
    void toggle(const LogSourceRow& row);
    void showLog(quint64 log);
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
    ActionButton* m_open;
    LogSourcePane* m_sources;
    LogPane* m_pane;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
};

} // namespace ui
