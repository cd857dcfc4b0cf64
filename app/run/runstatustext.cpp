// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runstatustext.h"

#include "models/run/approvalrule.h"
#include "models/run/waves.h"

namespace app {

namespace {

using models::Instant;
using models::RunState;
using models::StepStatus;

QString sinceText(Instant from, Instant now) {
    const qint64 minutes =
        from.isNull() || now < from ? 0 : (now.nanoseconds - from.nanoseconds) / 60'000'000'000;
    return minutes < 120 ? u"%1 min"_qs.arg(minutes)
                         : u"%1 h %2 min"_qs.arg(minutes / 60).arg(minutes % 60);
}

QString clockText(Instant at) {
    return at.toDateTime().toString(u"yyyy-MM-dd HH:mm 'UTC'"_qs);
}

/// ", wave 2 of 3 (beta)" while the rollout is staged and under way; else empty.
QString waveText(const RunState& state) {
    const QList<models::WaveProgress> waves = models::wavesOf(state);
    for (int i = 0; i < waves.size(); ++i) {
        if (waves[i].progress.done < waves[i].progress.total)
            return u", wave %1 of %2 (%3)"_qs.arg(i + 1).arg(waves.size()).arg(waves[i].name);
    }
    return {};
}

QString headLine(const RunState& state, Instant now) {
    const models::Plan& plan = *state.plan;
    const models::PlanContext& context = plan.context;
    const models::Progress progress = models::progressOf(state, plan.mainLane());
    QStringList target;
    for (auto it = context.target.cbegin(); it != context.target.cend(); ++it)
        target.append((it.key() + u' ' + it.value()).trimmed());
    const QString title = plan.runbook.title.isEmpty() ? context.runbookPath : plan.runbook.title;
    const QString standing =
        state.status == models::RunStatus::Closed
            ? models::runOutcomeName(state.outcome)
            : (state.paused ? u"paused"_qs : models::runStatusName(state.status));
    const Instant until = state.closedAt.isNull() ? now : state.closedAt;
    return u"%1%2 in %3: %4, %5 of %6 steps done, %7"_qs.arg(
               title, target.isEmpty() ? QString() : u" ("_qs + target.join(u", "_qs) + u')',
               context.environment, standing, QString::number(progress.done),
               QString::number(progress.total), sinceText(state.startedAt, until)) +
           waveText(state);
}

/// What an approval has, and until when.
QString approvalText(const RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    const models::StepState& standing = state.step(step.id);
    QString text = u"%1 of %2 approved"_qs.arg(standing.approvals)
                       .arg(models::approvalTerms(*state.plan, step).by);
    for (const models::Say& say : standing.says)
        text += u", %1 by %2%3"_qs.arg(say.isGo ? u"go"_qs : u"no-go"_qs, say.name,
                                       say.verified ? u" (verified)"_qs : QString());
    if (standing.request.expired)
        text += u", expired"_qs;
    else if (!standing.request.deadline.isNull())
        text += u", open until "_qs + clockText(standing.request.deadline);
    return text;
}

QString nextLine(const RunState& state, Instant now) {
    const int next = models::nextOpenStep(state);
    if (state.givenAway)
        return models::givenAwayReason(state);
    if (next < 0)
        return u"Nothing is open."_qs;
    const models::Step& step = state.plan->steps[next].step;
    const models::StepState& standing = state.step(step.id);
    const StepStatus status = models::effectiveStatus(state, next);
    QString text =
        u"%1: %2 (%3"_qs.arg(status == StepStatus::Waiting ? u"Waits for"_qs : u"Next"_qs,
                             step.title, models::stepStatusName(status));
    if (!standing.changedAt.isNull() && status != StepStatus::Pending)
        text += u" for "_qs + sinceText(standing.changedAt, now);
    text += u')';
    if (!standing.owner.isEmpty())
        text += u", "_qs + standing.owner;
    if (!standing.reason.isEmpty() && status != StepStatus::Pending)
        text += u": "_qs + standing.reason;
    return text;
}

/// Of gates and approvals, those that people would ask about.
QStringList gateLines(const RunState& state) {
    QStringList lines;
    for (int index = 0; index < state.plan->steps.size(); ++index) {
        const models::Step& step = state.plan->steps[index].step;
        const models::StepState& standing = state.step(step.id);
        const bool isOpen =
            standing.status == StepStatus::Waiting || standing.status == StepStatus::Failed;
        const auto gate = state.gates.constFind(step.id);
        if (models::isApproval(step) && (isOpen || !standing.says.isEmpty()))
            lines.append(u"Approval “%1”: %2"_qs.arg(step.title, approvalText(state, index)));
        else if (isOpen && gate != state.gates.cend())
            lines.append(u"Gate “%1”: %2, %3"_qs.arg(step.title, models::verdictName(gate->verdict),
                                                     gate->words.isEmpty() ? u"not read yet"_qs
                                                                           : gate->words));
    }
    return lines;
}

} // namespace

QString runStatusText(const RunState& state, Instant now) {
    QStringList lines{headLine(state, now), nextLine(state, now)};
    lines += gateLines(state);
    for (auto trigger = state.triggers.cbegin(); trigger != state.triggers.cend(); ++trigger) {
        if (trigger->holds)
            lines.append(u"Trigger “%1” holds since %2%3: %4"_qs.arg(
                trigger.key(), clockText(trigger->since),
                trigger->acknowledged ? u", acknowledged by "_qs + trigger->acknowledgedBy
                                      : QString(),
                trigger->words));
    }
    if (state.watch && state.watch->isUnderWay())
        lines.append(u"Watched until %1, %2"_qs.arg(clockText(state.watch->until),
                                                    models::verdictName(state.watch->verdict)));
    if (state.status != models::RunStatus::Closed)
        lines.append(u"As of "_qs + clockText(now));
    return lines.join(u'\n');
}

} // namespace app
