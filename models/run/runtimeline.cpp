// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runtimeline.h"

#include "models/health/healthvalue.h"
#include "models/run/decisionwords.h"
#include "models/run/event.h"
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

} // namespace

void RunTimeline::add(const HealthCourse& course) {
    const auto behind = std::find_if(rows.begin(), rows.end(), [](const TimelineRow& row) {
        return row.lane > TimelineLane::Health;
    });
    const auto at = behind - rows.begin();
    for (qsizetype i = 0; i < course.rows.size(); ++i)
        rows.insert(at + i, course.rows[i]);
    curves += course.curves;
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
