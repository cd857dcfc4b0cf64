// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyworker.h"

#include "app/history/historyschema.h"
#include "app/history/slotbytes.h"

#include <QUuid>

#include <algorithm>

namespace app {

namespace {

using models::CheckRecord;
using models::Instant;
using models::KeptSlot;
using models::ProbeIdentity;
using models::Result;
using std::chrono::seconds;

constexpr seconds anHour = std::chrono::hours(1);
constexpr seconds fiveMinutes = std::chrono::minutes(5);
constexpr qint64 hoursAsTheyCame = 24;
constexpr std::chrono::days fineFor{7};
/// Hours of probes in one transaction: another console is not to wait for long.
constexpr int rolledAtOnce = 200;

qint64 hourOf(Instant at) {
    return at.nanoseconds / std::chrono::nanoseconds(anHour).count();
}

QVariantList keyOf(const ProbeIdentity& probe) {
    return {probe.workspace, probe.environment, probe.service, probe.definition};
}

/// For an empty text SQLite is to have a text, and not NULL.
QString text(const QString& words) {
    return words.isNull() ? QStringLiteral("") : words;
}

} // namespace

HistoryWorker::HistoryWorker(HistoryOptions options)
    : m_options(std::move(options))
    , m_console(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_database(historyFile(m_options)) {}

Result<void> HistoryWorker::ready() {
    return m_database.open();
}

qint64 HistoryWorker::hoursNow() const {
    return hourOf(m_options.clock());
}

Result<std::optional<qint64>> HistoryWorker::find(const ProbeIdentity& probe) {
    if (const auto known = m_ids.find(probe); known != m_ids.end())
        return known->second;
    const auto id = m_database.connection().value(
        QStringLiteral("SELECT id FROM probes WHERE workspace=? AND environment=? AND service=?"
                       " AND definition=?"),
        keyOf(probe));
    if (!id)
        return tl::unexpected(id.error());
    if (!id->isValid())
        return std::optional<qint64>();
    m_ids[probe] = id->toLongLong();
    return std::optional(id->toLongLong());
}

Result<qint64> HistoryWorker::idOf(const ProbeIdentity& probe) {
    if (const auto made = m_database.connection().run(
            QStringLiteral("INSERT OR IGNORE INTO probes(workspace, environment, service,"
                           " definition) VALUES(?, ?, ?, ?)"),
            keyOf(probe));
        !made)
        return tl::unexpected(made.error());
    return find(probe).map([](const std::optional<qint64>& id) { return id.value_or(0); });
}

Result<void> HistoryWorker::inTransaction(const std::function<Result<void>()>& work) {
    Result<void> done = m_database.connection().transaction(work);
    if (!done)
        m_ids.clear(); // some may have been made in it
    return done;
}

Result<void> HistoryWorker::write(const std::vector<HistoryEntry>& entries) {
    return m_database.writable().and_then(
        [&] { return inTransaction([&] { return writeEntries(entries); }); });
}

Result<void> HistoryWorker::writeEntries(const std::vector<HistoryEntry>& entries) {
    std::map<std::pair<qint64, qint64>, QByteArray> rows; // by probe and hour
    std::map<qint64, const LastCheck*> lasts;
    for (const HistoryEntry& entry : entries) {
        std::optional<qint64> id;
        if (const auto known = find(entry.probe); !known)
            return tl::unexpected(known.error());
        else
            id = *known;
        if (!id) {
            const auto made = idOf(entry.probe);
            if (!made)
                return tl::unexpected(made.error());
            id = *made;
        }
        rows[{*id, hourOf(entry.check.at)}] += models::packed(entry.check);
        lasts[*id] = &entry.last;
    }
    for (const auto& [key, bytes] : rows) {
        const auto written = m_database.connection().run(
            QStringLiteral("INSERT INTO checks(probe, hour, console, packed) VALUES(?, ?, ?, ?)"
                           " ON CONFLICT DO UPDATE SET packed = CAST(packed || excluded.packed"
                           " AS BLOB)"),
            {key.first, key.second, m_console, bytes});
        if (!written)
            return tl::unexpected(written.error());
    }
    for (const auto& [id, last] : lasts) {
        if (auto written = writeLast(id, *last); !written)
            return written;
    }
    return {};
}

/// Of two consoles the newer one counts.
Result<void> HistoryWorker::writeLast(qint64 probe, const LastCheck& last) {
    return m_database.connection()
        .run(QStringLiteral("INSERT INTO last(probe, at, settled, reason, packed)"
                            " VALUES(?, ?, ?, ?, ?) ON CONFLICT(probe) DO UPDATE SET"
                            " at=excluded.at, settled=excluded.settled, reason=excluded.reason,"
                            " packed=excluded.packed WHERE excluded.at >= last.at"),
             {probe, qint64(last.at.nanoseconds / 1'000'000), static_cast<int>(last.settled),
              text(last.reason), models::packed({last.at, last.verdict, last.phases})})
        .map([](const QSqlQuery&) {});
}

Result<std::optional<LastCheck>> HistoryWorker::lastOf(const ProbeIdentity& probe) {
    const auto id = find(probe);
    if (!id)
        return tl::unexpected(id.error());
    if (!*id)
        return std::optional<LastCheck>();
    auto row = m_database.connection().run(
        QStringLiteral("SELECT settled, reason, packed FROM last WHERE probe=?"), {**id});
    if (!row)
        return tl::unexpected(row.error());
    if (!row->next())
        return std::optional<LastCheck>();
    const std::vector<CheckRecord> checks = models::unpackedChecks(row->value(2).toByteArray());
    const int settled = row->value(0).toInt();
    if (checks.size() != 1 || settled < 0 || settled > static_cast<int>(models::Verdict::Unknown))
        return std::optional<LastCheck>();
    const CheckRecord& check = checks.front();
    return std::optional(LastCheck{check.at, check.verdict, static_cast<models::Verdict>(settled),
                                   row->value(1).toString(), check.phases});
}

Result<ProbePast> HistoryWorker::pastOf(const ProbeIdentity& probe) {
    ProbePast past;
    const auto id = find(probe);
    if (!id)
        return tl::unexpected(id.error());
    if (!*id)
        return past;
    auto last = lastOf(probe);
    if (!last)
        return tl::unexpected(last.error());
    past.last = std::move(*last);
    for (const seconds resolution : {anHour, fiveMinutes}) {
        if (const auto read = readSlots(**id, resolution, past); !read)
            return tl::unexpected(read.error());
    }
    const auto checks = readChecks(**id, QStringLiteral("hour > 0"), {});
    if (!checks)
        return tl::unexpected(checks.error());
    for (const CheckRecord& check : *checks) {
        past.series.push(check.at, check.verdict, check.phases.total);
        if (check.verdict == models::Verdict::Pass)
            past.phases.push(check.at, check.phases);
    }
    return past;
}

Result<void> HistoryWorker::readSlots(qint64 probe, seconds resolution, ProbePast& past) {
    auto rows = m_database.connection().run(
        QStringLiteral("SELECT slot, passed, failed, unknown, measured, least, most, sum, phases,"
                       " sketch FROM slots WHERE probe=? AND resolution=? ORDER BY slot"),
        {probe, static_cast<qint64>(resolution.count())});
    if (!rows)
        return tl::unexpected(rows.error());
    while (rows->next()) {
        const auto slot = rows->value(0).toUInt();
        models::HealthRollup rollup;
        rollup.begin = {std::chrono::nanoseconds(resolution).count() * slot};
        rollup.summary = {rows->value(1).toULongLong(), rows->value(2).toULongLong(),
                          rows->value(3).toULongLong(), rows->value(4).toULongLong(),
                          rows->value(5).toDouble(),    rows->value(6).toDouble(),
                          rows->value(7).toDouble()};
        rollup.sketch = sketchFrom(rows->value(9).toByteArray());
        past.phases.restore(resolution, phasesFrom(slot, rows->value(8).toByteArray()));
        if (resolution == anHour)
            past.series.restoreHour(rollup);
        else
            past.series.restoreFiveMinutes(rollup);
    }
    return {};
}

/// Of all consoles, in order of time.
Result<std::vector<CheckRecord>> HistoryWorker::readChecks(qint64 probe, const QString& where,
                                                           const QVariantList& values) {
    auto rows = m_database.connection().run(
        QStringLiteral("SELECT packed FROM checks WHERE probe=? AND ") + where,
        QVariantList{probe} + values);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<CheckRecord> checks;
    while (rows->next()) {
        const std::vector<CheckRecord> more = models::unpackedChecks(rows->value(0).toByteArray());
        checks.insert(checks.end(), more.begin(), more.end());
    }
    std::stable_sort(
        checks.begin(), checks.end(),
        [](const CheckRecord& one, const CheckRecord& other) { return one.at < other.at; });
    return checks;
}

Result<void> HistoryWorker::maintain() {
    if (const auto writable = m_database.writable(); !writable)
        return writable;
    bool isMore = true;
    while (isMore) {
        const auto rolled = rollUpSome();
        if (!rolled)
            return tl::unexpected(rolled.error());
        isMore = *rolled;
    }
    return removeOld().and_then([this] { return fit(); });
}

/// Whether there may be more.
Result<bool> HistoryWorker::rollUpSome() {
    auto rows = m_database.connection().run(
        QStringLiteral("SELECT DISTINCT probe, hour FROM checks WHERE hour < ?"
                       " ORDER BY hour, probe LIMIT %1")
            .arg(rolledAtOnce),
        {hoursNow() - hoursAsTheyCame});
    if (!rows)
        return tl::unexpected(rows.error());
    QList<std::pair<qint64, qint64>> due;
    while (rows->next())
        due.append({rows->value(0).toLongLong(), rows->value(1).toLongLong()});
    rows->finish();
    if (due.isEmpty())
        return false;
    return inTransaction([&]() -> Result<void> {
               for (const auto& [probe, hour] : std::as_const(due)) {
                   if (auto done = rollUp(probe, hour); !done)
                       return done;
               }
               return {};
           })
        .map([&] { return due.size() == rolledAtOnce; });
}

/// Read within the transaction: what another console has rolled up meanwhile is not there any more.
Result<void> HistoryWorker::rollUp(qint64 probe, qint64 hour) {
    const auto checks = readChecks(probe, QStringLiteral("hour=?"), {hour});
    if (!checks)
        return tl::unexpected(checks.error());
    for (const seconds resolution : {fiveMinutes, anHour}) {
        for (const KeptSlot& slot : models::rollUp(*checks, resolution)) {
            if (auto written = writeSlot(probe, resolution, slot); !written)
                return written;
        }
    }
    return m_database.connection()
        .run(QStringLiteral("DELETE FROM checks WHERE probe=? AND hour=?"), {probe, hour})
        .map([](const QSqlQuery&) {});
}

Result<void> HistoryWorker::writeSlot(qint64 probe, seconds resolution, const KeptSlot& slot) {
    const models::HealthSummary& summary = slot.rollup.summary;
    const QByteArray sketch = resolution == anHour ? bytesOf(slot.rollup.sketch) : QByteArray("");
    return m_database.connection()
        .run(QStringLiteral("INSERT OR IGNORE INTO slots(probe, resolution, slot, passed, failed,"
                            " unknown, measured, least, most, sum, phases, sketch)"
                            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
             {probe, static_cast<qint64>(resolution.count()), slot.phases.slot,
              static_cast<qint64>(summary.passed), static_cast<qint64>(summary.failed),
              static_cast<qint64>(summary.unknown), static_cast<qint64>(summary.measured),
              summary.least, summary.most, summary.sum, bytesOf(slot.phases),
              sketch.isNull() ? QByteArray("") : sketch})
        .map([](const QSqlQuery&) {});
}

Result<void> HistoryWorker::removeOld() {
    const qint64 kept = hoursNow() - std::chrono::hours(m_options.retention).count();
    const qint64 fine =
        hoursNow() - std::chrono::hours(std::min(fineFor, m_options.retention)).count();
    return inTransaction([&]() -> Result<void> {
        const std::pair<QString, QVariantList> statements[]{
            {QStringLiteral("DELETE FROM slots WHERE resolution=3600 AND slot < ?"), {kept}},
            {QStringLiteral("DELETE FROM slots WHERE resolution=300 AND slot < ?"), {fine * 12}},
            {QStringLiteral("DELETE FROM checks WHERE hour < ?"), {kept}},
            {QStringLiteral("DELETE FROM last WHERE at < ?"), {kept * 3'600'000}},
            {QStringLiteral("DELETE FROM probes WHERE id NOT IN (SELECT probe FROM last)"
                            " AND id NOT IN (SELECT probe FROM slots)"
                            " AND id NOT IN (SELECT probe FROM checks)"),
             {}}};
        for (const auto& [statement, values] : statements) {
            if (auto done = m_database.connection().run(statement, values); !done)
                return tl::unexpected(done.error());
        }
        m_ids.clear();
        return {};
    });
}

/// The oldest day of hours at a time, until what is left is small enough.
Result<void> HistoryWorker::fit() {
    Connection& connection = m_database.connection();
    for (;;) {
        const auto used = connection.value(
            QStringLiteral("SELECT (page_count - freelist_count) * page_size FROM"
                           " pragma_page_count, pragma_freelist_count, pragma_page_size"));
        if (!used)
            return tl::unexpected(used.error());
        const auto oldest =
            connection.value(QStringLiteral("SELECT min(slot) FROM slots WHERE resolution=3600"));
        if (!oldest)
            return tl::unexpected(oldest.error());
        if (used->toLongLong() <= m_options.mostBytes || oldest->isNull())
            return connection.giveBackFreePages();
        const qint64 until = oldest->toLongLong() + 24;
        const auto removed =
            connection.run(QStringLiteral("DELETE FROM slots WHERE (resolution=3600 AND slot < ?)"
                                          " OR (resolution=300 AND slot < ?)"),
                           {until, until * 12});
        if (!removed)
            return tl::unexpected(removed.error());
    }
}

} // namespace app
