// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalfile.h"

#include "app/journal/database.h"
#include "app/journal/outputcodec.h"
#include "app/journal/outputtable.h"
#include "app/journal/runtable.h"
#include "app/journal/schema.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlError>

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

namespace app {

namespace {

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

/// The ids of all runs that have events or a line in the list.
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

/// Where the body of an event lies.
struct BodyEntry {
    qint64 row = 0;
    qint64 size = 0;
    BodyKept kept = BodyKept::Whole;
};

/// Bodies of one run by seq; their bytes are read one by one.
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

/// Compares one run's chain, its line in the list and its outputs with one another.
class RunVerifier {
public:
    RunVerifier(Connection& connection, const models::RunId& run)
        : m_connection(&connection) {
        m_result.run = run;
    }

    Result<RunVerification> verify(const QByteArray& rememberedHead) {
        const auto records = RunTable(*m_connection).records(m_result.run);
        if (!records)
            return tl::unexpected(records.error());
        m_result.chain = models::verifyChain(m_result.run, *records, rememberedHead);
        auto done = verifyList(*records).and_then([&] { return verifyBodies(*records); });
        if (!done)
            return tl::unexpected(done.error());
        return m_result;
    }

private:
    void fault(const QString& text) { m_result.faults.append(text); }

    Result<void> verifyList(const QList<models::ChainRecord>& records) {
        auto query = m_connection->run(QStringLiteral("SELECT last_seq, head FROM runs WHERE id=?"),
                                       {m_result.run.text()});
        if (!query)
            return tl::unexpected(query.error());
        if (!query->next()) {
            fault(QStringLiteral("The run is missing from the list of runs."));
            return {};
        }
        const qint64 seq = query->value(0).toLongLong();
        const qint64 last = records.isEmpty() ? 0 : records.last().seq;
        if (last < seq)
            fault(
                QStringLiteral("The last events are missing: there were %1, the chain ends at %2.")
                    .arg(seq)
                    .arg(last));
        else if (last > seq)
            fault(QStringLiteral("There are events behind the last one recorded, %1.").arg(seq));
        else if (query->value(1).toByteArray() != m_result.chain.head)
            fault(QStringLiteral("The chain's last hash differs from the recorded head."));
        return {};
    }

    Result<void> verifyBodies(const QList<models::ChainRecord>& records) {
        auto bodies = bodiesOf(*m_connection, m_result.run);
        if (!bodies)
            return tl::unexpected(bodies.error());
        for (const models::ChainRecord& record : records) {
            const auto event = models::eventFromBytes(record.bytes, record.hash);
            if (event && event->kind == models::EventKind::OutputRecorded) {
                const auto found = bodies->constFind(record.seq);
                if (found == bodies->cend())
                    fault(QStringLiteral("The output of event %1 is missing.").arg(record.seq));
                else
                    verifyBody(*event, *found);
                bodies->remove(record.seq);
            }
        }
        if (!bodies->isEmpty())
            fault(QStringLiteral("%1 outputs belong to no event.").arg(bodies->size()));
        return {};
    }

    void verifyBody(const models::Event& event, const BodyEntry& entry) {
        if (entry.kept != BodyKept::Whole) {
            ++m_result.bodiesGone;
            return;
        }
        ++m_result.bodies;
        const auto bytes = bytesOf(*m_connection, entry);
        const QByteArray expected =
            QByteArray::fromHex(event.payload.value(QLatin1String("sha256")).toString().toLatin1());
        if (!bytes || QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256) != expected)
            fault(QStringLiteral("The output of event %1 was changed.").arg(event.seq));
    }

