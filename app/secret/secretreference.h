// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>

namespace app {

/// Where the value of a secret comes from, as a workspace writes it.
struct SecretSource {
    enum class Kind { Keychain, Environment, Command, Prompt };

    Kind kind = Kind::Prompt;
    QString argument; ///< key, variable or command line

    bool operator==(const SecretSource&) const = default;
};

/// Reads "keychain:NAME", "env:NAME", "command:…" or "prompt". Anything else is InvalidInput, and
/// its text is not repeated: somebody may have written the value itself.
[[nodiscard]] models::Result<SecretSource> parseSecretSource(const QString& text);
/// The variable's value in this process; NotFound where it is unset or empty.
[[nodiscard]] models::Result<QString> secretFromEnvironment(const QString& name);

} // namespace app
