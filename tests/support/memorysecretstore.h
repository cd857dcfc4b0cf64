// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/secretstore.h"

#include <QMap>

#include <optional>

namespace tests {

/// A secret store that forgets everything at its end. "keychain:NAME" resolves to its entries,
/// "env:NAME" to the environment; every other reference is NotFound.
class MemorySecretStore final : public app::SecretStore {
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    QFuture<models::Result<QString>> read(const QString& key) override;
    QFuture<models::Result<void>> write(const QString& key, const QString& value) override;
    QFuture<models::Result<void>> remove(const QString& key) override;
    QFuture<models::Result<QString>> resolve(const QString& source) override;

    /// From now on no question is answered but with this, as where there is no keychain.
    void failWith(const models::Error& error);

    QMap<QString, QString> entries;
    int reads = 0;

private:
    std::optional<models::Error> m_failure;
};

} // namespace tests
