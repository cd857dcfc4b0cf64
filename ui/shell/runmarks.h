// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/health/timemark.h"

#include <QObject>

namespace app {
class RunFeed;
struct RunSummary;
} // namespace app

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
    explicit RunMarks(app::RunFeed& runs, QObject* parent = nullptr);

    /// Of the workspace with this id; changed follows.
    void showWorkspace(const QString& id);
    [[nodiscard]] TimeMarks marks() const;

Q_SIGNALS:
    void changed();

private:
    app::RunFeed& m_runs;
    QString m_workspace;
};

/// Of a run that is closed: its sign says how it ended, as it does in the list of runs.
[[nodiscard]] TimeMark endMarkOf(const app::RunSummary& run);
/// Each attempt of its steps, the oldest first.
[[nodiscard]] TimeMarks stepMarksOf(const models::RunState& state);

} // namespace ui