    Connection* m_connection;
    RunVerification m_result;
};

/// One line of an export.
struct ExportedLine {
    models::RunId run;
    models::ChainRecord record;
};

Result<ExportedLine> lineFrom(const QByteArray& text) {
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    ExportedLine line{
        models::RunId(object.value(QLatin1String("run")).toString()),
        {object.value(QLatin1String("seq")).toInteger(),
         object.value(QLatin1String("event")).toString().toUtf8(),
         QByteArray::fromHex(object.value(QLatin1String("hash")).toString().toLatin1())}};
    if (line.run.isEmpty() || line.record.bytes.isEmpty())
        return failure(ErrorCode::InvalidInput, QString());
    return line;
}

Result<JournalVerification> verifyExport(const QString& path, const RememberedHeads& heads) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::NotReadable, QStringLiteral("%1 cannot be read.").arg(path),
                       file.errorString());
    }
    QList<models::RunId> order;
    QHash<models::RunId, QList<models::ChainRecord>> records;
    for (int number = 1; !file.atEnd(); ++number) {
        const auto line = lineFrom(file.readLine());
        if (!line) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("%1 is neither a journal nor an export of one: line %2 "
                                          "holds no event.")
                               .arg(path)
                               .arg(number));
        }
        if (!records.contains(line->run))
            order.append(line->run);
        records[line->run].append(line->record);
    }
    JournalVerification result;
    for (const models::RunId& run : std::as_const(order)) {
        RunVerification verification;
        verification.run = run;
        verification.chain = models::verifyChain(run, records.value(run), heads.value(run));
        result.runs.append(verification);
    }
    return result;
}

/// Runs that were remembered and are not there at all.
void addMissingRuns(JournalVerification& verification, const RememberedHeads& heads) {
    for (auto head = heads.cbegin(); head != heads.cend(); ++head) {
        const bool isThere =
            std::any_of(verification.runs.cbegin(), verification.runs.cend(),
                        [&](const RunVerification& run) { return run.run == head.key(); });
        if (!isThere)
            verification.faults.append(
                QStringLiteral("Run %1 is missing as a whole.").arg(head.key().text()));
    }
}

QJsonObject exportedEvent(const models::RunId& run, const models::ChainRecord& record) {
    return {{QStringLiteral("run"), run.text()},
            {QStringLiteral("seq"), record.seq},
            {QStringLiteral("hash"), QString::fromLatin1(record.hash.toHex())},
            {QStringLiteral("event"), QString::fromUtf8(record.bytes)}};
}

QString whyGone(BodyKept kept) {
    return kept == BodyKept::PastLimit
               ? QStringLiteral("left out: past the limit of an attempt")
               : QStringLiteral("removed: older than the retention setting");
}

Result<void> exportRun(Connection& connection, QIODevice& target, const models::RunId& run) {
    const auto records = RunTable(connection).records(run);
    if (!records)
        return tl::unexpected(records.error());
    const auto bodies = bodiesOf(connection, run);
    if (!bodies)
        return tl::unexpected(bodies.error());
    for (const models::ChainRecord& record : *records) {
        QJsonObject line = exportedEvent(run, record);
        if (const auto entry = bodies->constFind(record.seq); entry != bodies->cend()) {
            const auto bytes =
                entry->kept == BodyKept::Whole ? bytesOf(connection, *entry) : Result<QByteArray>();
            if (!bytes)
                line.insert(QStringLiteral("outputGone"), bytes.error().message);
            else if (entry->kept != BodyKept::Whole)
                line.insert(QStringLiteral("outputGone"), whyGone(entry->kept));
            else
                line.insert(QStringLiteral("output"), QString::fromLatin1(bytes->toBase64()));
        }
        const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
        if (target.write(text) != text.size()) {
            return failure(
                ErrorCode::NotWritable,
                QStringLiteral("The export could not be written: %1.").arg(target.errorString()));
        }
    }
    return {};
}

} // namespace

bool JournalVerification::isIntact() const {
    return faults.isEmpty() &&
           std::all_of(runs.cbegin(), runs.cend(),
                       [](const RunVerification& run) { return run.isIntact(); });
}

QString JournalVerification::text() const {
    QStringList lines = faults;
    for (const RunVerification& run : runs) {
        const QString name = QStringLiteral("run %1: ").arg(run.run.text());
        if (run.isIntact()) {
            lines.append(QStringLiteral("%1%2 events, %3 outputs, intact, head %4")
                             .arg(name)
                             .arg(run.chain.events)
                             .arg(run.bodies)
                             .arg(QString::fromLatin1(run.chain.head.toHex())));
        }
        for (const models::ChainFault& fault : run.chain.faults)
            lines.append(name + fault.text);
        for (const QString& fault : run.faults)
            lines.append(name + fault);
    }
    return lines.join(QLatin1Char('\n'));
}

