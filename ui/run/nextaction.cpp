// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/nextaction.h"

#include "models/run/hosts.h"
#include "models/run/observations.h"
#include "models/run/permission.h"
#include "ui/run/stepaction.h"
#include "ui/run/words.h"
#include "ui/widgets/timeformat.h"

#include <algorithm>

namespace ui {
namespace {

/// Whether something can be done with the step, or the person should learn why not.
bool isTakeable(const models::RunState& state, int index) {
    if (index < 0 || index >= state.plan->steps.size())
        return false;
    const models::PlanStep& placed = state.plan->steps[index];
    if (!placed.applicable || !placed.children.isEmpty() ||
        placed.step.lane == models::Lane::Reference)
        return false;
    const models::StepStatus status = models::effectiveStatus(state, index);
    return status != models::StepStatus::Passed && status != models::StepStatus::Skipped;
}

NextAction ofClosed(const models::RunState& state) {
    NextAction action;
    action.lead = Lead::Closed;
    action.sentence = QStringLiteral("This run %1 %2.")
                          .arg(state.outcome == models::RunOutcome::RolledBack ||
                                       state.outcome == models::RunOutcome::Aborted
                                   ? QStringLiteral("was")
                                   : QStringLiteral("has"),
                               models::runOutcomeName(state.outcome));
    // Of a rollback that is what it did, not what was done to it.
    if (state.plan->isRollback() && state.outcome == models::RunOutcome::RolledBack)
        action.sentence = QStringLiteral("The release is rolled back.");
    if (state.plan->isRollback() && state.verification)
        action.sentence += u' ' + shortened(state.verification->reason, 140);
    action.quieter = {Act::CopyStatus, Act::Report};
    if (state.releaseBlock) {
        action.sentence += QStringLiteral(" Its version is blocked: %1")
                               .arg(shortened(state.releaseBlock->reason, 120));
        action.quieter.prepend(Act::LiftBlock);
    }
    return action;
}

NextAction ofTakenBack(const models::RunState& state) {
    NextAction action;
    action.lead = Lead::RollingBack;
    action.sentence = QStringLiteral("It goes on in a run of its own: %1")
                          .arg(shortened(state.rollback->reason, 140));
    action.primary = Act::ShowRollback;
    return action;
}

NextAction ofDone(const models::RunState& state) {
    NextAction action;
    action.lead = Lead::Done;
    action.sentence = QStringLiteral("Every step has an outcome. Close the run to keep it.");
    action.primary = Act::CloseRun;
    if (!state.plan->isRollback())
        return action;
    if (!state.verification) {
        action.lead = Lead::Running;
        action.sentence = QStringLiteral("Looking whether the versions and the health of before "
                                         "are back.");
        action.primary = Act::None;
        return action;
    }
    const bool isLost = state.verification->verdict == models::Verdict::Fail;
    action.lead = isLost ? Lead::Failed : Lead::Unknown;
    action.sentence = (isLost ? QStringLiteral("The rollback did not work: %1")
                              : QStringLiteral("Whether the rollback worked is not known: %1"))
                          .arg(shortened(state.verification->reason, 140));
    return action;
}

/// How far the watch is, and what it has come to.
NextAction ofWatch(const models::RunState& state) {
    const models::WatchState& watch = *state.watch;
    NextAction action;
    action.lead = Lead::Watching;
    action.sentence = QStringLiteral("Until %1").arg(formatTime(watch.until));
    for (const models::CriterionSeen& criterion : watch.criteria) {
        if (criterion.verdict == watch.verdict && watch.verdict != models::Verdict::Pass) {
            action.sentence += QStringLiteral(": ") + shortened(criterion.words, 140);
            break;
        }
    }
    action.quieter = {Act::EndWatch};
    const bool isSeen = watch.seenUntil > watch.startedAt;
    const QList<models::HeldTrigger> held = models::heldTriggers(state);
    if (watch.verdict == models::Verdict::Pass) {
        // Criteria that are met are not all where a trigger holds.
        if (!held.isEmpty())
            action.sentence += QStringLiteral(": “%1” %2")
                                   .arg(shortened(held.first().name, 80),
                                        models::triggerHoldsWords(held.first().severity));
        else
            action.sentence +=
                isSeen ? QStringLiteral(": all is well") : QStringLiteral(": nothing was seen yet");
    }
    if (!isSeen)
        return action;
    const double coverage = models::watchCoverage(watch, watch.seenUntil);
    // A span is recorded when it is over: its words may be older than what else is on the page.
    action.aside = QStringLiteral(" · %1 of the time seen, as of %2")
                       .arg(models::shareWords(coverage), formatTime(watch.seenUntil));
    return action;
}

NextAction ofPreview(const models::RunState& state) {
    NextAction action;
    const models::Lane lane = state.plan->runbook.kind == models::DocumentKind::RollbackRunbook
                                  ? models::Lane::Rollback
                                  : models::Lane::Main;
    const int total = models::progressOf(state, lane).total;
    action.lead = Lead::Ready;
    if (total == 0) {
        action.sentence =
            QStringLiteral("This document holds nothing to run. It is shown to read.");
        return action;
    }
    action.sentence =
        QStringLiteral("%1 in %2. Nothing runs before you start it.")
            .arg(countText(total, QStringLiteral("step")), state.plan->context.environment);
    action.primary = Act::StartRun;
    return action;
}

/// Of a run that can be followed here, no more.
NextAction ofReadOnly(const models::RunState& state) {
    NextAction action;
    action.lead = Lead::ReadOnly;
    action.sentence =
        state.givenAway
            ? QStringLiteral("It stands here as it was handed over to %1: what was done since "
                             "is recorded there.")
                  .arg(shortened(state.givenAway->to, 60))
            : QStringLiteral("This run can be followed here, not driven.");
    action.quieter = {Act::CopyStatus, Act::Report};
    return action;
}

/// What runs goes on all the same, and can be cancelled: the selected step, else the first.
NextAction ofPaused(const models::RunState& state, int selectedStep) {
    NextAction action;
    action.sentence = QStringLiteral("Nothing new starts until the run is resumed.");
    QList<int> running;
    for (const int index : state.standing.active) {
        if (models::effectiveStatus(state, index) == models::StepStatus::Running)
            running.append(index);
    }
    if (!running.isEmpty()) {
        const bool isSelected = running.contains(selectedStep);
        action = stepAction(state, isSelected ? selectedStep
                                              : *std::min_element(running.begin(), running.end()));
        action.sentence =
            QStringLiteral("Nothing new starts. %1: %2")
                .arg(action.lead == Lead::Cancelling ? QStringLiteral("Being cancelled")
                                                     : QStringLiteral("Still running"),
                     action.sentence);
        action.quieter.removeOne(Act::Cancel);
        if (action.lead != Lead::Cancelling)
            action.quieter.prepend(Act::Cancel);
    }
    action.lead = Lead::Paused;
    action.primary = Act::Resume;
    action.primaryText.clear();
    action.quieter.append(Act::AddNote);
    return action;
}

/// The watch is over, and did not see all well.
NextAction ofWatchLost(const models::RunState& state) {
    const bool isFailed = state.watch->result == models::Verdict::Fail;
    NextAction action;
    action.lead = isFailed ? Lead::Failed : Lead::Unknown;
    action.sentence =
        QStringLiteral("The watch did not end well: %1").arg(shortened(state.watch->words, 140));
    if (isFailed)
        action.quieter = {Act::CloseRun}; // to go back is nearer, and stands beside it
    else
        action.primary = Act::CloseRun;
    return action;
}

NextAction ofDriven(const models::RunState& state, int selectedStep) {
    const int step = isTakeable(state, selectedStep) ? selectedStep : models::nextOpenStep(state);
    const bool isWatched = state.watch && state.watch->isUnderWay();
    if (isWatched && (step < 0 || step == models::watchStepOf(*state.plan)))
        return ofWatch(state);
    if (step >= 0)
        return stepAction(state, step);
    if (state.watch && !models::isWatchSettled(state))
        return ofWatchLost(state);
    return ofDone(state);
}

NextAction ofRun(const models::RunState& state, RunAccess access, int selectedStep) {
    if (access == RunAccess::Preview)
        return ofPreview(state);
    if (state.status == models::RunStatus::Closed)
        return ofClosed(state);
    if (access == RunAccess::ReadOnly)
        return ofReadOnly(state);
    if (state.rollback)
        return ofTakenBack(state);
    return state.paused ? ofPaused(state, selectedStep) : ofDriven(state, selectedStep);
}

/// Of the step that the action is about: what waits for a host that does not answer.
QString silenceOf(const models::RunState& state, int index, const QStringList& silentHosts) {
    QStringList names;
    if (index >= 0 && !silentHosts.isEmpty()) {
        for (const models::Attempt& attempt : state.step(state.plan->steps[index].step.id).attempts)
            if (models::isUnderWay(attempt) && silentHosts.contains(attempt.place))
                names.append(attempt.place);
    }
    return names.isEmpty()
               ? QString()
               : QStringLiteral("; %1 %2").arg(models::hostsText(names),
                                               names.size() == 1 ? QStringLiteral("does not answer")
                                                                 : QStringLiteral("do not answer"));
}

} // namespace

QString leadText(Lead lead) {
    switch (lead) {
    case Lead::None:
        return {};
    case Lead::Ready:
        return QStringLiteral("Ready");
    case Lead::ReadOnly:
        return QStringLiteral("Read only");
    case Lead::Closed:
        return QStringLiteral("Closed");
    case Lead::Next:
        return QStringLiteral("Next");
    case Lead::Running:
        return QStringLiteral("Running");
    case Lead::Cancelling:
        return QStringLiteral("Cancelling");
    case Lead::Watching:
        return QStringLiteral("Watching");
    case Lead::Judge:
        return QStringLiteral("Judge");
    case Lead::Waiting:
        return QStringLiteral("Waiting");
    case Lead::Paused:
        return QStringLiteral("Paused");
    case Lead::RollingBack:
        return QStringLiteral("Rolling back");
    case Lead::Blocked:
        return QStringLiteral("Blocked");
    case Lead::Unknown:
        return QStringLiteral("Unknown");
    case Lead::Failed:
        return QStringLiteral("Failed");
    case Lead::Done:
        return QStringLiteral("Done");
    }
    Q_UNREACHABLE();
}

bool NextAction::offers(Act act) const {
    return act != Act::None && (primary == act || others().contains(act));
}

NextAction nextAction(const models::RunState& state, RunAccess access, int selectedStep,
                      const QStringList& silentHosts) {
    if (!state.plan)
        return {};
    NextAction action = ofRun(state, access, selectedStep);
    action.sentence += silenceOf(state, action.step, silentHosts);
    if (action.primary != Act::None && action.primaryText.isEmpty())
        action.primaryText = actText(action.primary);
    return action;
}

} // namespace ui
