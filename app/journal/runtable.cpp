// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/runtable.h"

#include "models/run/host.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlError>

#include <algorithm>

namespace app {

namespace {

using models::EventKind;
using models::Result;
using models::RunStatus;

RunStatus statusNamed(const QString& name) {
    for (const RunStatus status : {RunStatus::Watching, RunStatus::Closed}) {
        if (models::runStatusName(status) == name)
            return status;
    }
    return RunStatus::Open;
}

QString text(const QJsonObject& object, QLatin1String key) {
    // "" rather than null: the columns are NOT NULL.
    const QString value = object.value(key).toString();
    return value.isNull() ? QLatin1String("") : value;
}

/// It leaves this journal, and with it the journal's lock: another console's knows it then.
bool isGivenAway(const models::Event& event) {
    return event.kind == EventKind::DriverChanged && event.payload.contains(QLatin1String("to"));
}

/// What the newest events say about the run as a whole.
struct Change {
    QVariant status;
    QVariant outcome;
    QVariant closedAt;
    QVariant blockReason;
    QVariant blockedBy;
    QVariant blockedAt;
    QVariant givenTo;
    QVariant givenAt;
};

Change changeOf(const QList<models::Event>& events) {
    Change change;
    for (const models::Event& event : events) {
        if (event.kind == EventKind::WatchStarted) {
            change.status = models::runStatusName(RunStatus::Watching);
        } else if (event.kind == EventKind::WatchEnded) {
            change.status = models::runStatusName(RunStatus::Open);
        } else if (event.kind == EventKind::RunClosed) {
            change.status = models::runStatusName(RunStatus::Closed);
            change.outcome = text(event.payload, QLatin1String("outcome"));
            change.closedAt = QVariant::fromValue<qlonglong>(event.at.nanoseconds);
        } else if (event.kind == EventKind::ReleaseBlocked) {
            change.blockReason = text(event.payload, QLatin1String("reason"));
            change.blockedBy = event.actor.isNull() ? QStringLiteral("") : event.actor;
            change.blockedAt = event.at.toString();
        } else if (event.kind == EventKind::ReleaseUnblocked) {
            change.blockReason = QStringLiteral("");
            change.blockedBy = QStringLiteral("");
            change.blockedAt = QStringLiteral("");
        } else if (event.kind == EventKind::DriverChanged) {
            change.givenTo = text(event.payload, QLatin1String("to"));
            change.givenAt = isGivenAway(event) ? event.at.toString() : QStringLiteral("");
        }
    }
    return change;
}

QStringList placesFrom(const QVariant& column) {
    QStringList places;
    const QJsonArray array = QJsonDocument::fromJson(column.toByteArray()).array();
    for (const QJsonValue& place : array)
        places.append(place.toString());
    return places;
}

QString columnOf(const QStringList& places) {
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(places)).toJson(QJsonDocument::Compact));
}

/// Of an environment in the journal: that of a run among those of its workspace.
constexpr QLatin1String journalLock = models::localPlace;

/// In the order in which summaryFrom() reads them.
constexpr char summaryColumns[] =
    "id, workspace_id, workspace_name, workspace_root, runbook_path, runbook_title, environment,"
    " started_by, started_at, last_event_at, closed_at, status, outcome, done, total, failed,"
    " target, rollback_of, block_reason, locks, given_to, given_at,"
    " blocked_by, blocked_at";

RunSummary summaryFrom(const QSqlQuery& row) {
    RunSummary summary;
    summary.id = models::RunId(row.value(0).toString());
    summary.workspaceId = row.value(1).toString();
    summary.workspaceName = row.value(2).toString();
    summary.workspaceRoot = row.value(3).toString();
    summary.runbookPath = row.value(4).toString();
    summary.runbookTitle = row.value(5).toString();
    summary.environment = row.value(6).toString();
    summary.startedBy = row.value(7).toString();
    summary.startedAt = {row.value(8).toLongLong()};
    summary.lastEventAt = {row.value(9).toLongLong()};
    summary.closedAt = {row.value(10).toLongLong()};
    summary.status = statusNamed(row.value(11).toString());
    summary.outcome =
        models::runOutcomeFromName(row.value(12).toString()).value_or(models::RunOutcome::None);
    summary.done = row.value(13).toInt();
    summary.total = row.value(14).toInt();
    summary.failed = row.value(15).toInt();
    const QJsonObject target = QJsonDocument::fromJson(row.value(16).toByteArray()).object();
    for (auto it = target.constBegin(); it != target.constEnd(); ++it)
        summary.target.insert(it.key(), it.value().toString());
    summary.rollbackOf = models::RunId(row.value(17).toString());
    summary.blockReason = row.value(18).toString();
    summary.locks = placesFrom(row.value(19));
    summary.givenTo = row.value(20).toString();
    summary.givenAt = models::Instant::fromString(row.value(21).toString());
    summary.blockedBy = row.value(22).toString();
    summary.blockedAt = models::Instant::fromString(row.value(23).toString());
    return summary;
}

} // namespace

