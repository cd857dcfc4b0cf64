// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runtimeline.h"

#include "models/health/healthvalue.h"
#include "models/run/event.h"
#include "models/run/timeline.h"
#include "models/run/waves.h"

#include <QJsonArray>

#include <algorithm>

namespace models {

namespace {

QString textOf(const Event& event, QStringView key) {
    return event.payload.value(key).toString();
}

StepId stepOf(const Event& event) {
    return StepId(textOf(event, u"step"));
}

/// "what: why", where there is a why.
QString withReason(const QString& what, const QString& why) {
    return why.isEmpty() ? what : QStringLiteral("%1: %2").arg(what, why);
}

/// Ends the newest span, where it goes on.
void endAt(QList<TimelineSpan>& spans, Instant at) {
    if (!spans.isEmpty() && spans.last().to.isNull())
        spans.last().to = std::max(spans.last().from, at);
}

/// Words of the criteria that are to be told: those of this verdict.
QString criteriaWords(const Event& event, Verdict verdict) {
    QStringList words;
    for (const QJsonValue& value : event.payload.value(u"criteria").toArray()) {
        const QJsonObject criterion = value.toObject();
        if (verdictFromName(criterion.value(u"verdict").toString()) == verdict)
            words.append(criterion.value(u"words").toString());
    }
    words.removeAll(QString());
    return words.join(QStringLiteral("; "));
}

/// That a host's lock was taken from somebody, or that there is none; empty where it was free.
QString lockWords(const Event& event) {
    const QString host = textOf(event, u"host");
    if (event.payload.contains(u"over"))
        return withReason(
            u"took the lock of %1 over from %2"_qs.arg(host, textOf(event, u"holder")),
            textOf(event, u"reason"));
    const bool isLacking = event.payload.contains(u"lacking");
    return isLacking ? withReason(u"went on without the lock of %1"_qs.arg(host),
                                  textOf(event, u"reason"))
                     : QString();
}

QString sayWords(const Event& event, const QString& said) {
    const QString how =
        event.payload.value(u"verified").toBool() ? u"verified"_qs : u"recorded, not verified"_qs;
    return withReason(u"%1 %2, %3"_qs.arg(textOf(event, u"name"), said, how),
                      textOf(event, u"remark"));
}

QString driverWords(const Event& event) {
    if (event.payload.contains(u"to"))
        return u"handed the run over to %1"_qs.arg(textOf(event, u"to"));
    const QString from = textOf(event, u"from");
    if (from.isEmpty())
        return u"took the run up at another console"_qs;
    const QString reason = textOf(event, u"reason");
    return reason.isEmpty() ? u"took the run over from %1"_qs.arg(from)
                            : withReason(u"took the run back"_qs, reason);
}

/// What a person decided, in words; empty for what is no decision.
QString decisionWords(const Event& event) {
    const QString reason = textOf(event, u"reason");
    switch (event.kind) {
    case EventKind::StepConfirmed:
        return withReason(event.payload.value(u"passed").toBool() ? u"confirmed"_qs
                                                                  : u"said it did not pass"_qs,
                          textOf(event, u"remark"));
    case EventKind::StepSkipped:
        return withReason(u"skipped"_qs, reason);
    case EventKind::StepMarkedPassed:
        return withReason(u"marked as passed"_qs, textOf(event, u"evidence"));
    case EventKind::StepReopened:
        return u"reopened"_qs;
    case EventKind::NoteAdded:
        return withReason(u"note"_qs, textOf(event, u"text"));
    case EventKind::CommandAdded:
        return u"added a command"_qs;
    case EventKind::CancelRequested:
        return withReason(u"asked to stop"_qs, reason);
    case EventKind::GateOverridden:
        return withReason(u"overrode the gate"_qs, reason);
    case EventKind::ApprovalGiven:
        return sayWords(event, u"approved"_qs);
    case EventKind::ApprovalRejected:
        return sayWords(event, u"rejected"_qs);
    case EventKind::ApprovalRequested:
        return withReason(u"asked for approval"_qs, reason);
    case EventKind::ApprovalExpired:
        return u"the approval expired"_qs;
    case EventKind::RiskAcknowledged:
        return withReason(u"acknowledged the risk “%1”"_qs.arg(textOf(event, u"risk")),
                          textOf(event, u"remark"));
    case EventKind::TriggerAcknowledged:
        return withReason(u"went on in spite of “%1”"_qs.arg(textOf(event, u"trigger")), reason);
    case EventKind::RunPaused:
        return u"paused the run"_qs;
    case EventKind::RunResumed:
        return u"resumed the run"_qs;
    case EventKind::DriverChanged:
        return driverWords(event);
    case EventKind::LockTaken:
        return lockWords(event);
    case EventKind::RollbackStarted:
        return withReason(u"rolled back"_qs, reason);
    case EventKind::ReleaseBlocked:
        return withReason(u"blocked the release"_qs, reason);
    case EventKind::ReleaseUnblocked:
        return withReason(u"lifted the block"_qs, reason);
    case EventKind::EvidencePinned:
        return withReason(u"pinned log lines"_qs, textOf(event, u"remark"));
    case EventKind::WatchEnded:
        return reason.isEmpty() ? QString() : withReason(u"ended the watch"_qs, reason);
    case EventKind::RunClosed:
        return withReason(u"closed the run, %1"_qs.arg(textOf(event, u"outcome")), reason);
    default:
        return {};
    }
}

QString targetWords(const Target& target) {
    QStringList parts;
    for (auto it = target.cbegin(); it != target.cend(); ++it)
        parts.append((it.key() + u' ' + it.value()).trimmed());
    return parts.join(QStringLiteral(", "));
}

TimelineRow versionRow(const RunState& state) {
    TimelineRow row{TimelineLane::Version, u"Versions"_qs, {}};
    const PlanContext& context = state.plan->context;
    QStringList words;
    if (!context.previous.isEmpty())
        words.append(u"before: %1"_qs.arg(targetWords(context.previous)));
    if (!context.target.isEmpty())
        words.append(u"target: %1"_qs.arg(targetWords(context.target)));
    if (!words.isEmpty())
        row.spans.append({state.startedAt, state.startedAt, {}, words.join(u"; "_qs), {}});
    if (state.verification) {
        for (const RollbackObservation& seen : state.verification->observations) {
            const QString observed =
                seen.finding.observed.isEmpty() ? seen.finding.reason : seen.finding.observed;
            row.spans.append({state.verification->at,
                              state.verification->at,
                              seen.finding.verdict,
                              u"%1: %2, expected %3"_qs.arg(seen.what, observed, seen.expected),
                              {}});
        }
    }
    return row;
}

std::optional<Verdict> verdictOf(StepStatus status) {
    switch (status) {
    case StepStatus::Passed:
        return Verdict::Pass;
    case StepStatus::Failed:
        return Verdict::Fail;
    case StepStatus::Unknown:
        return Verdict::Unknown;
    case StepStatus::Pending:
    case StepStatus::Blocked:
    case StepStatus::Running:
    case StepStatus::Waiting:
    case StepStatus::Skipped:
        return std::nullopt;
    }
    return std::nullopt;
}

/// A row for each place at which attempts were made.
QList<TimelineRow> stepRows(const RunState& state) {
    QMap<QString, QList<TimelineSpan>> places;
    for (const PlanStep& planned : state.plan->steps) {
        const StepState& step = state.step(planned.step.id);
        for (const Attempt& attempt : step.attempts) {
            const Instant end =
                isUnderWay(attempt) ? Instant() : std::max(attempt.startedAt, attempt.finishedAt);
            places[attempt.place].append({attempt.startedAt, end, verdictOf(attempt.verdict),
                                          withReason(planned.step.title, attempt.reason),
                                          planned.step.id});
        }
    }
    QList<TimelineRow> rows;
    for (auto it = places.cbegin(); it != places.cend(); ++it)
        rows.append({TimelineLane::Step, u"Steps at %1"_qs.arg(it.key()), it.value()});
    return rows;
}

/// With the titles of the steps that were decided on.
TimelineRow peopleRow(const RunState& state, const QList<TimelineSpan>& decisions) {
    TimelineRow row{TimelineLane::Person, u"People"_qs, decisions};
    for (TimelineSpan& span : row.spans) {
        if (const PlanStep* planned = state.plan->find(span.step))
            span.words = u"%1: %2"_qs.arg(planned->step.title, span.words);
    }
    return row;
}

bool isEarlier(const TimelineSpan& one, const TimelineSpan& other) {
    return one.from < other.from;
}

constexpr int bucketsOfCourse = 160; ///< as many as a picture tells apart

QString resultWords(const HealthSummary& summary) {
    return u"%1 passed, %2 failed, %3 unknown"_qs.arg(summary.passed)
        .arg(summary.failed)
        .arg(summary.unknown);
}

} // namespace

double TimelineCurve::highest() const {
    double highest = 0;
    for (const TracePoint& point : points)
        highest = std::max(highest, point.value);
    return highest;
}

void RunTimeline::add(const HealthCourse& course) {
    const auto behind = std::find_if(rows.begin(), rows.end(), [](const TimelineRow& row) {
        return row.lane > TimelineLane::Health;
    });
    const auto at = behind - rows.begin();
    for (qsizetype i = 0; i < course.rows.size(); ++i)
        rows.insert(at + i, course.rows[i]);
    curves += course.curves;
}

void addCourse(HealthCourse& course, const QString& name, const ProbeHealth& probe, Instant from,
               Instant to) {
    using std::chrono::milliseconds;
    const milliseconds every = probe.probe().every;
    const milliseconds share((to.nanoseconds - from.nanoseconds) / 1'000'000 / bucketsOfCourse);
    const std::vector<HealthSpan> spans =
        probe.series().spans(from, to, std::max({every, share, milliseconds(1000)}));
    if (spans.empty())
        return;
    TimelineRow row{TimelineLane::Health, name, {}};
    const std::int64_t lateness = std::chrono::nanoseconds(every).count() / 2; // that is no gap
    for (const HealthSpan& span : spans) {
        // A check stands for the time to the next one.
        const Instant end{std::min(to.nanoseconds, span.last.nanoseconds +
                                                       std::chrono::nanoseconds(every).count())};
        const Verdict verdict = verdictOf(span.summary);
        if (!row.spans.isEmpty() &&
            row.spans.last().to.nanoseconds + lateness >= span.first.nanoseconds) {
            row.spans.last().to = row.spans.last().verdict == verdict ? end : span.first;
            if (row.spans.last().verdict == verdict)
                continue;
        }
        row.spans.append({span.first, end, verdict, {}, {}});
    }
    for (TimelineSpan& span : row.spans)
        span.words = resultWords(probe.series().summary(span.from, span.to));
    course.rows.append(row);
    if (TracePoints p95 = latencyTraces(spans, every).p95; !p95.empty())
        course.curves.append({u"%1 p95"_qs.arg(name), std::move(p95)});
}

void addBursts(HealthCourse& course, const QString& service, const LogTally& tally, Instant from,
               Instant to) {
    for (qsizetype i = 0; i < tally.classes().size(); ++i) {
        TimelineRow row{
            TimelineLane::Health, u"%1 · log %2"_qs.arg(service, tally.classes()[i]), {}};
        for (const LogTally::Burst& burst : tally.bursts(i, from, to))
            row.spans.append({burst.from,
                              burst.to,
                              std::nullopt,
                              u"%1 lines of %2 at once"_qs.arg(burst.lines).arg(tally.classes()[i]),
                              {}});
        if (!row.spans.isEmpty())
            course.rows.append(row);
    }
}

void TimelineRecord::add(const Event& event) {
    addHold(event);
    addGate(event);
    addTrigger(event);
    addWatch(event);
    addDecision(event);
}

/// From when it was first waited for, until it was reopened.
void TimelineRecord::addHold(const Event& event) {
    const StepId step = stepOf(event);
    if (event.kind == EventKind::StepReopened)
        m_holds.remove(step);
    else if ((event.kind == EventKind::GateEntered || event.kind == EventKind::TimerSet ||
              event.kind == EventKind::ApprovalRequested) &&
             !m_holds.contains(step))
        m_holds.insert(step, event.at);
}

/// That the step held its wave, or does; empty where nothing was waited for.
QString TimelineRecord::holdWords(const RunState& state, int planIndex) const {
    const Step& step = state.plan->steps[planIndex].step;
    const auto since = m_holds.constFind(step.id);
    if (!holdsWave(step) || since == m_holds.cend())
        return {};
    const Tally& tally = state.standing.steps[planIndex];
    if (tally.done() < tally.total)
        return u"“%1” holds it"_qs.arg(step.title);
    const std::chrono::nanoseconds held(state.step(step.id).changedAt.nanoseconds -
                                        since->nanoseconds);
    return u"“%1” held it for %2"_qs.arg(step.title, durationWords(held));
}

/// A row for each wave that was entered, up to when the last of its steps was done.
QList<TimelineRow> TimelineRecord::waveRows(const RunState& state) const {
    const QList<WaveProgress> waves = wavesOf(state);
    QList<TimelineRow> rows;
    for (auto entered = state.wavesEntered.cbegin(); entered != state.wavesEntered.cend();
         ++entered) {
        const WaveProgress& wave = waves[entered.key()];
        Instant last = *entered;
        QStringList words{
            u"%1 of %2 steps done"_qs.arg(wave.progress.done).arg(wave.progress.total)};
        for (int index = wave.first; index < state.plan->steps.size(); ++index) {
            if (state.plan->steps[index].waveIndex != entered.key() || !state.plan->isLeaf(index))
                continue;
            last = std::max(last, state.step(state.plan->steps[index].step.id).changedAt);
            words.append(holdWords(state, index));
        }
        words.removeAll(QString());
        const bool isDone = wave.progress.done == wave.progress.total;
        rows.append({TimelineLane::Wave,
                     u"Wave “%1”"_qs.arg(wave.name),
                     {{*entered, isDone ? last : Instant(), verdictOf(wave.status),
                       words.join(u", "_qs), state.plan->steps[wave.first].step.id}}});
    }
    return rows;
}

void TimelineRecord::addGate(const Event& event) {
    if (event.kind == EventKind::GateEntered) {
        m_gates[stepOf(event)].append(
            {event.at, {}, {}, u"nothing observed yet"_qs, stepOf(event)});
        return;
    }
    const auto gate = m_gates.find(stepOf(event));
    if (gate == m_gates.end())
        return;
    if (event.kind == EventKind::GateObserved) {
        endAt(*gate, event.at);
        gate->append({event.at,
                      {},
                      verdictFromName(textOf(event, u"verdict")),
                      textOf(event, u"words"),
                      stepOf(event)});
    } else if (event.kind == EventKind::GatePassed) {
        endAt(*gate, event.at);
        gate->append({event.at, event.at, Verdict::Pass,
                      withReason(u"passed"_qs, textOf(event, u"remark")), stepOf(event)});
    }
}

void TimelineRecord::addTrigger(const Event& event) {
    const QString name = textOf(event, u"trigger");
    if (event.kind == EventKind::TriggerArmed)
        m_triggers[name].append({event.at, {}, {}, u"armed"_qs, {}});
    const auto spans = m_triggers.find(name);
    if (spans == m_triggers.end())
        return;
    if (event.kind == EventKind::TriggerHeld)
        spans->append({event.at, {}, Verdict::Fail, textOf(event, u"words"), {}});
    else if (event.kind == EventKind::TriggerCleared && spans->size() > 1)
        endAt(*spans, event.at);
}

void TimelineRecord::addWatch(const Event& event) {
    if (event.kind == EventKind::WatchStarted) {
        m_watch.append({Instant::fromString(textOf(event, u"from")), {}, {}, u"not seen"_qs, {}});
        return;
    }
    if (event.kind == EventKind::WatchEnded) {
        for (TimelineSpan& span : m_watch) {
            if (span.to.isNull())
                span.to = event.at;
        }
        return;
    }
    if (event.kind != EventKind::WatchObserved || m_watch.isEmpty())
        return;
    const Verdict verdict = verdictFromName(textOf(event, u"verdict"));
    const TimelineSpan span{Instant::fromString(textOf(event, u"from")),
                            Instant::fromString(textOf(event, u"to")),
                            verdict,
                            criteriaWords(event, verdict),
                            {}};
    TimelineSpan& last = m_watch.last();
    if (last.verdict == span.verdict && last.to >= span.from) {
        last.to = std::max(last.to, span.to);
        last.words = span.words;
    } else {
        m_watch.append(span);
    }
}

/// A watch that was good closes the run by itself, whoever's console looked.
void TimelineRecord::addDecision(const Event& event) {
    const bool isByWatch = m_isWatchGood && event.kind == EventKind::RunClosed;
    m_isWatchGood = event.kind == EventKind::WatchEnded &&
                    verdictFromName(textOf(event, u"verdict")) == Verdict::Pass &&
                    textOf(event, u"reason").isEmpty();
    if (const QString words = decisionWords(event); !words.isEmpty())
        m_people.append({event.at,
                         event.at,
                         {},
                         u"%1 %2"_qs.arg(isByWatch ? u"the watch"_qs : event.actor, words),
                         stepOf(event)});
}

RunTimeline TimelineRecord::timeline(const RunState& state, Instant now) const {
    RunTimeline timeline{state.startedAt, state.closedAt, state.closedAt.isNull(), {}, {}};
    if (timeline.goesOn)
        timeline.to = std::max(now, state.startedAt);
    if (!state.plan)
        return timeline;
    timeline.rows.append(versionRow(state));
    timeline.rows.append(waveRows(state));
    timeline.rows.append(stepRows(state));
    for (const PlanStep& planned : state.plan->steps) {
        QList<TimelineSpan> spans = m_gates.value(planned.step.id);
        if (state.step(planned.step.id).status != StepStatus::Waiting)
            endAt(spans, state.step(planned.step.id).changedAt);
        timeline.rows.append({TimelineLane::Gate, planned.step.title, spans});
    }
    for (auto it = m_triggers.cbegin(); it != m_triggers.cend(); ++it)
        timeline.rows.append({TimelineLane::Trigger, it.key(), it.value()});
    timeline.rows.append({TimelineLane::Watch, u"Watch"_qs, m_watch});
    timeline.rows.append(peopleRow(state, m_people));
    timeline.rows.removeIf([](const TimelineRow& row) { return row.spans.isEmpty(); });
    for (TimelineRow& row : timeline.rows) {
        std::stable_sort(row.spans.begin(), row.spans.end(), isEarlier);
        for (TimelineSpan& span : row.spans) {
            if (span.to.isNull() && !timeline.goesOn)
                span.to = std::max(span.from, timeline.to);
        }
    }
    return timeline;
}

} // namespace models
