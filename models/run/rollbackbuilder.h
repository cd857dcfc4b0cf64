// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/rollbackcondition.h"
#include "models/run/rollbackplan.h"
#include "models/run/undonames.h"

#include <QSet>

namespace models {

/// Puts the way back of one run together: what has to be taken back is looked up first, then the
/// steps are placed, then each is looked at as it would run.
class RollbackBuilder {
public:
    RollbackBuilder(const RunState& state, const RollbackDecisions& decisions);

    [[nodiscard]] RollbackPlan build();

private:
    void takeBackWhatRan();
    void takeBack(int index);
    void addLane();
    void addLaneLeaf(int index);
    void addByHand();
    void dropEmptySections();
    void resolveItems();

    [[nodiscard]] bool wasDoneSince(int index, qint64 seq) const;
    [[nodiscard]] bool isUndone(int index) const;
    [[nodiscard]] ConditionAnswer answer(const LaneCondition& condition) const;
    void decide(RollbackItem& item, const LaneCondition& condition,
                const ConditionAnswer& found) const;
    /// The reason why a step of the lane has nothing to undo; empty where it has.
    [[nodiscard]] QString idleReason(int index) const;
    RollbackItem& addItem(int index, WayBack part, int undone);
    void placeUndo(RollbackItem& item, int index, int undone);
    int placeInLane(int index);

    const RunState& m_state;
    const Plan& m_from;
    const UndoNames m_names;
    const RollbackDecisions& m_decisions;
    RollbackPlan m_result;
    Plan m_plan;
    QSet<int> m_placed;             ///< leaves that stand in the result already
    QHash<int, int> m_parents;      ///< headings of the lane -> index in the new plan
    QHash<int, QString> m_undoneBy; ///< steps of the run -> title of what takes them back
};

} // namespace models
