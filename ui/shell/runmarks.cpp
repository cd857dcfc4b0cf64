// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/runmarks.h"

#include "app/run/runfeed.h"
#include "ui/theme/runtone.h"

#include <algorithm>

namespace ui {

namespace {

/// What is about a version takes it there.
MarkKind kindOf(const app::RunSummary& run) {
    if (!run.rollbackOf.isEmpty())
        return MarkKind::Rollback;
    return run.target.isEmpty() ? MarkKind::Run : MarkKind::Deploy;
}

TimeMark beginOf(const app::RunSummary& run) {
    const MarkKind kind = kindOf(run);
    const MarkSign sign = signOf(kind);
    QStringList versions;
    for (auto about = run.target.cbegin(); about != run.target.cend(); ++about)
        versions.append(about.key().isEmpty()
                            ? about.value()
                            : QStringLiteral("%1 %2").arg(about.key(), about.value()));
    const QString all = versions.join(QStringLiteral(", "));
    const QString words = kind == MarkKind::Rollback ? RunMarks::tr("rollback of %1 in %2 begun")
                          : kind == MarkKind::Deploy
                              ? RunMarks::tr("deploy of %3 by %1 in %2 begun")
                              : RunMarks::tr("run of %1 in %2 begun");
    const QString said = kind == MarkKind::Deploy
                             ? words.arg(run.runbookTitle, run.environment, all)
                             : words.arg(run.runbookTitle, run.environment);
    return {run.startedAt,  run.closedAt.isNull() ? run.lastEventAt : run.closedAt,
            sign.glyph,     sign.tone,
            said,           kind,
            run.environment};
}

TimeMark markOf(const models::PlanStep& step, const models::Attempt& attempt,
                models::StepStatus status, const QString& environment) {
    const bool isBack = step.step.lane == models::Lane::Rollback;
    const QString words = isBack ? RunMarks::tr("rollback step %1").arg(step.step.title)
                                 : RunMarks::tr("step %1").arg(step.step.title);
    const bool isFailed = status == models::StepStatus::Failed;
    const MarkKind kind = isBack ? MarkKind::Rollback : MarkKind::Step;
    return {attempt.startedAt,
            attempt.finishedAt,
            signOf(kind).glyph,
            isFailed ? Colour::Fail : signOf(kind).tone,
            words,
            kind,
            environment};
}

} // namespace

TimeMark endMarkOf(const app::RunSummary& run) {
    return {run.closedAt,
            {},
            runGlyph(models::RunStatus::Closed, run.outcome),
            runTone(models::RunStatus::Closed, run.outcome),
            RunMarks::tr("run of %1 in %2 closed: %3")
                .arg(run.runbookTitle, run.environment, models::runOutcomeName(run.outcome)),
            kindOf(run),
            run.environment};
}

TimeMarks stepMarksOf(const models::RunState& state) {
    TimeMarks marks;
    if (state.plan == nullptr)
        return marks;
    for (const models::PlanStep& step : state.plan->steps) {
        const models::StepState& own = state.step(step.step.id);
        for (const models::Attempt& attempt : own.attempts) {
            if (!attempt.startedAt.isNull())
                marks.append(markOf(step, attempt, own.status, state.plan->context.environment));
        }
    }
    std::sort(marks.begin(), marks.end(),
              [](const TimeMark& one, const TimeMark& other) { return one.at < other.at; });
    return marks;
}

RunMarks::RunMarks(app::RunFeed& runs, QObject* parent)
    : QObject(parent)
    , m_runs(runs) {
    connect(&runs, &app::RunFeed::changed, this, &RunMarks::changed);
}

void RunMarks::showWorkspace(const QString& id) {
    m_workspace = id;
    m_runs.read();
}

TimeMarks RunMarks::marks() const {
    TimeMarks marks;
    for (const app::RunSummary& run : m_runs.runs().value_or(QList<app::RunSummary>())) {
        if (run.workspaceId != m_workspace)
            continue;
        marks.append(beginOf(run));
        if (!run.closedAt.isNull())
            marks.append(endMarkOf(run));
        if (const models::RunState* state = m_runs.state(run.id))
            marks += stepMarksOf(*state);
    }
    return marks;
}

} // namespace ui
