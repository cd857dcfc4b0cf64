// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QFuture>
#include <QObject>

namespace app {

/// Where secret values live: the desktop's keychain, or nowhere. There is no plaintext fallback.
/// Main thread; futures finish on it.
class SecretStore : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual QFuture<models::Result<QString>> read(const QString& key) = 0;
    [[nodiscard]] virtual QFuture<models::Result<void>> write(const QString& key,
                                                              const QString& value) = 0;
    [[nodiscard]] virtual QFuture<models::Result<void>> remove(const QString& key) = 0;

    /// The value behind a reference of the workspace: "keychain:NAME", "env:NAME" or "command:…".
    /// A command runs without a shell, so resolve only what a person has trusted. "prompt" is
    /// NotFound: the value is to be asked for.
    [[nodiscard]] virtual QFuture<models::Result<QString>> resolve(const QString& source) = 0;
};

} // namespace app
