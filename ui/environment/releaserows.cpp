// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/releaserows.h"

#include "app/run/runfeed.h"
#include "app/run/runtitle.h"
#include "app/workspace/runbookrisks.h"
#include "models/run/goboard.h"
#include "models/run/standing.h"
#include "ui/theme/runtone.h"
#include "ui/widgets/wording.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace ui {

using models::StepStatus;

namespace {

constexpr int mostRuns = 4;

QString tr(const char* text) {
    return QCoreApplication::translate("ui::ReleaseRow", text);
}

QList<app::RunSummary> runsOf(const app::RunFeed& feed, const QString& workspaceId,
                              const QString& environment) {
    QList<app::RunSummary> found;
    if (!feed.runs())
        return found;
    std::copy_if(feed.runs()->begin(), feed.runs()->end(), std::back_inserter(found),
                 [&](const app::RunSummary& run) {
                     return run.workspaceId == workspaceId && run.environment == environment;
                 });
    return found;
}

bool isClosed(const app::RunSummary& run) {
    return run.status == models::RunStatus::Closed;
}

/// How a run stands that is open here, where its status alone does not say it.
void readStanding(const models::RunState& state, int next, ReleaseRow& row) {
    if (state.paused) {
        row.word = tr("Paused");
        row.glyph = Glyph::Waiting;
        row.tone = Colour::Waiting;
        return;
    }
    const StepStatus status = models::stepsRunning(state) > 0 ? StepStatus::Running
                              : next >= 0                     ? models::effectiveStatus(state, next)
                                                              : StepStatus::Pending;
    if (state.status != models::RunStatus::Open || status == StepStatus::Pending)
        return;
    row.word = statusWord(status);
    row.glyph = statusGlyph(status);
    const bool isBad = status == StepStatus::Failed || status == StepStatus::Unknown;
    row.tone = status == StepStatus::Failed ? Colour::Fail : isBad ? Colour::Unknown : row.tone;
}

/// Which step of its lane it is, from 1: steps are not always taken in their order.
int numberOf(const models::Plan& plan, int step) {
    int number = 0;
    for (int index = 0; index <= step; ++index) {
        const models::PlanStep& each = plan.steps[index];
        const bool isCounted =
            plan.isLeaf(index) && each.applicable && each.step.lane == plan.steps[step].step.lane;
        number += isCounted ? 1 : 0;
    }
    return number;
}

/// "step 5 of 10: Restart the portal, 1 not passed".
QString stepWords(const app::RunSummary& run, const models::RunState* state, int next) {
    if (run.done >= run.total || state == nullptr || next < 0)
        return progressWords(run.done, run.failed, run.total);
    QString words = tr("step %1 of %2: %3")
                        .arg(numberOf(*state->plan, next))
                        .arg(run.total)
                        .arg(state->plan->steps[next].step.title);
    if (run.failed > 0)
        words += QStringLiteral(", ") + tr("%1 not passed").arg(run.failed);
    return words;
}

/// Who drives a run that is not closed; empty where it is driven here.
QString driverWords(const app::RunSummary& run, bool isHere) {
    if (!run.givenTo.isEmpty())
        return tr("handed over to %1").arg(run.givenTo);
    if (run.heldBy.isEmpty())
        return isHere ? QString() : tr("no console drives it");
    return isHere && run.heldBy.startsWith(QStringLiteral("this console"))
               ? QString()
               : tr("driven by %1").arg(run.heldBy);
}

ReleaseRow rowOf(const app::RunSummary& run, const app::RunFeed& feed) {
    ReleaseRow row;
    row.kind = ReleaseRow::Kind::Run;
    row.run = run.id;
    row.name = app::runTitle(run);
    row.word = runWord(run.status, run.outcome);
    row.glyph = runGlyph(run.status, run.outcome);
    row.tone = runTone(run.status, run.outcome);
    if (isClosed(run)) {
        row.at = run.closedAt;
        row.aged = tr("ended %1");
        return row;
    }
    row.at = run.startedAt;
    row.aged = tr("began %1");
    row.height = StandingRow::Height::TwoLines;
    const models::RunState* const state = feed.state(run.id);
    const bool isHere = state != nullptr && state->plan != nullptr;
    const int next = isHere ? models::nextOpenStep(*state) : -1;
    if (isHere)
        readStanding(*state, next, row);
    row.words = stepWords(run, isHere ? state : nullptr, next);
    if (const QString who = driverWords(run, isHere); !who.isEmpty())
        row.words += QStringLiteral(" · ") + who;
    return row;
}

ReleaseRow noRun(const app::RunFeed& feed) {
    ReleaseRow row;
    row.name = tr("Runs");
    if (feed.runs()) {
        row.word = tr("None yet");
        row.glyph = Glyph::Pending;
        row.tone = Colour::Quiet;
        return row;
    }
    row.word = tr("Unknown");
    row.words = feed.problem().isEmpty() ? tr("They are being read.") : feed.problem();
    return row;
}

/// "2 open, 1 acknowledged".
QString riskCounts(qsizetype open, qsizetype acknowledged) {
    QStringList words;
    if (open > 0)
        words.append(tr("%1 open").arg(open));
    if (acknowledged > 0)
        words.append(tr("%1 acknowledged").arg(acknowledged));
    return words.join(QStringLiteral(", "));
}

std::optional<ReleaseRow> risksOf(const models::RunState& state) {
    ReleaseRow row;
    qsizetype acknowledged = 0;
    QStringList open;
    for (const models::GoBoardRow& one : models::goBoard(state)) {
        if (one.kind != models::GoBoardRow::Kind::Risk)
            continue;
        if (one.standing == models::Verdict::Pass)
            ++acknowledged;
        else
            open.append(one.title);
    }
    if (open.isEmpty() && acknowledged == 0)
        return std::nullopt;
    row.kind = ReleaseRow::Kind::RunRisks;
    row.run = state.id;
    row.name = tr("Risks");
    row.word = riskCounts(open.size(), acknowledged);
    row.words = open.join(QStringLiteral(" · "));
    row.glyph = open.isEmpty() ? Glyph::Passed : Glyph::Waiting;
    row.tone = open.isEmpty() ? Colour::Quiet : Colour::Warn;
    row.undated = tr("of its run");
    return row;
}

} // namespace

