// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret/secretreference.h"

#include <array>
#include <utility>

namespace app {

models::Result<SecretSource> parseSecretSource(const QString& text) {
    using Kind = SecretSource::Kind;
    constexpr std::array prefixes = {
        std::pair(QLatin1String("keychain:"), Kind::Keychain),
        std::pair(QLatin1String("env:"), Kind::Environment),
        std::pair(QLatin1String("command:"), Kind::Command),
    };
    const QString trimmed = text.trimmed();
    if (trimmed == QLatin1String("prompt"))
        return SecretSource{};
    for (const auto& [prefix, kind] : prefixes) {
        const QString argument =
            trimmed.startsWith(prefix) ? trimmed.mid(prefix.size()).trimmed() : QString();
        if (!argument.isEmpty())
            return SecretSource{kind, argument};
    }
    return models::failure(models::ErrorCode::InvalidInput,
                           QStringLiteral("A secret is given as keychain:NAME, env:NAME, "
                                          "command:PROGRAM ARGUMENTS or prompt, never by its "
                                          "value."));
}

models::Result<QString> secretFromEnvironment(const QString& name) {
    const QString value = qEnvironmentVariable(name.toLocal8Bit().constData());
    if (value.isEmpty()) {
        return models::failure(models::ErrorCode::NotFound,
                               QStringLiteral("The environment variable %1 is not set. Set it "
                                              "before starting Gantry, or enter the secret.")
                                   .arg(name));
    }
    return value;
}

} // namespace app
