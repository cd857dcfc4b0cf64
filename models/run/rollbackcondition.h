// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/rollbackplan.h"

namespace models {

/// What a step of the rollback lane hangs on.
struct LaneCondition {
    enum class Kind {
        None,
        Ran,       ///< `when: ran NAME`
        Migration, ///< "if the schema rolled forward"
        Other,     ///< another "if", which only a person can answer
    };

    Kind kind = Kind::None;
    QString name; ///< of Ran
    QString words;

    bool operator==(const LaneCondition&) const = default;
};

/// Read from the step's `when`, its title and those of the steps around it. The first that says
/// something counts.
[[nodiscard]] LaneCondition conditionOf(const Plan& plan, int planIndex);

/// Whether the command brings a database's schema to a newer revision.
[[nodiscard]] bool migratesForward(const Step& step);

/// Whether what a migration tool wrote, to both of its streams, says that the schema was up to date
/// already. False where it says nothing of that, or that anything was brought forward.
[[nodiscard]] bool saysNothingMigrated(const QString& output);

/// What was found of a condition, and from what.
struct ConditionAnswer {
    Need need = Need::Needed;
    QString because;
};

/// candidates: the plan indices of the steps of the run that the condition is about.
[[nodiscard]] ConditionAnswer answerFrom(const RunState& state, const LaneCondition& condition,
                                         const QList<int>& candidates);

} // namespace models
