// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/secretstore.h"

#include <QList>
#include <QMap>
#include <QPromise>

#include <memory>
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

    /// From now on reading answers nothing, as a keychain that waits to be unlocked; until
    /// release().
    void hold() { m_isHeld = true; }
    void release();

    QMap<QString, QString> entries;
    int reads = 0;

private:
    struct Held {
        QString key;
        std::shared_ptr<QPromise<models::Result<QString>>> promise;
    };

    [[nodiscard]] models::Result<QString> valueOf(const QString& key) const;

    std::optional<models::Error> m_failure;
    bool m_isHeld = false;
    QList<Held> m_held;
};

} // namespace tests
