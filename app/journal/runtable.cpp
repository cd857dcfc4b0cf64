// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/runtable.h"

#include <QJsonDocument>
#include <QSqlError>

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

/// What the newest events say about the run as a whole.
struct Change {
    QVariant status;
    QVariant outcome;
    QVariant closedAt;
    QVariant blockReason;
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
        } else if (event.kind == EventKind::ReleaseUnblocked) {
            change.blockReason = QStringLiteral("");
        }
    }
    return change;
}

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
                       " closed_at=ifnull(?, closed_at), block_reason=ifnull(?, block_reason)"
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
                       " ?, ?, 0, ?, ?, '')"),
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
    m_update.bindValue(10, last.run.text());
    if (!m_update.exec())
        return tl::unexpected(m_connection->error(m_update));
    return {};
}

Result<bool> RunTable::contains(const models::RunId& run) {
    const auto found = m_connection->value(
        QStringLiteral("SELECT 1 FROM events WHERE run=? LIMIT 1"), {run.text()});
    if (!found)
        return tl::unexpected(found.error());
    return found->toInt() == 1;
}

Result<ChainTail> RunTable::tail(const models::RunId& run) {
    auto query = m_connection->run(
        QStringLiteral("SELECT seq, hash FROM events WHERE run=? ORDER BY seq DESC LIMIT 1"),
        {run.text()});
    if (!query)
        return tl::unexpected(query.error());
    if (query->next())
        return ChainTail{query->value(0).toLongLong(), query->value(1).toByteArray()};
    if (query->lastError().isValid())
        return tl::unexpected(m_connection->error(*query));
    return ChainTail{};
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
    auto query = m_connection->run(QStringLiteral(
        "SELECT id, workspace_id, workspace_name, workspace_root, runbook_path, runbook_title,"
        " environment, started_by, started_at, last_event_at, closed_at, status, outcome, done,"
        " total, failed, target, rollback_of, block_reason FROM runs ORDER BY started_at DESC, id "
        "DESC"));
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
