// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/secretstore.h"
#include "models/core/id.h"

#include <QHash>
#include <QMap>
#include <QObject>
#include <QTimer>

#include <memory>

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
    /// Writes what was noted of the run at once. Finishes when it is kept, or cannot be.
    QFuture<models::Result<void>> write(const models::RunId& run);
    /// The same at the end of a run that may still be recorded in: last tells the head that it then
    /// has, or nothing. That one is written as well; the future finishes behind it.
    QFuture<models::Result<void>> write(const models::RunId& run,
                                        const QFuture<models::Result<QByteArray>>& last);

    /// The key of a run's head in the store, which holds it in hexadecimal.
    [[nodiscard]] static QString keyOf(const models::RunId& run);

    /// What the store remembers of some runs.
    struct Remembered {
        QMap<models::RunId, QByteArray> heads; ///< of those of which it holds one
        QString trouble; ///< why it could not be asked about all of them; empty: it was
    };
    /// Asks for one after the other. A store that cannot be asked says so once, and is asked no
    /// more. Once the keeper is gone, the future is cancelled.
    [[nodiscard]] QFuture<Remembered> read(const QList<models::RunId>& runs);

private:
    struct Reading;

    void writeAll();
    void readNext(const std::shared_ptr<Reading>& reading);

    SecretStore& m_secrets;
    QHash<models::RunId, QByteArray> m_noted; ///< not written yet
    QTimer m_timer;
};

} // namespace app
