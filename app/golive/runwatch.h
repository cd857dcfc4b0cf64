// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/golive/watchedrun.h"
#include "app/health/environmentwatch.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <vector>

namespace app {

class JournalStore;
class Notifier;

/// Observes the runs that are driven here, for as long as they are open: their gates, their armed
/// triggers and the watch after them, each as often as it asks for. What is seen becomes events of
/// the run, and what follows is decided on those; after a crash it is taken up where they stand.
/// Main thread.
class RunWatch final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        RunService& runs;
        JournalStore& journal;
        Notifier& desktop;
    };

    /// The parts outlive it. now: of the system's clock, where nothing else is given.
    explicit RunWatch(const Parts& parts, HealthService::Now now = {}, QObject* parent = nullptr);
    ~RunWatch() override;

    /// From now on runs of the workspace that is watched there are observed through it, for as
    /// long as it lives. A run of a workspace that nobody watches stands on unknown.
    void attend(EnvironmentWatch& watch);

    /// What is being read of a run; nullptr where it is not driven here.
    [[nodiscard]] const WatchedRun* watched(const models::RunId& run) const;

    /// Whether a run of that environment of the workspace, which is driven here, asks about this
    /// trigger when it holds.
    [[nodiscard]] bool asksAbout(const QString& workspaceId, const QString& environment,
                                 const QString& trigger) const;

    /// The run goes on although the trigger holds; it asks again when it was clear for a while.
    void acknowledgeTrigger(const models::RunId& run, const QString& trigger,
                            const QString& reason);
    void endWatch(const models::RunId& run, const QString& reason);

Q_SIGNALS:
    /// Something of it was read.
    void observed(const models::RunId& run);

private:
    void followRun(const models::RunId& run, const QList<models::Event>& events);
    void follow(const models::RunId& run);
    void tell(const models::RunState& state, const QList<models::Event>& events);
    void tellHeld(const models::RunState& state, const QString& trigger);
    void tellMissed(const models::RunState& state, const models::StepId& gate);
    void tick();
    void schedule();
    void askPromotion(const models::RunState& state, const models::StepId& step);
    void consult(const models::RunState& state, const WatchedRun::Ask& ask) const;
    void submit(const models::RunId& run, const std::vector<Intent>& intents);

    Parts m_parts;
    std::vector<QPointer<EnvironmentWatch>> m_attended;
    HealthService::Now m_now;
    QHash<models::RunId, WatchedRun> m_runs;
    QTimer m_timer;
};

} // namespace app
