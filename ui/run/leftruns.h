// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QList>
#include <QObject>

namespace app {
class RunService;
}

namespace ui {

/// Runs that are driven here although something else is shown: what they began, their gates and
/// their triggers go on being watched until they are closed, or the window is. Main thread.
class LeftRuns final : public QObject {
    Q_OBJECT

public:
    /// runs outlives this.
    explicit LeftRuns(app::RunService& runs, QObject* parent = nullptr);
    /// Lets go of all of them.
    ~LeftRuns() override;
    Q_DISABLE_COPY_MOVE(LeftRuns)

    /// It is not shown any more. What of it runs by itself stops at what is under way.
    void leave(const models::RunId& run);
    /// It was left, and is not shown again yet.
    [[nodiscard]] bool contains(const models::RunId& run) const { return m_left.contains(run); }
    /// It is shown again.
    void returnTo(const models::RunId& run);

    /// Those that a person has to come back to, the last that was left first. One that is taken
    /// back is not among them: it ends with the run that does it.
    [[nodiscard]] QList<models::RunId> unfinished() const;

Q_SIGNALS:
    /// Which there are.
    void changed();

private:
    void settle(const models::RunId& run);

    app::RunService& m_runs;
    QList<models::RunId> m_left; ///< the last that was left first
};

} // namespace ui
