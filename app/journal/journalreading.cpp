// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalreading.h"

#include "app/journal/outputcodec.h"
#include "app/journal/schema.h"

#include <QFileInfo>

namespace app {

using models::ErrorCode;
using models::failure;
using models::Result;

Result<void> openExisting(Connection& connection, const QString& file, Connection::Access access) {
    if (!QFileInfo(file).isFile()) {
        return failure(ErrorCode::NotFound,
                       QStringLiteral("There is no journal %1. Name another file.").arg(file));
    }
    if (auto opened = connection.open(file, access); !opened)
        return opened;
    const auto application = connection.value(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return tl::unexpected(application.error());
    if (application->toInt() != journalApplicationId) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("%1 is not a journal of Gantry.").arg(file));
    }
    const auto version = connection.value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return tl::unexpected(version.error());
    if (version->toInt() > journalVersion()) {
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("%1 was written by a newer Gantry. Update Gantry to read it.")
                           .arg(file));
    }
    return {};
}

Result<QList<models::RunId>> runIds(Connection& connection) {
    auto query =
        connection.run(QStringLiteral("SELECT DISTINCT run FROM events UNION SELECT id FROM runs"
                                      " UNION SELECT run FROM bodies ORDER BY 1"));
    if (!query)
        return tl::unexpected(query.error());
    QList<models::RunId> ids;
    while (query->next())
        ids.append(models::RunId(query->value(0).toString()));
    return ids;
}

Result<QHash<qint64, BodyEntry>> bodiesOf(Connection& connection, const models::RunId& run) {
    auto query = connection.run(
        QStringLiteral("SELECT seq, rowid, size, kept FROM bodies WHERE run=?"), {run.text()});
    if (!query)
        return tl::unexpected(query.error());
    QHash<qint64, BodyEntry> bodies;
    while (query->next()) {
        bodies.insert(query->value(0).toLongLong(),
                      {query->value(1).toLongLong(), query->value(2).toLongLong(),
                       static_cast<BodyKept>(query->value(3).toInt())});
    }
    return bodies;
}

Result<QByteArray> bytesOf(Connection& connection, const BodyEntry& entry) {
    auto query = connection.run(QStringLiteral("SELECT coding, bytes FROM bodies WHERE rowid=?"),
                                {entry.row});
    if (!query)
        return tl::unexpected(query.error());
    if (!query->next())
        return tl::unexpected(connection.error(*query));
    return decodeBody(
        {static_cast<BodyCoding>(query->value(0).toInt()), query->value(1).toByteArray()},
        entry.size);
}

} // namespace app
