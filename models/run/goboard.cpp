// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/goboard.h"

#include "models/run/approvalrule.h"
#include "models/run/standing.h"

#include <algorithm>

namespace models {

namespace {

QString timeText(Instant at) {
    return at.toDateTime().toString(u"yyyy-MM-dd HH:mm 'UTC'"_qs);
}

Verdict standingOf(StepStatus status) {
    switch (status) {
    case StepStatus::Passed:
    case StepStatus::Skipped:
        return Verdict::Pass;
    case StepStatus::Failed:
        return Verdict::Fail;
    case StepStatus::Pending:
    case StepStatus::Blocked:
    case StepStatus::Running:
    case StepStatus::Waiting:
    case StepStatus::Unknown:
        break;
    }
    return Verdict::Unknown;
}

/// Somebody is still to say it, or something is still to be seen. In a closed run nobody is.
bool isAwaited(const RunState& state, StepStatus status) {
    return state.status != RunStatus::Closed && standingOf(status) == Verdict::Unknown &&
           status != StepStatus::Unknown;
}

QString sayText(const Say& say) {
    QString text = u"%1, %2, %3"_qs.arg(
        say.isGo ? u"go"_qs : u"no-go"_qs,
        say.verified ? u"verified"_qs : u"recorded, not verified"_qs, timeText(say.at));
    if (!say.counts)
        text += u"; it does not count"_qs;
    return say.remark.isEmpty() ? text : text + u": "_qs + say.remark;
}

QString approvalText(const RunState& state, int index) {
    const Step& step = state.plan->steps[index].step;
    const StepState& standing = state.step(step.id);
    QString text = u"%1 given; it asks for %2"_qs.arg(QString::number(standing.approvals),
                                                      termsText(approvalTerms(*state.plan, step)));
    if (standing.request.expired)
        return text + u"; it expired"_qs;
    if (standing.request.seq == 0)
        return text + u"; nobody was asked yet"_qs;
    return standing.request.deadline.isNull()
               ? text
               : text + u"; open until "_qs + timeText(standing.request.deadline);
}

/// Who said something, then who could.
void addPeople(QList<GoBoardRow>& board, const RunState& state, int index) {
    const StepState& standing = state.step(state.plan->steps[index].step.id);
    // Who is not needed any more may still say it.
    const bool isOpen = state.status != RunStatus::Closed;
    QStringList heard;
    for (const Say& say : standing.says) {
        const Verdict verdict = !say.isGo    ? Verdict::Fail
                                : say.counts ? Verdict::Pass
                                             : Verdict::Unknown;
        board.append({GoBoardRow::Kind::Person, say.name, verdict, sayText(say), {}});
        heard.append(say.name);
    }
    for (const QString& name : approversOf(state, index)) {
        if (!heard.contains(name, Qt::CaseInsensitive))
            board.append({GoBoardRow::Kind::Person,
                          name,
                          Verdict::Unknown,
                          u"has not answered"_qs,
                          {},
                          isOpen});
    }
}

void addStep(QList<GoBoardRow>& board, const RunState& state, int index) {
    const Step& step = state.plan->steps[index].step;
    const StepState& standing = state.step(step.id);
    const Verdict verdict = standingOf(standing.status);
    if (isApproval(step)) {
        board.append({GoBoardRow::Kind::Approval, step.title, verdict, approvalText(state, index),
                      step.id, isAwaited(state, standing.status)});
        addPeople(board, state, index);
        return;
    }
    const auto gate = state.gates.constFind(step.id);
    const QString seen = gate == state.gates.cend() ? QString() : gate->words;
    const QString words = !standing.reason.isEmpty() ? standing.reason
                          : !seen.isEmpty()          ? seen
                                                     : standingWords(state, index);
    board.append({GoBoardRow::Kind::Gate, step.title, verdict, words, step.id,
                  isAwaited(state, standing.status)});
}

void addRisks(QList<GoBoardRow>& board, const RunState& state) {
    for (const QString& risk : knownRisks(*state.plan)) {
        const auto taken = std::find_if(state.risksTaken.cbegin(), state.risksTaken.cend(),
                                        [&risk](const RiskTaken& one) { return one.risk == risk; });
        if (taken == state.risksTaken.cend()) {
            board.append({GoBoardRow::Kind::Risk,
                          risk,
                          Verdict::Unknown,
                          u"nobody acknowledged it yet"_qs,
                          {},
                          state.status != RunStatus::Closed});
            continue;
        }
        QString words = u"acknowledged by %1, %2"_qs.arg(taken->by, timeText(taken->at));
        if (!taken->remark.isEmpty())
            words += u": "_qs + taken->remark;
        board.append({GoBoardRow::Kind::Risk, risk, Verdict::Pass, words, {}});
    }
}

} // namespace

QList<GoBoardRow> goBoard(const RunState& state) {
    QList<GoBoardRow> board;
    const Plan& plan = *state.plan;
    for (int index = 0; index < plan.steps.size(); ++index) {
        const PlanStep& placed = plan.steps[index];
        const bool decides = isApproval(placed.step) || placed.step.kind == StepKind::Gate;
        if (decides && placed.applicable && plan.isLeaf(index) &&
            placed.step.lane == plan.mainLane())
            addStep(board, state, index);
    }
    addRisks(board, state);
    return board;
}

Verdict verdictOf(const QList<GoBoardRow>& board) {
    Verdict verdict = Verdict::Pass;
    for (const GoBoardRow& row : board) {
        if (row.kind == GoBoardRow::Kind::Risk || row.kind == GoBoardRow::Kind::Person)
            continue;
        if (row.standing == Verdict::Fail)
            return Verdict::Fail;
        if (row.standing == Verdict::Unknown)
            verdict = Verdict::Unknown;
    }
    return verdict;
}

} // namespace models
