// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/secretstore.h"

#include <QMap>

namespace app {

/// Secrets for as long as this program runs, and no longer. References are not resolved: what is
/// tried out has no secrets of its own.
class SessionStore final : public SecretStore {
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    QFuture<models::Result<QString>> read(const QString& key) override;
    QFuture<models::Result<void>> write(const QString& key, const QString& value) override;
    QFuture<models::Result<void>> remove(const QString& key) override;
    QFuture<models::Result<QString>> resolve(const QString& source) override;

private:
    QMap<QString, QString> m_entries;
};

} // namespace app
