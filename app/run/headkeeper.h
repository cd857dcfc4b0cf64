// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/secretstore.h"
#include "models/core/id.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace app {

/// Remembers the heads of the runs' chains outside the journal, so that a tail cut off, or a chain
/// written anew as a whole, can be seen. Best effort: without a keychain nothing is remembered.
/// Main thread.
class HeadKeeper : public QObject {
    Q_OBJECT

public:
    /// secrets outlives the keeper.
    explicit HeadKeeper(SecretStore& secrets, QObject* parent = nullptr);

    /// The head as it is now; written when its time comes.
    void note(const models::RunId& run, const QByteArray& head);
    /// Writes what was noted of the run at once. Finishes when that came to its end, well or not.
    QFuture<void> write(const models::RunId& run);

    /// The key of a run's head in the store, which holds it in hexadecimal.
    [[nodiscard]] static QString keyOf(const models::RunId& run);

private:
    void writeAll();

    SecretStore& m_secrets;
    QHash<models::RunId, QByteArray> m_noted; ///< not written yet
    QTimer m_timer;
};

} // namespace app
