// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/plan.h"

namespace models {

/// One of the times that a repeated section is done. A value.
struct SectionTurn {
    QString wave;
    QStringList hosts;        ///< the only ones of its steps this time; empty: as they are written
    QHash<int, int> sections; ///< index in the runbook -> in the plan

    /// Whether the step has anything to do this time.
    [[nodiscard]] bool concerns(const Step& step) const;
    /// Leaves of the step's hosts those of this time.
    void narrow(Step& step) const;
};

/// The sections of a plan: those of its runbook, repeated ones as often as they are done.
struct PlanSections {
    QList<Section> sections;
    QList<int> placed; ///< index in the runbook -> in the plan; -1: it is repeated
    QHash<int, QList<SectionTurn>> turns; ///< by index in the runbook of what is repeated

    /// The repeated section that this one is, or is below of; -1: none.
    [[nodiscard]] int repeatedAround(const Runbook& runbook, int section) const;
};

/// Repeats the sections of the main lane whose heading asks for it. What asks for it in vain (no
/// hosts to take turns, a repetition within another) is done once, and diagnosed. Pure.
[[nodiscard]] PlanSections layOutSections(const Runbook& runbook, const PlanContext& context,
                                          Diagnostics& diagnostics);

} // namespace models
