// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/verdict.h"
#include "models/health/healthtraces.h"
#include "models/health/logtally.h"
#include "models/health/probehealth.h"
#include "models/run/runstate.h"

#include <QList>

#include <optional>

namespace models {

/// What a row of the axis is about.
enum class TimelineLane { Version, Health, Wave, Step, Gate, Trigger, Watch, Person };

/// From when to when something was so.
struct TimelineSpan {
    Instant from;
    Instant to; ///< equal to from: it was a moment; null: it goes on
    /// What it came to; nothing where it is neither good nor bad, or not decided yet.
    std::optional<Verdict> verdict;
    QString words; ///< what it was, without its time
    StepId step;   ///< that it is about; empty: none

    bool operator==(const TimelineSpan&) const = default;
};

struct TimelineRow {
    TimelineLane lane = TimelineLane::Step;
    QString name;
    QList<TimelineSpan> spans; ///< by their beginning

    bool operator==(const TimelineRow&) const = default;
};

/// A latency along the axis.
struct TimelineCurve {
    QString name;
    TracePoints points; ///< seconds

    [[nodiscard]] double highest() const;
};

/// How services fared while a run was under way.
struct HealthCourse {
    QList<TimelineRow> rows; ///< of the lane Health
    QList<TimelineCurve> curves;
};

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

/// How one probe fared: from when to when it came to what, and the p95 of what was measured.
void addCourse(HealthCourse& course, const QString& name, const ProbeHealth& probe, Instant from,
               Instant to);

/// Adds a row for each class of which many lines came at once in that time.
void addBursts(HealthCourse& course, const QString& service, const LogTally& tally, Instant from,
               Instant to);

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
