// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/run/chain.h"
#include "models/run/runstate.h"

#include <QByteArray>
#include <QMap>

namespace models {

/// A whole run as one console hands it to another: the lines that `gantry journal export` writes of
/// it. Its chain and its outputs are verified.
struct RunFile {
    RunId run;
    QList<ChainRecord> records;
    QMap<qint64, QByteArray> outputs; ///< masked, by the seq of their OutputRecorded; some are gone
    RunState state;                   ///< the fold of them
};

/// Damaged where an event or an output was changed, is missing or is another run's; InvalidInput
/// where it is no such file.
[[nodiscard]] Result<RunFile> runFileFrom(const QByteArray& lines);

/// Why the run cannot be handed over as it stands, for a person; empty: it can. What goes on by
/// itself is waited for, or ended: two consoles would drive it.
[[nodiscard]] QString handOverRefusal(const RunState& state);
/// Why a file cannot be taken up; empty: it can. Only what was handed over, with nothing under way.
[[nodiscard]] QString takeOverRefusal(const RunState& state);

} // namespace models