Result<JournalVerification> verifyJournal(const QString& file, const RememberedHeads& heads) {
    Connection connection;
    if (auto opened = openExisting(connection, file, Connection::Access::ReadOnly); !opened) {
        if (opened.error().code != ErrorCode::Damaged)
            return tl::unexpected(opened.error());
        connection.close();
        auto exported = verifyExport(file, heads);
        if (exported)
            addMissingRuns(*exported, heads);
        return exported;
    }
    JournalVerification result;
    const auto checked = connection.value(QStringLiteral("PRAGMA integrity_check(1)"));
    if (!checked || checked->toString() != QLatin1String("ok"))
        result.faults.append(QStringLiteral("The database is damaged: %1.")
                                 .arg(checked ? checked->toString() : checked.error().detail));
    const auto ids = runIds(connection);
    if (!ids)
        return tl::unexpected(ids.error());
    for (const models::RunId& run : *ids) {
        const auto verified = RunVerifier(connection, run).verify(heads.value(run));
        if (!verified)
            return tl::unexpected(verified.error());
        result.runs.append(*verified);
    }
    addMissingRuns(result, heads);
    return result;
}

Result<void> backupJournal(const QString& file, const QString& target) {
    // Made first, so that it is private from its first byte on; VACUUM INTO takes an empty file.
    const int made = open(QFile::encodeName(target).constData(),
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made < 0) {
        return failure(ErrorCode::NotWritable,
                       QStringLiteral("The backup %1 cannot be made: it exists already, or its "
                                      "folder cannot be written. Name another file.")
                           .arg(target));
    }
    close(made);
    Connection connection;
    auto done = openExisting(connection, file, Connection::Access::ReadOnly)
                    .and_then([&]() -> Result<void> {
                        auto copied = connection.run(QStringLiteral("VACUUM INTO ?"), {target});
                        if (!copied)
                            return tl::unexpected(copied.error());
                        return {};
                    });
    if (!done)
        QFile::remove(target);
    return done;
}

Result<void> exportJournal(const QString& file, QIODevice& target, const models::RunId& run) {
    Connection connection;
    if (auto opened = openExisting(connection, file, Connection::Access::ReadOnly); !opened)
        return opened;
    const auto ids = runIds(connection);
    if (!ids)
        return tl::unexpected(ids.error());
    if (!run.isEmpty() && !ids->contains(run)) {
        return failure(ErrorCode::NotFound, QStringLiteral("There is no run %1 in the journal. "
                                                           "\"gantry runs\" lists them.")
                                                .arg(run.text()));
    }
    for (const models::RunId& id : *ids) {
        if (!run.isEmpty() && id != run)
            continue;
        if (auto done = exportRun(connection, target, id); !done)
            return done;
    }
    return {};
}

Result<Removal> removeOutputs(const QString& file, models::Instant closedBefore) {
    Connection connection;
    if (auto opened = openExisting(connection, file, Connection::Access::ReadWrite); !opened)
        return tl::unexpected(opened.error());
    const QString which = QStringLiteral(" FROM bodies WHERE kept=0 AND run IN (SELECT id FROM runs"
                                         " WHERE closed_at>0 AND closed_at<?)");
    const QVariant moment = QVariant::fromValue<qlonglong>(closedBefore.nanoseconds);
    if (auto begun = connection.run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return tl::unexpected(begun.error());
    const auto bodies = connection.value(QStringLiteral("SELECT count(*)") + which, {moment});
    const auto bytes =
        connection.value(QStringLiteral("SELECT sum(length(bytes))") + which, {moment});
    const auto removed =
        connection.run(QStringLiteral("UPDATE bodies SET bytes=NULL, kept=? WHERE rowid IN (SELECT"
                                      " rowid") +
                           which + QLatin1Char(')'),
                       {static_cast<int>(BodyKept::PastRetention), moment});
    if (!bodies || !bytes || !removed) {
        (void)connection.run(QStringLiteral("ROLLBACK"));
        return tl::unexpected(!bodies ? bodies.error() : !bytes ? bytes.error() : removed.error());
    }
    if (auto committed = connection.run(QStringLiteral("COMMIT")); !committed)
        return tl::unexpected(committed.error());
    // Gives the freed pages back; that it cannot (somebody reads) takes nothing from what was done.
    if (auto vacuum = connection.run(QStringLiteral("PRAGMA incremental_vacuum"))) {
        while (vacuum->next()) {
        }
    }
    return Removal{bodies->toLongLong(), bytes->toLongLong()};
}

} // namespace app
