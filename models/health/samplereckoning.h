// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace models {

/// What p50 to p99 (by nearest rank), avg, min or max make of these numbers, of which there is one
/// at least; nothing for another function.
[[nodiscard]] std::optional<double> reckoned(const QString& function, std::vector<double> numbers);

} // namespace models
