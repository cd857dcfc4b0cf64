// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/core/verdict.h"

#include <vector>

namespace models {

/// What a line of a preflight is about, in the order in which those of one verdict are told.
enum class PreflightTopic : std::uint8_t {
    Commands,
    Values,
    Environment, ///< whether the document is meant for it, and gantry.yaml says all of it
    Freeze,
    Promotion,
    Release,   ///< whether what is to be released was taken back before
    Approvals, ///< whether enough people can give them
    Lock,      ///< whether another run changes the environment
    Hosts,
    Disk, ///< whether there is room
    Contract,
    Isolation,
    WayBack,
    Risks,
    Duration,
};

[[nodiscard]] QString preflightTopicName(PreflightTopic topic); ///< "way back", as shown

/// One answer to "can this run succeed?". A value.
struct PreflightLine {
    PreflightTopic topic = PreflightTopic::Commands;
    QString subject; ///< the host, service or step that it is about; may be empty
    Verdict verdict = Verdict::Unknown;
    QString reason;
    QString mend;         ///< what to do about it; empty where there is nothing
    Instant at;           ///< when it was looked at; null: it follows from the plan alone
    bool objects = false; ///< starting all the same needs a reason, which is recorded
    StepId step;          ///< that it is about; may be empty

    bool operator==(const PreflightLine&) const = default;
};

/// "PASS", "FAIL", "UNKNOWN", and "RISK" of what is known and taken, not looked at.
[[nodiscard]] QString preflightWord(const PreflightLine& line);

/// "2 fail, 1 unknown, 3 risks, 14 pass".
[[nodiscard]] QString countsOf(const std::vector<PreflightLine>& lines);

} // namespace models
