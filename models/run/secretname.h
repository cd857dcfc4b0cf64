// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

/// Whether a value of this name is likely to be a secret that nobody declared: "API_TOKEN",
/// "db-password", but not "TOKENIZER". It is neither shown nor kept.
[[nodiscard]] bool looksSecret(const QString& name);

} // namespace models
