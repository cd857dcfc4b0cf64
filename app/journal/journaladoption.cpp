// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that go from one console's journal to another's.
#include "app/journal/journalfile.h"
#include "app/journal/journalworker.h"
#include "models/run/standing.h"

#include <QBuffer>
#include <QSqlError>

namespace app {

using models::ErrorCode;
using models::Event;
using models::failure;
using models::Result;

namespace {

/// Whether what is stored here begins the file: the other console went on from it.
bool begins(const QList<models::ChainRecord>& stored, const models::RunFile& file) {
    const qsizetype common = std::min(stored.size(), file.records.size());
    return common == 0 || stored[common - 1].hash == file.records[common - 1].hash;
}

/// The journal's lock of the environment stays behind with the console that handed it over.
bool takesJournalLock(const Event& event) {
    return event.kind == models::EventKind::LockTaken &&
           event.payload.value(QLatin1String("host")).toString() == models::localPlace;
}

} // namespace

Result<QByteArray> JournalWorker::exported(const models::RunId& run) {
    QBuffer lines;
    lines.open(QIODevice::WriteOnly);
    return exportJournal(m_options.databasePath(), lines, run).map([&lines] {
        return lines.data();
    });
}

Result<qint64> JournalWorker::adopt(const models::RunFile& file) {
    auto able = ready().and_then([this] { return m_database.writable(); });
    if (!able)
        return tl::unexpected(able.error());
    if (!RunLock::isRunId(file.run))
        return failure(ErrorCode::InvalidInput, QStringLiteral("The file names no run."));
    const auto stored = m_runs->records(file.run);
    if (!stored)
        return tl::unexpected(noted(stored.error()));
    if (!begins(*stored, file)) {
        return failure(ErrorCode::Refused,
                       QStringLiteral("This run went on here in another way since it was handed "
                                      "over: the two records cannot be joined."));
    }
    if (stored->size() >= file.records.size())
        return 0;
    if (m_held.find(file.run) != m_held.end())
        return failure(ErrorCode::Locked, QStringLiteral("The run is driven here."));
    if (auto locked = takeLock(file.run); !locked)
        return tl::unexpected(locked.error());
    auto staged = m_begin->exec() ? stageAdopted(file, stored->size())
                                  : tl::unexpected(m_database.connection().error(*m_begin));
    if (staged && !m_commit->exec())
        staged = tl::unexpected(m_database.connection().error(*m_commit));
    if (!staged)
        rollBack();
    m_outputs->forget();
    release(file.run);
    if (!staged)
        return tl::unexpected(noted(staged.error()));
    return file.records.size() - stored->size();
}

Result<void> JournalWorker::stageAdopted(const models::RunFile& file, qsizetype from) {
    QList<Event> events;
    for (const models::ChainRecord& record : file.records.mid(from)) {
        const auto event = models::eventFromBytes(record.bytes, record.hash);
        if (!event)
            return tl::unexpected(event.error());
        events.append(*event);
        if (auto added = m_runs->insert(*event); !added)
            return added;
        if (event->kind != models::EventKind::OutputRecorded)
            continue;
        const auto output = file.outputs.constFind(record.seq);
        const auto bytes = output == file.outputs.cend() ? std::nullopt : std::optional(*output);
        if (auto added = m_outputs->adopt(*event, bytes); !added)
            return added;
    }
    if (from == 0) {
        if (auto listed = m_runs->insertSummary(events.first()); !listed)
            return listed;
    }
    const models::Progress progress = models::progressOf(file.state, file.state.plan->mainLane());
    if (auto updated = m_runs->updateSummary(events, progress); !updated)
        return updated;
    events.removeIf(takesJournalLock);
    return m_runs->updateLocks(events);
}

} // namespace app
