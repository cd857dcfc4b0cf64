// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/event.h"
#include "models/run/hosts.h"
#include "models/run/runstate.h"

namespace models {

/// Folds one event into one state. Every handler checks that the event fits before it changes
/// anything. Of a run: apply.cpp; of attempts: applyattempt.cpp; of decisions: applydecision.cpp;
/// of what people approve: applyapproval.cpp; of what is observed: applyobserved.cpp; of the way
/// back: applyrollback.cpp; of locks: applylock.cpp.
class Folder {
public:
    Folder(RunState& state, const Event& event)
        : m_state(state)
        , m_event(event) {}

    void fold();

private:
    void foldStepEvent();
    void startRun();
    void setVariables();
    void closeRun();
    void addNote();
    void pinEvidence();
    void addCommand();

    void startStep();
    void recordOutput();
    void finishAttempt(AttemptStatus status);
    void loseOutcome();
    void reattach();
    void askAgain();
    void requestCancel();

    void confirm();
    void skip();
    void markPassed();
    void markHostPassed();
    void reopen();
    void edit();
    void passGate();
    void overrideGate();

    void requestApproval();
    void takeSay(bool isGo);
    void settleApproval();
    void expireApproval();
    void acknowledgeRisk();
    void changeDriver();
    void setTimer();
    void fireTimer();

    void enterWave();

    void takeLock();
    void releaseLock();
    void keepLocksToRelease();

    void startRollback();
    void verifyRollback();
    void blockRelease();
    void unblockRelease();
    /// The step begins to change something, or a person did it.
    void noteChange();
    void noteDoneByHand();
    void enterGate();
    void observeGate();
    void missGate(const GateState& gate);
    void armTrigger();
    void turnTrigger(bool holds);
    void acknowledgeTrigger();
    void startWatch();
    void observeWatch();
    void endWatch();
    void settleWatchStep(const WatchState& watch);

    [[nodiscard]] QString text(QStringView key) const {
        return m_event.payload.value(key).toString();
    }
    [[nodiscard]] StepState& step() { return m_state.steps[m_id]; }
    [[nodiscard]] StepStatus status() const { return m_state.step(m_id).status; }
    /// The attempt that the event speaks of, where it is under way.
    [[nodiscard]] Attempt* attemptUnderWay();
    /// A leaf of the plan that does not run just now.
    [[nodiscard]] bool decidable() const {
        return m_index >= 0 && m_state.plan->isLeaf(m_index) && status() != StepStatus::Running;
    }
    /// The gate that the event speaks of, where it was entered and is not decided.
    [[nodiscard]] GateState* enteredGate();
    [[nodiscard]] bool passesByObservation();
    [[nodiscard]] bool onSeveralHosts() const {
        return hasSeveralHosts(m_state.plan->steps[m_index].step);
    }
    /// Whether an attempt at the place may begin: no other one is under way or has passed there.
    [[nodiscard]] bool startable(const QString& place) const;
    /// The attempts that count, of the host that the event names or of all, that wait to be judged.
    [[nodiscard]] QList<Attempt*> attemptsToJudge();
    /// An attempt has said this of its place: where the step stands then.
    void settle(const Attempt& attempt);
    /// Where a step on several hosts stands by what all of them say.
    void settleHosts();
    void decide(StepStatus status);
    void deviate();

    RunState& m_state;
    const Event& m_event;
    StepId m_id;
    int m_index = -1;
};

[[nodiscard]] QMap<QString, QString> stringMap(const QJsonValue& value);
[[nodiscard]] QStringList stringList(const QJsonValue& value);

} // namespace models
