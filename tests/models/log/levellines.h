// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "models/log/logsnapshot.h"

#include <cstdint>
#include <vector>

namespace tests {

/// The lines from `from` on of these levels, as a filter for nothing else finds them.
inline std::vector<std::int64_t> linesOf(const models::LogSnapshot& snapshot,
                                         models::LevelSet levels, std::int64_t from = 0) {
    models::LogFilter wanted;
    wanted.levels = levels;
    models::ChunkFilter filter(*models::CompiledFilter::compile(wanted));
    std::vector<std::int64_t> lines;
    for (std::int64_t chunk = snapshot.firstChunk(); chunk < snapshot.endChunk(); ++chunk) {
        if (filter.run(snapshot.chunk(chunk), from, lines))
            return {};
    }
    return lines;
}

} // namespace tests
