// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QtGlobal>

#include <optional>

namespace app {

/// How far a file is read in. A value.
struct LogReading {
    qint64 bytes = 0;    ///< of the log that are in the store; a packed file has fewer
    qint64 position = 0; ///< in the file
    bool isOver = false;
    std::optional<models::Error> error; ///< why no more could be read, where it is over
};

} // namespace app
