// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QByteArrayView>

#include <optional>

namespace app {

/// The time that a container runtime writes in front of a line: RFC 3339 with or without a
/// fraction, in UTC or with an offset, and a space behind it.
struct LogStamp {
    models::Instant at;
    qsizetype length = 0; ///< with the space
};
[[nodiscard]] std::optional<LogStamp> stampOf(QByteArrayView line);

} // namespace app
