// SPDX-License-Identifier: GPL-3.0-or-later
// What a run was decided on, as tables that every format of a report has.
#include "app/run/reportformats.h"
#include "models/run/approvalrule.h"
#include "models/run/standing.h"

#include <algorithm>

namespace app {

namespace {

using models::RunState;
using models::verdictName;

ReportTable versions(const RunState& state) {
    ReportTable table{
        QStringLiteral("Versions"),
        {QStringLiteral("Service"), QStringLiteral("Before"), QStringLiteral("Target")},
        {},
        {}};
    const models::PlanContext& context = state.plan->context;
    QStringList services = context.previous.keys() + context.target.keys();
    services.sort();
    services.removeDuplicates();
    for (const QString& service : std::as_const(services))
        table.rows.append({service.isEmpty() ? QStringLiteral("–") : service,
                           context.previous.value(service, QStringLiteral("not known")),
                           context.target.value(service, QStringLiteral("not given"))});
    return table;
}

/// A line for the gate, then one for each reading that it passed on.
void addGate(ReportTable& table, const RunState& state, int index, const models::GateState& gate) {
    const models::Step& planned = state.plan->steps[index].step;
    const models::StepState& step = state.step(planned.id);
    const QString words = step.reason.isEmpty() ? gate.words : step.reason;
    const bool isDecided = step.status != models::StepStatus::Waiting;
    table.rows.append({planned.title, models::standingWords(state, index),
                       readableTime(gate.enteredAt) + QStringLiteral(" to ") +
                           readableTime(isDecided ? step.changedAt : state.closedAt),
                       words});
    for (const models::GateSample& sample : gate.decidedOn)
        table.rows.append(
            {QString(), verdictName(sample.verdict), readableTime(sample.at), sample.words});
}

ReportTable gates(const RunState& state) {
    ReportTable table{QStringLiteral("Gates"),
                      {QStringLiteral("Gate"), QStringLiteral("Verdict"), QStringLiteral("When"),
                       QStringLiteral("Numbers")},
                      {},
                      {}};
    for (int index = 0; index < state.plan->steps.size(); ++index) {
        const auto gate = state.gates.constFind(state.plan->steps[index].step.id);
        if (gate != state.gates.cend())
            addGate(table, state, index, *gate);
    }
    return table;
}

ReportTable approvals(const RunState& state) {
    ReportTable table{QStringLiteral("Approvals"),
                      {QStringLiteral("Step"), QStringLiteral("Who"), QStringLiteral("Said"),
                       QStringLiteral("How"), QStringLiteral("When"), QStringLiteral("Remark")},
                      {},
                      {}};
    for (const models::PlanStep& planned : state.plan->steps) {
        for (const models::Say& say : state.step(planned.step.id).says)
            table.rows.append(
                {planned.step.title, say.name,
                 say.isGo ? QStringLiteral("go") : QStringLiteral("no-go"),
                 say.verified ? QStringLiteral("verified, signed with %1").arg(say.key)
                 : say.counts ? QStringLiteral("recorded, not verified")
                              : QStringLiteral("recorded, not verified; it did not count"),
                 readableTime(say.at), say.remark});
    }
    return table;
}

ReportTable risks(const RunState& state) {
    ReportTable table{QStringLiteral("Known risks"),
                      {QStringLiteral("Risk"), QStringLiteral("Acknowledged")},
                      {},
                      {}};
    for (const models::RiskTaken& taken : state.risksTaken) {
        const QString who = QStringLiteral("%1 by %2").arg(readableTime(taken.at), taken.by);
        table.rows.append(
            {taken.risk, taken.remark.isEmpty() ? who : who + QStringLiteral(": ") + taken.remark});
    }
    for (const QString& risk : models::knownRisks(*state.plan)) {
        const auto isThis = [&risk](const models::RiskTaken& taken) { return taken.risk == risk; };
        if (std::none_of(state.risksTaken.cbegin(), state.risksTaken.cend(), isThis))
            table.rows.append({risk, QStringLiteral("by nobody")});
    }
    return table;
}

ReportTable triggers(const RunState& state) {
    ReportTable table{QStringLiteral("Triggers"),
                      {QStringLiteral("Trigger"), QStringLiteral("Armed"), QStringLiteral("Held"),
                       QStringLiteral("Numbers"), QStringLiteral("Decided")},
                      {},
                      {}};
    for (auto it = state.triggers.cbegin(); it != state.triggers.cend(); ++it) {
        const models::TriggerStanding& trigger = *it;
        const QString held = trigger.times == 0 ? QStringLiteral("never")
                                                : QStringLiteral("%1 times, last %2 %3")
                                                      .arg(trigger.times)
                                                      .arg(trigger.holds ? QStringLiteral("since")
                                                                         : QStringLiteral("until"),
                                                           readableTime(trigger.since));
        const QString decided = trigger.acknowledged
                                    ? QStringLiteral("%1 went on: %2")
                                          .arg(trigger.acknowledgedBy, trigger.acknowledgedBecause)
                                    : QString();
        table.rows.append({it.key(), readableTime(trigger.armedAt), held, trigger.words, decided});
    }
    return table;
}

ReportTable watch(const RunState& state) {
    ReportTable table{QStringLiteral("Watch"),
                      {QStringLiteral("Criterion"), QStringLiteral("Verdict at the end"),
                       QStringLiteral("Numbers")},
                      {},
                      {}};
    if (!state.watch)
        return table;
    const models::WatchState& seen = *state.watch;
    table.remark =
        QStringLiteral("%1. From %2, for %3. %4")
            .arg(seen.isUnderWay() ? QStringLiteral("Under way") : verdictName(seen.result),
                 readableTime(seen.startedAt), readableDuration(seen.startedAt, seen.until),
                 seen.isUnderWay() ? models::watchFinding(seen).observed : seen.words);
    if (!seen.endedBecause.isEmpty())
        table.remark += QStringLiteral(" Ended by %1: %2").arg(seen.endedBy, seen.endedBecause);
    for (const models::CriterionSeen& criterion : seen.criteria)
        table.rows.append({criterion.condition, verdictName(criterion.verdict), criterion.words});
    return table;
}

ReportTable rollback(const RunState& state) {
    ReportTable table{QStringLiteral("Rollback"),
                      {QStringLiteral("Looked at"), QStringLiteral("Expected"),
                       QStringLiteral("Verdict"), QStringLiteral("Observed")},
                      {},
                      {}};
    QStringList remarks;
    if (state.plan->isRollback())
        remarks.append(QStringLiteral("This run took run %1 back.")
                           .arg(state.plan->context.rollbackOf.text()));
    if (state.rollback)
        remarks.append(QStringLiteral("Taken back by run %1, ordered by %2 at %3: %4")
                           .arg(state.rollback->run.text(), state.rollback->actor,
                                readableTime(state.rollback->at), state.rollback->reason));
    if (state.releaseBlock)
        remarks.append(QStringLiteral("The release is blocked by %1 since %2: %3")
                           .arg(state.releaseBlock->actor, readableTime(state.releaseBlock->at),
                                state.releaseBlock->reason));
    if (state.verification) {
        remarks.append(
            QStringLiteral("Whether it led back: %1. %2")
                .arg(verdictName(state.verification->verdict), state.verification->reason));
        for (const models::RollbackObservation& one : state.verification->observations)
            table.rows.append(
                {one.what, one.expected, verdictName(one.finding.verdict),
                 one.finding.observed.isEmpty() ? one.finding.reason : one.finding.observed});
    }
    table.remark = remarks.join(QLatin1Char(' '));
    return table;
}

ReportTable leftRunning(const RunState& state) {
    ReportTable table{QStringLiteral("Left running"),
                      {QStringLiteral("Step"), QStringLiteral("Place"),
                       QStringLiteral("Background processes"),
                       QStringLiteral("When the step ended")},
                      {},
                      {}};
    for (const models::PlanStep& planned : state.plan->steps) {
        for (const models::Attempt& attempt : state.step(planned.step.id).attempts) {
            if (attempt.leftBehind > 0)
                table.rows.append({planned.step.title, attempt.place,
                                   QString::number(attempt.leftBehind),
                                   readableTime(attempt.finishedAt)});
        }
    }
    if (!table.rows.isEmpty())
        table.remark = QStringLiteral("Whether they still run was not looked at afterwards.");
    return table;
}

ReportTable people(const models::RunTimeline& timeline) {
    ReportTable table{QStringLiteral("Who decided what"),
                      {QStringLiteral("When"), QStringLiteral("Decision")},
                      {},
                      {}};
    for (const models::TimelineRow& row : timeline.rows) {
        if (row.lane != models::TimelineLane::Person)
            continue;
        for (const models::TimelineSpan& span : row.spans)
            table.rows.append({readableTime(span.from), span.words});
    }
    return table;
}

} // namespace

QList<ReportTable> reportTables(const RunRecord& record) {
    if (!record.state.plan)
        return {};
    const RunState& state = record.state;
    QList<ReportTable> tables{versions(state), gates(state),       approvals(state),
                              risks(state),    triggers(state),    watch(state),
                              rollback(state), leftRunning(state), people(record.timeline)};
    tables.removeIf(
        [](const ReportTable& table) { return table.rows.isEmpty() && table.remark.isEmpty(); });
    return tables;
}

} // namespace app
