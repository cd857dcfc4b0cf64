// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/runlistmodel.h"

#include <QSortFilterProxyModel>
#include <QTimer>
#include <QWidget>

class QListView;
class QStackedLayout;

namespace ui {

class EmptyState;
class SearchField;

/// The runs of all workspaces, newest first, to be resumed or read.
class RunListPage final : public QWidget {
    Q_OBJECT

public:
    /// The service outlives the page.
    explicit RunListPage(app::RunService& runs, QWidget* parent = nullptr);

    /// Asks the journal again; also done whenever the page is shown and a run changes.
    void reload();

Q_SIGNALS:
    void runActivated(const models::RunId& run);
    /// The runbooks that a run begins with.
    void runbooksRequested();
    void statusMessage(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;
    /// Of a file with a run.
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void settle();
    void askTakeOver(const QString& path);
    void activate(const QModelIndex& index);

    app::RunService& m_runs;
    models::RunListModel m_model;
    QSortFilterProxyModel m_filter;
    QTimer m_reload; ///< a burst of events asks once
    SearchField* m_search;
    QListView* m_list;
    EmptyState* m_empty;
    QString m_problem; ///< why the runs could not be read last; empty: they were
    EmptyState* m_noMatch;
    QStackedLayout* m_stack;
};

} // namespace ui
