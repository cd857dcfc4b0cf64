// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace app {

/// One run without a window: runs what needs no person, with progress on standard output, until
/// everything is done or a step needs a person. Interrupting it lets go of the run; what runs goes
/// on at its place.
class HeadlessRun : public QObject {
    Q_OBJECT

public:
    enum class Resume { No, Only, OrStart };

    explicit HeadlessRun(RunService& runs);

    /// The run given, or the newest unfinished one of the plan's runbook and environment.
    [[nodiscard]] models::Result<models::RunId> unfinished(const models::RunId& run,
                                                           const models::Plan* plan);
    /// The folder that a run of the journal was made from.
    [[nodiscard]] QString workspaceOf(const models::RunId& run);
    /// Both turn until the run is over or stops, and give the exit status.
    int start(const models::PlanPointer& plan, const QMap<QString, QString>& variables);
    int resume(const models::RunId& run);

private:
    int turn(const QFuture<models::Result<models::RunId>>& opening);
    void opened(const models::RunId& run, const QString& heldBy, const QString& damage);
    void report(const QList<models::Event>& events);
    void reportOutput(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    [[nodiscard]] bool reportObserved(const models::Event& event);
    void reportGate(const models::Step& step, const models::Event& event);
    void reportWatch(const models::Event& event);
    void reportEnd(const models::Step& step, const models::AttemptKey& attempt);
    void reportHosts(const models::StepId& step);
    void flushOutput(const models::AttemptKey& attempt);
    [[nodiscard]] QString outputMark(const models::AttemptKey& attempt, int stream) const;
    void stopped(const models::StepId& step, const QString& reason);
    void interrupted();
    void leave(int status);
    [[nodiscard]] QString resumeHint() const;

    RunService& m_runs;
    models::RunId m_run;
    models::PlanPointer m_plan;
    /// The unfinished line of each stream.
    QHash<QPair<models::AttemptKey, int>, QByteArray> m_lines;
    std::optional<models::Verdict> m_watched; ///< what the watch came to when it was last told
    bool m_left = false;
};

/// Prints what a run of this plan would run, resolved. Status 1 where something is missing.
int rehearse(const models::PlanPointer& plan, const QMap<QString, QString>& variables);

} // namespace app
