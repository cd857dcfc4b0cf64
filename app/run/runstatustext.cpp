// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runstatustext.h"

#include "models/run/waves.h"

namespace app {

namespace {

/// ", wave 2 of 3 (beta)" while the rollout is staged and under way; else empty.
QString waveText(const models::RunState& state) {
    const QList<models::WaveProgress> waves = models::wavesOf(state);
    for (int i = 0; i < waves.size(); ++i) {
        if (waves[i].progress.done < waves[i].progress.total)
            return u", wave %1 of %2 (%3)"_qs.arg(i + 1).arg(waves.size()).arg(waves[i].name);
    }
    return {};
}

} // namespace

QString runStatusText(const models::RunState& state, models::Instant now) {
    const models::Plan& plan = *state.plan;
    const models::Progress progress = models::progressOf(state, plan.mainLane());
    const qint64 minutes = state.startedAt.isNull()
                               ? 0
                               : (now.nanoseconds - state.startedAt.nanoseconds) / 60'000'000'000;
    const QString title =
        plan.runbook.title.isEmpty() ? plan.context.runbookPath : plan.runbook.title;
    const QString standing =
        state.status == models::RunStatus::Closed
            ? models::runOutcomeName(state.outcome)
            : (state.paused ? u"paused"_qs : models::runStatusName(state.status));
    const QString first = u"%1 in %2: %3, %4 of %5 steps done, %6 min"_qs.arg(
        title, plan.context.environment, standing, QString::number(progress.done),
        QString::number(progress.total), QString::number(minutes));
    const int next = models::nextOpenStep(state);
    QString second = u"Nothing is open."_qs;
    if (next >= 0) {
        const models::Step& step = plan.steps[next].step;
        const QString owner = state.step(step.id).owner;
        second = u"Next: %1 (%2)"_qs.arg(
            step.title, models::stepStatusName(models::effectiveStatus(state, next)));
        if (!owner.isEmpty())
            second += u", "_qs + owner;
    }
    return first + waveText(state) + u'\n' + second;
}

} // namespace app