std::vector<ReleaseRow> runRows(const app::RunFeed& feed, const QString& workspaceId,
                                const QString& environment) {
    const QList<app::RunSummary> runs = runsOf(feed, workspaceId, environment);
    std::vector<ReleaseRow> rows;
    int more = 0;
    const app::RunSummary* last = nullptr;
    for (const app::RunSummary& run : runs) {
        if (isClosed(run))
            last = last == nullptr || last->closedAt < run.closedAt ? &run : last;
        else if (rows.size() < mostRuns)
            rows.push_back(rowOf(run, feed));
        else
            ++more;
    }
    if (more > 0) {
        ReleaseRow row;
        row.kind = ReleaseRow::Kind::MoreRuns;
        row.name = tr("And %1 more").arg(more);
        row.word = tr("not closed");
        row.glyph = Glyph::Pending;
        row.tone = Colour::Quiet;
        rows.push_back(row);
    }
    if (last != nullptr)
        rows.push_back(rowOf(*last, feed));
    if (rows.empty())
        rows.push_back(noRun(feed));
    return rows;
}

QList<KnownRisk> knownRisks(const app::RunbookRisks& runbooks, const models::Workspace& workspace,
                            const QString& environment) {
    QList<KnownRisk> risks;
    const auto add = [&risks](const KnownRisk& risk) {
        const bool isKnown = std::any_of(risks.begin(), risks.end(), [&risk](const KnownRisk& one) {
            return one.text == risk.text;
        });
        if (!risk.text.isEmpty() && !isKnown)
            risks.append(risk);
    };
    for (const models::Risk& risk : workspace.risks)
        add({risk.text, QStringLiteral("gantry.yaml"), {}});
    for (const app::RunbookRisks::Document& document : runbooks.documents()) {
        if (!document.environments.isEmpty() &&
            !document.environments.contains(environment, Qt::CaseInsensitive))
            continue;
        for (const QString& risk : document.risks)
            add({risk, document.title, document.path});
    }
    return risks;
}

std::vector<ReleaseRow> riskRows(const app::RunFeed& feed, const app::RunbookRisks& runbooks,
                                 const models::Workspace& workspace, const QString& environment) {
    std::vector<ReleaseRow> rows;
    for (const app::RunSummary& run : runsOf(feed, workspace.id, environment)) {
        const models::RunState* const state = isClosed(run) ? nullptr : feed.state(run.id);
        if (state == nullptr || state->plan == nullptr)
            continue;
        if (const auto row = risksOf(*state))
            rows.push_back(*row);
    }
    if (!rows.empty())
        return rows;
    const QList<KnownRisk> risks = knownRisks(runbooks, workspace, environment);
    QStringList unread;
    for (const app::RunbookRisks::Document& document : runbooks.documents()) {
        if (!document.problem.isEmpty())
            unread.append(tr("%1 could not be read").arg(document.path));
    }
    if (risks.isEmpty() && unread.isEmpty())
        return rows;
    ReleaseRow row;
    row.kind = ReleaseRow::Kind::KnownRisks;
    row.name = tr("Risks");
    row.word = risks.isEmpty() ? tr("Unknown") : tr("%1 known").arg(risks.size());
    for (const KnownRisk& risk : risks)
        unread.append(risk.text);
    row.words = unread.join(QStringLiteral(" · "));
    row.glyph = risks.isEmpty() ? Glyph::Unknown : Glyph::Pending;
    row.tone = risks.isEmpty() ? Colour::Unknown : Colour::Warn;
    row.at = runbooks.readAt();
    return {row};
}

} // namespace ui
