// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/secretstore.h"
#include "models/run/runstate.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace app {

/// The secrets of open runs: looked up when a run opens, kept in the keychain while it is open.
/// Main thread.
class RunSecrets final : public QObject {
public:
    using HandOver =
        std::function<void(const models::RunId& run, const QMap<QString, QString>& values)>;

    /// store outlives it. handOver: told of each value that was found.
    RunSecrets(SecretStore& store, HandOver handOver);

    /// Looks up those that the keychain keeps for the run, and those that its workspace refers to.
    void read(const models::RunState& state);
    /// At once, or when the secrets of the run have been looked up.
    void whenRead(const models::RunId& run, std::function<void()> act);
    /// In the keychain, until forget().
    void keep(const models::RunId& run, const QMap<QString, QString>& values);
    void forget(const models::RunState& state);

private:
    void receive(const models::RunId& run, const QString& name,
                 const models::Result<QString>& value);

    SecretStore& m_store;
    HandOver m_handOver;
    QHash<models::RunId, models::RunId> m_givers; ///< under whose name a run's secrets are kept
    QHash<models::RunId, int> m_awaited;
    QHash<models::RunId, QList<std::function<void()>>> m_afterwards;
};

} // namespace app
