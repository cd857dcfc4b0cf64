// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "app/storage/database.h"
#include "models/run/chain.h"

#include <QSqlQuery>

namespace app {

/// Where a run's chain ends.
struct ChainTail {
    qint64 seq = 0;
    QByteArray head = models::chainOrigin();
};

/// The tables "events" and "runs" of one connection, with prepared statements. Transactions are the
/// caller's.
class RunTable {
public:
    explicit RunTable(Connection& connection);

    [[nodiscard]] models::Result<void> insert(const models::Event& event);
    /// A new line of the runs list, from the run's first event.
    [[nodiscard]] models::Result<void> insertSummary(const models::Event& started);
    /// Brings the run's line up to date; events are the newest, in order. Without progress its
    /// counts stay.
    [[nodiscard]] models::Result<void>
    updateSummary(const QList<models::Event>& events,
                  const std::optional<models::Progress>& progress);
    /// Keeps along where the run holds locks. Locked where another open run holds the journal's.
    [[nodiscard]] models::Result<void> updateLocks(const QList<models::Event>& events);

    [[nodiscard]] models::Result<std::optional<RunSummary>> lockHolder(const models::RunId& run);

    [[nodiscard]] models::Result<bool> contains(const models::RunId& run);
    [[nodiscard]] models::Result<QList<models::ChainRecord>> records(const models::RunId& run);
    /// Newest first; heldBy is left empty.
    [[nodiscard]] models::Result<QList<RunSummary>> summaries();

private:
    [[nodiscard]] models::Result<void> setLocks(const models::RunId& run,
                                                const QStringList& places);
    [[nodiscard]] models::Result<void> passJournalLock(const models::RunId& to,
                                                       const models::RunId& from);

    Connection* m_connection;
    QSqlQuery m_insert;
    QSqlQuery m_update;
};

} // namespace app
