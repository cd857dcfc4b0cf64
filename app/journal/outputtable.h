// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/outputcodec.h"
#include "app/run/journalstore.h"
#include "app/storage/database.h"

#include <QHash>
#include <QSqlQuery>

#include <optional>

namespace app {

/// Whether a body is still there, and if not, why. Stored as numbers: do not renumber.
enum class BodyKept { Whole = 0, PastLimit = 1, PastRetention = 2 };

/// The table "bodies" of one connection. Transactions are the caller's.
class OutputTable {
public:
    OutputTable(Connection& connection, qint64 keptAtEachEnd);

    /// The payload of the OutputRecorded event that will have this seq; stores its body, and
    /// leaves out what no longer fits the attempt's limit.
    [[nodiscard]] models::Result<QJsonObject> insert(const OutputBody& body, qint64 seq);
    /// The body of an event that another console recorded; nothing where it was gone there.
    [[nodiscard]] models::Result<void> adopt(const models::Event& recorded,
                                             const std::optional<QByteArray>& bytes);
    /// What insert() counted may not have been committed: counts anew.
    void forget() { m_counts.clear(); }

    /// See JournalStore::output().
    [[nodiscard]] models::Result<QByteArray> output(const models::AttemptKey& attempt, int stream,
                                                    qint64 maximum);

private:
    struct Row {
        qint64 id = 0;
        qint64 size = 0;
        BodyKept kept = BodyKept::Whole;
    };
    /// Masked bytes of an attempt, both streams.
    struct Count {
        qint64 first = 0;    ///< kept at the beginning
        qint64 last = 0;     ///< kept behind that
        qint64 leftOut = 0;  ///< between the two
        qint64 firstSeq = 0; ///< of the first body behind the beginning
    };

    [[nodiscard]] models::Result<Count> count(const models::AttemptKey& attempt);
    [[nodiscard]] models::Result<void> leaveOut(const models::AttemptKey& attempt, Count& count);
    [[nodiscard]] models::Result<QList<Row>> rows(const models::AttemptKey& attempt, int stream);
    [[nodiscard]] models::Result<QByteArray> body(const Row& row);

    Connection* m_connection;
    qint64 m_keptAtEachEnd;
    QSqlQuery m_insert;
    OutputEncoder m_encoder;
    QHash<models::AttemptKey, Count> m_counts;
};

} // namespace app
