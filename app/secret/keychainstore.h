// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/secretstore.h"

namespace app {

/// The desktop's keychain (Secret Service or KWallet) through qtkeychain; no plaintext fallback.
/// Where none runs, every call is an error that says so.
class KeychainStore final : public SecretStore {
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    QFuture<models::Result<QString>> read(const QString& key) override;
    QFuture<models::Result<void>> write(const QString& key, const QString& value) override;
    QFuture<models::Result<void>> remove(const QString& key) override;
    QFuture<models::Result<QString>> resolve(const QString& source) override;
};

} // namespace app
