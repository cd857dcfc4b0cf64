// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "ui/run/act.h"

#include <QList>
#include <QString>

namespace ui {

/// How that stands of which an action speaks.
enum class Lead {
    None, ///< there is nothing to speak of
    Ready,
    ReadOnly,
    Closed,
    Next,
    Running,
    Cancelling,
    Watching,
    Judge,
    Waiting,
    Paused,
    RollingBack,
    Blocked,
    Unknown,
    Failed,
    Done,
};

/// "Next", "Rolling back": to stand before the sentence; empty for None.
[[nodiscard]] QString leadText(Lead lead);

/// What comes next, and what may be done instead.
struct NextAction {
    Lead lead = Lead::None;
    QString sentence; ///< one sentence, plain text
    Act primary = Act::None;
    QString primaryText; ///< of the one filled button; empty: there is none
    QList<Act> quieter;  ///< beside it: at most four, most useful first
    QList<Act> inCard;   ///< explained one by one in the pane, and so not beside it
    int step = -1;       ///< plan index that it is about
    QString aside;       ///< follows the sentence where both have room, with what parts the two

    /// Whether a person may ask for it now, wherever its button stands.
    [[nodiscard]] bool offers(Act act) const;
    /// All but the primary one.
    [[nodiscard]] QList<Act> others() const { return quieter + inCard; }
};

/// Whether the page shows a preview, a run of this console, or somebody else's.
enum class RunAccess { Preview, Driving, ReadOnly };

/// Decides for the selected step where something can be done with it, else for the next open one.
/// silentHosts: names of those that do not answer now, as far as this console knows.
[[nodiscard]] NextAction nextAction(const models::RunState& state, RunAccess access,
                                    int selectedStep, const QStringList& silentHosts = {});

} // namespace ui
