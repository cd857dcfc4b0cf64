// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalworker.h"

#include "app/journal/schema.h"

#include <QSqlError>

namespace app {

namespace {

using models::Error;
using models::ErrorCode;
using models::Event;
using models::failure;
using models::Result;

tl::unexpected<Error> notHeld() {
    return failure(
        ErrorCode::Locked,
        QStringLiteral("This console does not hold the run, so it cannot record anything "
                       "in it. Open the run again to take it over."));
}

/// The events as they were stored, and whether a writer may go on from them.
struct Reading {
    StoredRun stored;
    bool mayWrite = true;
};

Reading read(const models::RunId& run, const QList<models::ChainRecord>& records) {
    Reading reading;
    const models::ChainReport report = models::verifyChain(run, records);
    reading.stored.damage = report.text();
    reading.mayWrite = report.isIntact();
    for (const models::ChainRecord& record : records) {
        auto event = models::eventFromBytes(record.bytes, record.hash);
        if (!event)
            break; // the report names it; what follows has lost its ground
        // A newer Gantry wrote this: what it meant to happen next is not known here.
        reading.mayWrite = reading.mayWrite && event->kind != models::EventKind::Unrecognised;
        reading.stored.events.append(*event);
    }
    return reading;
}

} // namespace

JournalWorker::JournalWorker(JournalOptions options)
    : m_options(std::move(options))
    , m_database(journalDatabase(m_options)) {}

Result<void> JournalWorker::ready() {
    if (m_database.isOpen())
        return {};
    if (auto opened = m_database.open(); !opened)
        return opened;
    Connection& connection = m_database.connection();
    m_runs = std::make_unique<RunTable>(connection);
    m_outputs = std::make_unique<OutputTable>(connection, m_options.keptAtEachEnd);
    m_begin.emplace(connection.database());
    m_begin->prepare(QStringLiteral("BEGIN IMMEDIATE"));
    m_commit.emplace(connection.database());
    m_commit->prepare(QStringLiteral("COMMIT"));
    return {};
}

void JournalWorker::close() {
    m_held.clear();
    m_begin.reset();
    m_commit.reset();
    m_outputs.reset();
    m_runs.reset();
    m_database.close();
}

std::vector<WriteResult> JournalWorker::write(const std::vector<WriteRequest>& requests) {
    auto able = ready().and_then([this] { return m_database.writable(); });
    if (!able)
        return std::vector<WriteResult>(requests.size(), tl::unexpected(able.error()));
    std::vector<WriteResult> results = writeTogether(requests.data(), requests.size());
    const bool allDone = std::all_of(results.cbegin(), results.cend(),
                                     [](const WriteResult& result) { return result.has_value(); });
    if (allDone || requests.size() == 1)
        return results;
    // One that cannot be written must not keep the others from it.
    results.clear();
    for (const WriteRequest& request : requests)
        results.push_back(writeTogether(&request, 1).front());
    return results;
}

std::vector<WriteResult> JournalWorker::writeTogether(const WriteRequest* first, size_t count) {
    std::vector<WriteResult> results;
    m_begun.clear();
    const auto failAll = [&](const Error& error) {
        rollBack();
        for (const models::RunId& run : std::as_const(m_begun))
            m_held.erase(run);
        return std::vector<WriteResult>(count, tl::unexpected(noted(error)));
    };
    if (!m_begin->exec())
        return failAll(m_database.connection().error(*m_begin));
    Tails tails;
    for (size_t i = 0; i < count; ++i) {
        results.push_back(stage(first[i], tails));
        if (!results.back())
            return failAll(results.back().error());
    }
    if (!m_commit->exec())
        return failAll(m_database.connection().error(*m_commit));
    for (auto tail = tails.cbegin(); tail != tails.cend(); ++tail)
        m_held.at(tail.key()).tail = *tail;
    return results;
}

WriteResult JournalWorker::stage(const WriteRequest& request, Tails& tails) {
    const Append& append = request.append;
    const bool isNew = request.kind == WriteRequest::Kind::Create;
    if (isNew) {
        if (auto prepared = prepareCreate(append, tails); !prepared)
            return tl::unexpected(prepared.error());
    }
    const auto held = m_held.find(append.run);
    if (held == m_held.end())
        return notHeld();
    ChainTail tail = tails.value(append.run, held->second.tail);
    auto events = stageEvents(append, tail);
    if (!events || events->isEmpty())
        return events;
    if (isNew) {
        auto listed = m_runs->insertSummary(events->first());
        if (!listed)
            return tl::unexpected(listed.error());
    }
    if (auto updated = m_runs->updateSummary(*events, append.progress); !updated)
        return tl::unexpected(updated.error());
    if (auto locked = m_runs->updateLocks(*events); !locked)
        return tl::unexpected(locked.error());
    tails.insert(append.run, tail);
    return events;
}

WriteResult JournalWorker::stageEvents(const Append& append, ChainTail& tail) {
    QList<Event> events;
    const auto add = [&](const models::EventDraft& draft) -> Result<void> {
        events.append(seal(append, draft, tail));
        return m_runs->insert(events.last());
    };
    for (const OutputBody& body : append.bodies) {
        if (body.attempt.run != append.run)
            return failure(ErrorCode::Internal, QStringLiteral("Output of another run."));
        const auto payload = m_outputs->insert(body, tail.seq + 1);
        if (!payload)
            return tl::unexpected(payload.error());
        if (auto added = add({models::EventKind::OutputRecorded, *payload}); !added)
            return tl::unexpected(added.error());
    }
    for (const models::EventDraft& draft : append.drafts) {
        if (auto added = add(draft); !added)
            return tl::unexpected(added.error());
    }
    return events;
}

Result<void> JournalWorker::prepareCreate(const Append& append, Tails& tails) {
    const bool startsWell = !append.drafts.isEmpty() && append.bodies.isEmpty() &&
                            append.drafts.first().kind == models::EventKind::RunStarted;
    if (!startsWell || !RunLock::isRunId(append.run)) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("A run begins with RunStarted, under an id of 26 characters "
                                      "of 0-9 and a-z."));
    }
    const auto known = m_runs->contains(append.run);
    if (!known)
        return tl::unexpected(known.error());
    if (*known) {
        return failure(ErrorCode::Refused,
                       QStringLiteral("Run %1 is in the journal already.").arg(append.run.text()));
    }
    if (auto locked = takeLock(append.run); !locked)
        return locked;
    m_begun.append(append.run);
    tails.insert(append.run, ChainTail{});
    return {};
}

