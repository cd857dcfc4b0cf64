// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/outputtable.h"
#include "app/storage/database.h"
#include "models/core/id.h"
#include "models/core/result.h"

#include <QHash>

namespace app {

// What verifying, exporting and clearing up read of a journal's file, on a connection of their own.

/// An existing journal of a version that can be read; anything else is an error that says so.
[[nodiscard]] models::Result<void> openExisting(Connection& connection, const QString& file,
                                                Connection::Access access);

/// The ids of all runs that have events, outputs or a line in the list.
[[nodiscard]] models::Result<QList<models::RunId>> runIds(Connection& connection);

/// Where the body of an event lies.
struct BodyEntry {
    qint64 row = 0;
    qint64 size = 0;
    BodyKept kept = BodyKept::Whole;
};

/// Bodies of one run by seq; their bytes are read one by one.
[[nodiscard]] models::Result<QHash<qint64, BodyEntry>> bodiesOf(Connection& connection,
                                                                const models::RunId& run);
[[nodiscard]] models::Result<QByteArray> bytesOf(Connection& connection, const BodyEntry& entry);

} // namespace app
