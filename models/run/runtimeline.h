// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/healthcourse.h"
#include "models/run/runstate.h"

namespace models {

/// Everything that happened around a run, on one axis of time. A value.
struct RunTimeline {
    Instant from;
    Instant to; ///< when the run was closed, else up to when it is told
    bool goesOn = false;
    QList<TimelineRow> rows; ///< by lane; those in which nothing happened are left out
    QList<TimelineCurve> curves;

    /// The rows stand before those of the steps.
    void add(const HealthCourse& course);
};

/// Keeps of a run's events what its state does not: when a trigger held, what a gate and a watch
/// saw at which time, and who decided what. Pure; the events come in their order.
class TimelineRecord {
public:
    void add(const Event& event);
    /// With what the state knows beside it: attempts with their times, versions, gates. now: up to
    /// when it is told of a run that is not closed.
    [[nodiscard]] RunTimeline timeline(const RunState& state, Instant now) const;

private:
    void addHold(const Event& event);
    void addGate(const Event& event);
    void addTrigger(const Event& event);
    void addWatch(const Event& event);
    void addDecision(const Event& event);

    [[nodiscard]] QList<TimelineRow> waveRows(const RunState& state) const;
    [[nodiscard]] QString holdWords(const RunState& state, int planIndex) const;

    QHash<StepId, Instant> m_holds; ///< since when gates, waits and approvals hold or held
    QHash<StepId, QList<TimelineSpan>> m_gates;
    QMap<QString, QList<TimelineSpan>> m_triggers;
    QList<TimelineSpan> m_watch;
    QList<TimelineSpan> m_people;
    bool m_isWatchGood = false; ///< the event before ended the watch, with nobody's doing
};

} // namespace models