Event JournalWorker::seal(const Append& append, const models::EventDraft& draft,
                          ChainTail& tail) const {
    Event event;
    event.run = append.run;
    event.seq = tail.seq + 1;
    event.at = m_options.clock();
    event.actor = append.actor;
    event.console = m_options.console;
    event.kind = draft.kind;
    event.payload = draft.payload;
    models::sealEvent(event, tail.head);
    tail = {event.seq, event.hash};
    return event;
}

Result<void> JournalWorker::takeLock(const models::RunId& run) {
    if (m_held.find(run) != m_held.end())
        return {};
    auto lock = RunLock::take(m_options.folder, run, m_options.console, m_options.clock());
    if (!lock)
        return tl::unexpected(lock.error());
    m_held[run].lock = std::move(*lock);
    return {};
}

Result<StoredRun> JournalWorker::load(const models::RunId& run, bool wantsLock) {
    if (auto opened = ready(); !opened)
        return tl::unexpected(opened.error());
    QString heldBy;
    QString refusal;
    bool isHeld = m_held.find(run) != m_held.end();
    // Before reading, so that nobody else writes between the two.
    if (!isHeld && wantsLock && RunLock::isRunId(run)) {
        const auto locked = m_database.writable().and_then([this, &run] { return takeLock(run); });
        isHeld = locked.has_value();
        if (!isHeld)
            (locked.error().code == ErrorCode::Locked ? heldBy : refusal) = locked.error().message;
    }
    const auto records = m_runs->records(run);
    if (!records || records->isEmpty()) {
        release(run);
        if (!records)
            return tl::unexpected(noted(records.error()));
        return failure(ErrorCode::NotFound,
                       QStringLiteral("There is no run %1 in the journal. \"gantry runs\" lists "
                                      "them.")
                           .arg(run.text()));
    }
    Reading reading = read(run, *records);
    reading.stored.writable = isHeld && reading.mayWrite;
    if (reading.stored.writable)
        m_held[run].tail = {records->last().seq, records->last().hash};
    else
        release(run);
    if (!isHeld && heldBy.isEmpty())
        heldBy = RunLock::holder(m_options.folder, run, m_options.console, m_options.clock());
    reading.stored.heldBy = heldBy;
    if (heldBy.isEmpty())
        reading.stored.refusal = refusal;
    return reading.stored;
}

void JournalWorker::release(const models::RunId& run) {
    m_held.erase(run);
}

Result<QList<RunSummary>> JournalWorker::runs() {
    if (auto opened = ready(); !opened)
        return tl::unexpected(opened.error());
    auto summaries = m_runs->summaries();
    if (!summaries)
        return tl::unexpected(noted(summaries.error()));
    for (RunSummary& summary : *summaries) {
        if (summary.status != models::RunStatus::Closed && RunLock::isRunId(summary.id))
            summary.heldBy =
                RunLock::holder(m_options.folder, summary.id, m_options.console, m_options.clock());
    }
    return summaries;
}

Result<std::optional<RunSummary>> JournalWorker::lockHolder(const models::RunId& run) {
    if (auto opened = ready(); !opened)
        return tl::unexpected(opened.error());
    auto holder = m_runs->lockHolder(run);
    if (!holder)
        return tl::unexpected(noted(holder.error()));
    return holder;
}

Result<QByteArray> JournalWorker::output(const models::AttemptKey& attempt, int stream,
                                         qint64 maximum) {
    if (auto opened = ready(); !opened)
        return tl::unexpected(opened.error());
    auto bytes = m_outputs->output(attempt, stream, maximum);
    if (!bytes)
        return tl::unexpected(noted(bytes.error()));
    return bytes;
}

Result<QByteArray> JournalWorker::head(const models::RunId& run) {
    if (auto opened = ready(); !opened)
        return tl::unexpected(opened.error());
    const auto tail = m_runs->tail(run);
    if (!tail)
        return tl::unexpected(noted(tail.error()));
    return tail->seq == 0 ? QByteArray() : tail->head;
}

void JournalWorker::rollBack() {
    // Without a transaction under way this fails, and nothing is lost by that.
    QSqlQuery(m_database.connection().database()).exec(QStringLiteral("ROLLBACK"));
    m_outputs->forget();
}

Error JournalWorker::noted(const Error& error) {
    if (error.code == ErrorCode::Damaged)
        m_database.suspect();
    return error;
}

} // namespace app
