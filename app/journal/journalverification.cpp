// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalfile.h"

#include "app/journal/journalreading.h"
#include "app/journal/runtable.h"
#include "models/core/sha256.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace app {

using models::ErrorCode;
using models::failure;
using models::Result;

namespace {

/// What its readable events say was signed.
QList<models::ApprovalProof> proofsIn(const QList<models::ChainRecord>& records) {
    QList<models::Event> events;
    for (const models::ChainRecord& record : records) {
        if (const auto event = models::eventFromBytes(record.bytes, record.hash))
            events.append(*event);
    }
    return models::approvalProofs(events);
}

bool isOutput(const models::Result<models::Event>& event) {
    return event && event->kind == models::EventKind::OutputRecorded;
}

/// Whether the bytes are those whose hash the event holds.
bool isOutputOf(const models::Event& event, const QByteArray& bytes) {
    return models::sha256(bytes) ==
           QByteArray::fromHex(event.payload.value(QLatin1String("sha256")).toString().toLatin1());
}

QString missingOutput(qint64 seq) {
    return QStringLiteral("The output of event %1 is missing.").arg(seq);
}

QString changedOutput(qint64 seq) {
    return QStringLiteral("The output of event %1 was changed.").arg(seq);
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
        m_result.proofs = proofsIn(*records);
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
            if (isOutput(event)) {
                const auto found = bodies->constFind(record.seq);
                if (found == bodies->cend())
                    fault(missingOutput(record.seq));
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
        if (!bytes || !isOutputOf(event, *bytes))
            fault(changedOutput(event.seq));
    }

    Connection* m_connection;
    RunVerification m_result;
};

/// One line of an export.
struct ExportedLine {
    models::RunId run;
    models::ChainRecord record;
    QJsonObject object;
};

Result<ExportedLine> lineFrom(const QByteArray& text) {
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    ExportedLine line{
        models::RunId(object.value(QLatin1String("run")).toString()),
        {object.value(QLatin1String("seq")).toInteger(),
         object.value(QLatin1String("event")).toString().toUtf8(),
         QByteArray::fromHex(object.value(QLatin1String("hash")).toString().toLatin1())},
        object};
    if (line.run.isEmpty() || line.record.bytes.isEmpty())
        return failure(ErrorCode::InvalidInput, QString());
    return line;
}

/// The output that stands behind its event.
void verifyOutput(RunVerification& result, const ExportedLine& line) {
    const auto event = models::eventFromBytes(line.record.bytes, line.record.hash);
    if (!isOutput(event))
        return;
    if (line.object.contains(QLatin1String("outputGone"))) {
        ++result.bodiesGone;
        return;
    }
    if (!line.object.contains(QLatin1String("output"))) {
        result.faults.append(missingOutput(line.record.seq));
        return;
    }
    ++result.bodies;
    const QByteArray text = line.object.value(QLatin1String("output")).toString().toLatin1();
    if (!isOutputOf(*event, QByteArray::fromBase64(text)))
        result.faults.append(changedOutput(line.record.seq));
}

Result<JournalVerification> verifyExport(const QString& path, const RememberedHeads& heads) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::NotReadable, QStringLiteral("%1 cannot be read.").arg(path),
                       file.errorString());
    }
    QList<models::RunId> order;
    QHash<models::RunId, QList<models::ChainRecord>> records;
    QHash<models::RunId, RunVerification> found;
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
        verifyOutput(found[line->run], *line);
    }
    JournalVerification result;
    for (const models::RunId& run : std::as_const(order)) {
        RunVerification& verification = found[run];
        verification.run = run;
        verification.chain = models::verifyChain(run, records.value(run), heads.value(run));
        verification.proofs = proofsIn(records.value(run));
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

/// That run alone; of all runs also what is missing.
Result<JournalVerification> chosen(JournalVerification all, const RememberedHeads& heads,
                                   const models::RunId& run) {
    if (run.isEmpty()) {
        addMissingRuns(all, heads);
        return all;
    }
    all.runs.removeIf([&run](const RunVerification& one) { return one.run != run; });
    if (all.runs.isEmpty()) {
        return failure(ErrorCode::NotFound,
                       QStringLiteral("There is no run %1 in it. \"gantry runs\" lists them.")
                           .arg(run.text()));
    }
    return all;
}

} // namespace

bool JournalVerification::isIntact() const {
    return faults.isEmpty() &&
           std::all_of(runs.cbegin(), runs.cend(),
                       [](const RunVerification& run) { return run.isIntact(); });
}

QStringList RunVerification::allFaults() const {
    QStringList all;
    for (const models::ChainFault& fault : chain.faults)
        all.append(fault.text);
    return all + faults;
}

QStringList RunVerification::lines() const {
    const QString name = QStringLiteral("run %1: ").arg(run.text());
    QStringList lines;
    if (isIntact()) {
        lines.append(QStringLiteral("%1%2 events, %3 outputs, intact, head %4")
                         .arg(name)
                         .arg(chain.events)
                         .arg(bodies)
                         .arg(QString::fromLatin1(chain.head.toHex())));
    }
    for (const QString& fault : allFaults())
        lines.append(name + fault);
    return lines;
}

QString JournalVerification::text() const {
    QStringList lines = faults;
    for (const RunVerification& run : runs)
        lines += run.lines();
    return lines.join(QLatin1Char('\n'));
}

Result<JournalVerification> verifyJournal(const QString& file, const RememberedHeads& heads,
                                          const models::RunId& run, JournalUse use) {
    Connection connection(QStringLiteral("journal"));
    const auto access =
        use == JournalUse::Copy ? Connection::Access::Resting : Connection::Access::ReadOnly;
    if (auto opened = openExisting(connection, file, access); !opened) {
        if (opened.error().code != ErrorCode::Damaged)
            return tl::unexpected(opened.error());
        connection.close();
        return verifyExport(file, heads).and_then([&](JournalVerification&& all) {
            return chosen(std::move(all), heads, run);
        });
    }
    JournalVerification result;
    const auto checked = connection.value(QStringLiteral("PRAGMA integrity_check(1)"));
    if (!checked || checked->toString() != QLatin1String("ok"))
        result.faults.append(QStringLiteral("The database is damaged: %1.")
                                 .arg(checked ? checked->toString() : checked.error().detail));
    const auto ids = runIds(connection);
    if (!ids)
        return tl::unexpected(ids.error());
    for (const models::RunId& id : *ids) {
        if (!run.isEmpty() && id != run)
            continue;
        const auto verified = RunVerifier(connection, id).verify(heads.value(id));
        if (!verified)
            return tl::unexpected(verified.error());
        result.runs.append(*verified);
    }
    return chosen(std::move(result), heads, run);
}

} // namespace app
