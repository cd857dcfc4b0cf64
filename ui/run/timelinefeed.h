// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/runtimeline.h"

#include <QObject>

#include <functional>
#include <optional>

namespace app {
class HealthService;
}

namespace ui {

class TimelineView;

/// Keeps a timeline's view up to date while it can be seen: with every event of its run, and each
/// second while that goes on.
class TimelineFeed final : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    TimelineFeed(app::RunService& runs, TimelineView& view, QObject* parent = nullptr);

    /// Who watches the services of the workspace with this id; nullptr: nobody.
    using HealthOf = std::function<const app::HealthService*(const QString& workspaceId)>;
    /// How the services of the run's workspace fared is shown as well.
    void observeWith(HealthOf healthOf) { m_healthOf = std::move(healthOf); }
    /// With what has happened so far.
    void open(const models::RunId& run, const QList<models::Event>& events);
    void leave();
    /// How the services fared from the run's start on, as far as it is known.
    [[nodiscard]] models::HealthCourse course() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add(const QList<models::Event>& events);
    void show();

    app::RunService& m_runs;
    TimelineView& m_view;
    HealthOf m_healthOf;
    models::RunId m_run;
    models::RunId m_shown;
    models::TimelineRecord m_record;
};

} // namespace ui
