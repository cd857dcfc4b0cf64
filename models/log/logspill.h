// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>

namespace models {

/// Where sealed chunks go that memory has no room for; app implements it with a file. All functions
/// are called from any thread, several at a time, and block as long as the medium does.
class LogSpill {
public:
    /// Names what was written; of the implementation's choosing.
    using Handle = std::uint64_t;

    LogSpill() = default;
    virtual ~LogSpill() = default;
    LogSpill(const LogSpill&) = delete;
    LogSpill& operator=(const LogSpill&) = delete;

    virtual Result<Handle> write(QByteArrayView bytes) = 0;
    /// The very bytes, or why not.
    virtual Result<QByteArray> read(Handle handle) = 0;
    /// Nobody reads these bytes any more.
    virtual void drop(Handle handle) = 0;
};

} // namespace models
