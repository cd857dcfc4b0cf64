// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "app/runprogress.h"

#include <QObject>

#include <optional>

namespace app {

/// What a person says of a rollback beforehand, where there is no window to ask in.
struct RollbackWish {
    QString reason;
    QString typed;      ///< the environment's name, where it is protected or steps are destructive
    QStringList needed; ///< titles or ids of conditional steps
    QStringList notNeeded; ///< likewise
    bool rehearse = false; ///< shows the way back and begins nothing
};

/// One run without a window: runs what needs no person, with progress on standard output, until
/// everything is done or a step needs a person. Interrupting it lets go of the run; what runs goes
/// on at its place. A run that is taken back is followed into the one that does it.
class HeadlessRun : public QObject {
    Q_OBJECT

public:
    enum class Resume { No, Only, OrStart };

    explicit HeadlessRun(RunService& runs);

    /// Goes on over locks that hold it up, for this reason: those that nobody can be sure of, and
    /// in an environment that is not protected those of others.
    void setOverride(const QString& reason) { m_override = reason; }
    /// These words have been said: where they are why nothing begins, they are not said again.
    void setTold(const QString& words) { m_refusal = words; }

    /// The run given, or the newest unfinished one of the plan's runbook and environment.
    [[nodiscard]] models::Result<RunSummary> unfinished(const models::RunId& run,
                                                        const models::Plan* plan);
    /// All turn until the run is over or stops, and give the exit status.
    int start(const models::PlanPointer& plan, const QMap<QString, QString>& variables);
    int resume(const models::RunId& run);
    /// Begins the rollback of the run, or goes on with the one that was begun.
    int rollBack(const models::RunId& run, const RollbackWish& wish);

private:
    int turn(const QFuture<models::Result<models::RunId>>& opening);
    void opened(const models::RunId& run, const QString& heldBy, const QString& problem);
    void beginWhenFree();
    void takeBack(const models::RunState& state);
    [[nodiscard]] models::Result<models::RollbackDecisions>
    decisionsFor(const models::RunState& state) const;
    void report(const models::RunId& run, const QList<models::Event>& events);
    void closed(const models::RunState& state);
    void stopped(const models::StepId& step, const QString& reason);
    [[nodiscard]] bool takeOverLocks();
    void locksChanged();
    void interrupted();
    void leave(int status);
    [[nodiscard]] QString resumeHint() const;

    RunService& m_runs;
    RunProgress m_progress;
    models::RunId m_run;
    models::RunId m_asked; ///< that was to be opened; empty: a new one
    models::PlanPointer m_plan;
    std::optional<RollbackWish> m_wish; ///< the run is to be taken back
    int m_status = 0;                   ///< once the run is closed
    QString m_override;                 ///< empty: nothing is gone over
    QString m_refusal;                  ///< told last, with nothing recorded since
    bool m_isTakingOver = false;        ///< locks, which is done once
    bool m_isWaiting = false;           ///< what is taken back still runs
    bool m_left = false;
};

} // namespace app
