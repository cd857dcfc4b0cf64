// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <chrono>

namespace models {

/// Why a step is on the way back.
enum class WayBack {
    Inverse,     ///< its own inverse undoes a step that ran
    Replacement, ///< a step of the rollback lane `reverts` one that ran
    Lane,        ///< the rollback lane has it, whatever ran
};

enum class Need {
    Needed,
    NotNeeded,
    Asked, ///< a person has to say it
};

/// One step of the way back, in the order in which it is done. A value.
struct RollbackItem {
    StepId step;   ///< in RollbackPlan::plan, where it is not left out
    StepId source; ///< the step of the run that it is; decisions name it
    QString title;
    WayBack part = WayBack::Lane;
    StepId undoes;       ///< the step of the run that it takes back; empty: of the lane
    QString undoesTitle; ///< of that step
    Need need = Need::Needed;
    bool isConditional = false; ///< a decision of a person counts more than what was found
    QString because;            ///< why it is needed, not needed or asked, where that is to be said
    QString where;              ///< "web-1, web-2"; empty: a person does it
    QString script;             ///< what would run, or the document's text where that is not known
    QString problem;            ///< why it could not run as it stands; empty: it could
    bool isDestructive = false; ///< confirmed once, together with the others
    std::chrono::milliseconds wait{0};

    bool operator==(const RollbackItem&) const = default;
};

/// A step that ran and that nothing on the way back takes back by itself. A value.
struct RollbackRemainder {
    StepId step;
    QString title;
    bool isIrreversible = false; ///< the document says so; else it only names no inverse

    bool operator==(const RollbackRemainder&) const = default;
};

/// What going back from here is. A value.
struct RollbackPlan {
    PlanPointer plan;          ///< frozen; everything that is needed or asked; runs like any other
    QList<RollbackItem> items; ///< also what is not needed, which is not in the plan
    QList<RollbackRemainder> remainders;

    [[nodiscard]] bool isDecided() const;
    [[nodiscard]] bool isDestructive() const; ///< any of what is in the plan
    /// Every conditional step, needed or not: what is recorded, so that the plan stays the same.
    [[nodiscard]] RollbackDecisions decisions() const;
    /// What keeps it from working as it stands, "step: problem" each.
    [[nodiscard]] QStringList problems() const;
};

/// How long a rollback takes by what is known. A value.
struct RollbackEstimate {
    std::chrono::milliseconds known{0}; ///< of the steps whose duration is known
    int unknown = 0;                    ///< steps of which none is

    bool operator==(const RollbackEstimate&) const = default;
};

/// Why the run cannot be taken back now; empty where it can.
[[nodiscard]] QString rollbackRefusal(const RunState& state);

/// Going back from this state: what undoes each step that was started, failed and unknown ones too,
/// the last one first, then the rest of the rollback lane. Gates hold no rollback and are left out.
/// Decisions name sources of conditional items. Pure.
[[nodiscard]] RollbackPlan rollbackPlan(const RunState& state,
                                        const RollbackDecisions& decisions = {});

/// The same once every step of the run has passed: ahead of time, to see whether it could work.
[[nodiscard]] RollbackPlan rollbackPlanAtEnd(RunState state);

/// How long each step took when it last came to an end, by its id.
[[nodiscard]] QHash<StepId, std::chrono::milliseconds> durationsOf(const RunState& state);

/// durations: of earlier runs of such a plan, by the ids of its steps.
[[nodiscard]] RollbackEstimate
estimateOf(const RollbackPlan& plan, const QHash<StepId, std::chrono::milliseconds>& durations);

} // namespace models
