// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/event.h"

#include <QHash>

#include <optional>

namespace app {

/// What happens in one run, told on standard output: steps, their output, gates, triggers and the
/// watch. Main thread.
class RunProgress {
public:
    explicit RunProgress(RunService& runs);

    /// From now on this one is told of, which is open here.
    void follow(const models::RunId& run);
    /// Of the run that is followed, folded in already.
    void report(const QList<models::Event>& events);
    void reportOutput(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);

private:
    [[nodiscard]] bool reportObserved(const models::Event& event);
    void reportGate(const models::Step& step, const models::Event& event);
    void reportWatch(const models::Event& event);
    void reportEnd(const models::Step& step, const models::AttemptKey& attempt);
    void reportHosts(const models::StepId& step);
    void flushOutput(const models::AttemptKey& attempt);
    [[nodiscard]] QString outputMark(const models::AttemptKey& attempt, int stream) const;

    RunService& m_runs;
    models::RunId m_run;
    models::PlanPointer m_plan;
    /// The unfinished line of each stream.
    QHash<QPair<models::AttemptKey, int>, QByteArray> m_lines;
    std::optional<models::Verdict> m_watched; ///< what the watch came to when it was last told
};

} // namespace app