RunTable::RunTable(Connection& connection)
    : m_connection(&connection)
    , m_insert(connection.database())
    , m_update(connection.database()) {
    m_insert.prepare(
        QStringLiteral("INSERT INTO events(run, seq, bytes, hash) VALUES(?, ?, ?, ?)"));
    m_update.prepare(
        QStringLiteral("UPDATE runs SET last_seq=?, head=?, last_event_at=?, done=ifnull(?, done),"
                       " failed=ifnull(?, failed), total=ifnull(?, total), status=ifnull(?, "
                       "status), outcome=ifnull(?, outcome),"
                       " closed_at=ifnull(?, closed_at), block_reason=ifnull(?, block_reason),"
                       " given_to=ifnull(?, given_to), given_at=ifnull(?, given_at),"
                       " blocked_by=ifnull(?, blocked_by), blocked_at=ifnull(?, blocked_at)"
                       " WHERE id=?"));
}

Result<void> RunTable::insert(const models::Event& event) {
    m_insert.bindValue(0, event.run.text());
    m_insert.bindValue(1, event.seq);
    m_insert.bindValue(2, event.bytes);
    m_insert.bindValue(3, event.hash);
    if (!m_insert.exec())
        return tl::unexpected(m_connection->error(m_insert));
    return {};
}

Result<void> RunTable::insertSummary(const models::Event& started) {
    const QJsonObject plan = started.payload.value(QLatin1String("plan")).toObject();
    const QJsonObject context = plan.value(QLatin1String("context")).toObject();
    const QJsonObject runbook = plan.value(QLatin1String("runbook")).toObject();
    const auto field = [&](const char* key) { return text(context, QLatin1String(key)); };
    const auto inserted = m_connection->run(
        QStringLiteral("INSERT INTO runs VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'open', '', 0, 0,"
                       " ?, ?, 0, ?, ?, '', '[]', '', '', '', '')"),
        {started.run.text(), field("workspaceId"), field("workspaceName"), field("workspaceRoot"),
         field("runbookPath"), text(runbook, QLatin1String("title")), field("environment"),
         started.actor, QVariant::fromValue<qlonglong>(started.at.nanoseconds),
         QVariant::fromValue<qlonglong>(started.at.nanoseconds), started.seq, started.hash,
         QString::fromUtf8(QJsonDocument(context.value(QLatin1String("target")).toObject())
                               .toJson(QJsonDocument::Compact)),
         field("of")});
    if (!inserted)
        return tl::unexpected(inserted.error());
    return {};
}

Result<void> RunTable::updateSummary(const QList<models::Event>& events,
                                     const std::optional<models::Progress>& progress) {
    const models::Event& last = events.last();
    const Change change = changeOf(events);
    m_update.bindValue(0, last.seq);
    m_update.bindValue(1, last.hash);
    m_update.bindValue(2, QVariant::fromValue<qlonglong>(last.at.nanoseconds));
    m_update.bindValue(3, progress ? QVariant(progress->done) : QVariant());
    m_update.bindValue(4, progress ? QVariant(progress->failed) : QVariant());
    m_update.bindValue(5, progress ? QVariant(progress->total) : QVariant());
    m_update.bindValue(6, change.status);
    m_update.bindValue(7, change.outcome);
    m_update.bindValue(8, change.closedAt);
    m_update.bindValue(9, change.blockReason);
    m_update.bindValue(10, change.givenTo);
    m_update.bindValue(11, change.givenAt);
    m_update.bindValue(12, change.blockedBy);
    m_update.bindValue(13, change.blockedAt);
    m_update.bindValue(14, last.run.text());
    if (!m_update.exec())
        return tl::unexpected(m_connection->error(m_update));
    return {};
}

