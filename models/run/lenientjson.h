// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QJsonValue>

namespace models {

/// JSON as people write it in documents: also unquoted keys, "..." as wildcard (bare or quoted),
/// trailing commas.
[[nodiscard]] Result<QJsonValue> parseLenientJson(const QString& text);

} // namespace models
