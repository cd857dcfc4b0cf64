// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "ui/health/timemark.h"

#include <QObject>
#include <QTimer>

namespace app {
class RunService;
}

namespace models {
struct RunState;
}

namespace ui {

/// What runs did, as marks beside the health of services: each run of the workspace with its begin
/// and its end, and each attempt of a step of those that are open here.
class RunMarks final : public QObject {
    Q_OBJECT

public:
    /// runs outlives it.
    explicit RunMarks(app::RunService& runs, QObject* parent = nullptr);

    /// Of the workspace with this id.
    void showWorkspace(const QString& id);
    /// Reads the list of runs anew; changed follows.
    void reload();
    [[nodiscard]] TimeMarks marks() const;

Q_SIGNALS:
    void changed();

private:
    app::RunService& m_runs;
    QString m_workspace;
    QList<app::RunSummary> m_known;
    QTimer m_settling;
};

/// Each attempt of its steps, the oldest first.
[[nodiscard]] TimeMarks stepMarksOf(const models::RunState& state);

} // namespace ui
