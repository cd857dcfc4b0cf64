// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QList>
#include <QString>

namespace models {

/// One line of what a go-live depends on. A value.
struct GoBoardRow {
    enum class Kind {
        Approval, ///< a step that people decide
        Person,   ///< one of those people, below it
        Gate,
        Risk,
    };

    Kind kind = Kind::Approval;
    QString title; ///< of the step, the person or the risk
    /// Pass: go. Fail: no-go. Unknown: nobody knows yet.
    Verdict standing = Verdict::Unknown;
    QString words;          ///< "go, verified, 2026-01-02 09:14 UTC: all tests pass"
    StepId step;            ///< of an approval or a gate
    bool isAwaited = false; ///< it is Unknown because it is still to be said or seen

    bool operator==(const GoBoardRow&) const = default;
};

/// Who has to say what before the run goes on, which gates it has, and who took note of which risk.
/// In the order of the document: each approval with its people, gates, then risks. Pure.
[[nodiscard]] QList<GoBoardRow> goBoard(const RunState& state);

/// Fail where anything stands at no-go, else Unknown where anything is open. Risks do not hold.
[[nodiscard]] Verdict verdictOf(const QList<GoBoardRow>& board);

} // namespace models
