// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/plan.h"

#include <QMultiHash>

namespace models {

/// Which steps of a plan take back which, by the names that they give one another: `inverse` of
/// what is done, `reverts` of the rollback lane. Steps are their indexes in the plan.
class UndoNames {
public:
    /// plan outlives it, and does not change.
    explicit UndoNames(const Plan& plan);

    /// The step that this one names as its inverse; -1 for none.
    [[nodiscard]] int inverseOf(int index) const;
    /// The steps whose inverse it is.
    [[nodiscard]] QList<int> invertedBy(int index) const { return m_inverseOf.values(index); }
    /// What it reverts: one of each wave that the step is repeated in.
    [[nodiscard]] QList<int> revertedBy(int index) const;
    /// Leaves of the rollback lane that revert the step: those of the first document that has any.
    [[nodiscard]] QList<int> replacementsOf(int index) const;

private:
    /// The leaf that the option of a step names: of the same document and wave where there are
    /// several; -1 for none.
    [[nodiscard]] int named(QLatin1String key, const PlanStep& by) const;
    /// All that stand for the same step of the document: one of each wave that it is repeated in.
    [[nodiscard]] QList<int> repeated(int index) const;

    const Plan& m_plan;
    QMultiHash<QString, int> m_named;    ///< leaves, by `name`
    QMultiHash<int, int> m_replacements; ///< what is reverted -> leaves of the rollback lane
    QMultiHash<int, int> m_inverseOf;    ///< inverse -> the steps that name it
};

} // namespace models
