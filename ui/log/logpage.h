// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfollower.h"
#include "models/run/host.h"
#include "ui/log/logsourcemodel.h"

#include <QWidget>

class QListView;
class QStackedLayout;

namespace ui {

class ActionButton;
class EmptyState;
class LogPane;
class TextLabel;

/// The logs of an environment's containers, and files. Connects to nothing before it is asked to.
class LogPage final : public QWidget {
    Q_OBJECT

public:
    /// logs outlives the page.
    explicit LogPage(app::LogFollower& logs, QWidget* parent = nullptr);

    /// hosts: of the environment; none: its containers are on this machine.
    void showHosts(const QString& environment, const QList<models::Host>& hosts);
    /// Reads it in and shows it.
    void openFile(const QString& path);
    void chooseFile();
    /// Asks which of the lines shown, and where to; nothing while none are.
    void saveLines();
    [[nodiscard]] LogPane& pane() { return *m_pane; }
    [[nodiscard]] bool isShowingLogs() const { return !m_shown.isEmpty(); }

Q_SIGNALS:
    void showingLogsChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHead();
    void lookForContainers();
    void toggle(const QModelIndex& index);
    void closeCurrent();
    void showLog(quint64 log);
    void onLogsChanged();
    void settle();

    app::LogService& m_service;
    app::LogFollower& m_logs;
    QString m_environment;
    QList<models::Host> m_hosts;
    QList<models::Host> m_watched;
    QList<quint64> m_shown;
    LogSourceModel m_model;
    TextLabel* m_summary;
    ActionButton* m_look;
    ActionButton* m_open;
    QListView* m_list;
    LogPane* m_pane;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
};

} // namespace ui