Result<void> RunTable::updateLocks(const QList<models::Event>& events) {
    const auto isAboutLocks = [](const models::Event& event) {
        return event.kind == EventKind::LockTaken || event.kind == EventKind::LockReleased ||
               event.kind == EventKind::RunClosed || isGivenAway(event);
    };
    if (std::none_of(events.cbegin(), events.cend(), isAboutLocks))
        return {};
    const models::RunId run = events.first().run;
    const auto column =
        m_connection->value(QStringLiteral("SELECT locks FROM runs WHERE id=?"), {run.text()});
    if (!column)
        return tl::unexpected(column.error());
    QStringList places = placesFrom(*column);
    for (const models::Event& event : events) {
        const QString place = event.kind == EventKind::RunClosed || isGivenAway(event)
                                  ? QString(journalLock)
                                  : text(event.payload, QLatin1String("host"));
        if (isAboutLocks(event))
            places.removeAll(place);
        if (event.kind != EventKind::LockTaken ||
            !text(event.payload, QLatin1String("lacking")).isEmpty())
            continue;
        if (place == journalLock) {
            const models::RunId over(text(event.payload, QLatin1String("over")));
            if (auto free = passJournalLock(run, over); !free)
                return free;
        }
        places.append(place);
    }
    return setLocks(run, places);
}

Result<void> RunTable::setLocks(const models::RunId& run, const QStringList& places) {
    const auto updated = m_connection->run(QStringLiteral("UPDATE runs SET locks=? WHERE id=?"),
                                           {columnOf(places), run.text()});
    return updated ? Result<void>() : tl::unexpected(updated.error());
}

/// Who else holds it gives it up, where it is the one that it is taken over from.
Result<void> RunTable::passJournalLock(const models::RunId& to, const models::RunId& from) {
    const auto holder = lockHolder(to);
    if (!holder)
        return tl::unexpected(holder.error());
    if (!*holder || (*holder)->id == to)
        return {};
    if ((*holder)->id != from) {
        return models::failure(models::ErrorCode::Locked,
                               QStringLiteral("The run %1 changes this environment. Close it, or "
                                              "take its lock over.")
                                   .arg((*holder)->id.text()));
    }
    QStringList places = (*holder)->locks;
    places.removeAll(journalLock);
    return setLocks(from, places);
}

Result<std::optional<RunSummary>> RunTable::lockHolder(const models::RunId& run) {
    auto query = m_connection->run(
        QStringLiteral("SELECT ") + QLatin1String(summaryColumns) +
            QStringLiteral(" FROM runs WHERE status!='closed' AND locks LIKE '%\"local\"%' AND"
                           " (id=? OR (workspace_id!='' AND (workspace_id, environment)="
                           "(SELECT workspace_id, environment FROM runs WHERE id=?)))"),
        {run.text(), run.text()});
    if (!query)
        return tl::unexpected(query.error());
    if (query->next())
        return summaryFrom(*query);
    if (query->lastError().isValid())
        return tl::unexpected(m_connection->error(*query));
    return std::optional<RunSummary>();
}

Result<bool> RunTable::contains(const models::RunId& run) {
    const auto found = m_connection->value(
        QStringLiteral("SELECT 1 FROM events WHERE run=? LIMIT 1"), {run.text()});
    if (!found)
        return tl::unexpected(found.error());
    return found->toInt() == 1;
}

Result<QList<models::ChainRecord>> RunTable::records(const models::RunId& run) {
    auto query = m_connection->run(
        QStringLiteral("SELECT seq, bytes, hash FROM events WHERE run=? ORDER BY seq"),
        {run.text()});
    if (!query)
        return tl::unexpected(query.error());
    QList<models::ChainRecord> records;
    while (query->next()) {
        records.append({query->value(0).toLongLong(), query->value(1).toByteArray(),
                        query->value(2).toByteArray()});
    }
    if (query->lastError().isValid())
        return tl::unexpected(m_connection->error(*query));
    return records;
}

Result<QList<RunSummary>> RunTable::summaries() {
    auto query = m_connection->run(QStringLiteral("SELECT ") + QLatin1String(summaryColumns) +
                                   QStringLiteral(" FROM runs ORDER BY started_at DESC, id DESC"));
    if (!query)
        return tl::unexpected(query.error());
    QList<RunSummary> summaries;
    while (query->next())
        summaries.append(summaryFrom(*query));
    if (query->lastError().isValid())
        return tl::unexpected(m_connection->error(*query));
    return summaries;
}

} // namespace app
