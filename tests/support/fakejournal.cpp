// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakejournal.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace tests {

using models::Event;
using models::Result;

namespace {

QString outputName(const models::AttemptKey& attempt, int stream) {
    return u"%1/%2/%3"_qs.arg(attempt.step.text()).arg(attempt.number).arg(stream);
}

models::EventDraft recorded(const app::OutputBody& body) {
    const QByteArray hash = QCryptographicHash::hash(body.bytes, QCryptographicHash::Sha256);
    return {models::EventKind::OutputRecorded,
            {{u"step"_qs, body.attempt.step.text()},
             {u"attempt"_qs, body.attempt.number},
             {u"stream"_qs, body.stream},
             {u"from"_qs, body.rawFrom},
             {u"to"_qs, body.rawTo},
             {u"sha256"_qs, QString::fromLatin1(hash.toHex())}}};
}

} // namespace

/// As the real one: one open run holds an environment.
std::optional<models::Error> FakeJournal::lockRefusal(const app::Append& append) {
    for (const models::EventDraft& draft : append.drafts) {
        if (draft.kind != models::EventKind::LockTaken ||
            draft.payload[u"host"].toString() != models::localPlace)
            continue;
        const std::optional<app::RunSummary> holder = holderFor(append.run);
        if (holder && holder->id != append.run) {
            if (holder->id.text() != draft.payload[u"over"].toString())
                return models::Error{models::ErrorCode::Locked, u"It is locked."_qs, {}};
            m_lost.insert(holder->id);
        }
        m_lost.remove(append.run);
    }
    return std::nullopt;
}

std::optional<app::RunSummary> FakeJournal::holderFor(const models::RunId& run) const {
    const app::RunSummary own = summaryOf(run);
    for (const auto& [id, events] : m_events) {
        const app::RunSummary other = summaryOf(id);
        const bool isSame =
            id == run || (!own.workspaceId.isEmpty() && other.workspaceId == own.workspaceId &&
                          other.environment == own.environment);
        if (isSame && other.status != models::RunStatus::Closed &&
            other.locks.contains(models::localPlace))
            return other;
    }
    return std::nullopt;
}

QFuture<Result<std::optional<app::RunSummary>>> FakeJournal::lockHolder(const models::RunId& run) {
    const QMutexLocker locker(&m_mutex);
    return QtFuture::makeReadyFuture(Result<std::optional<app::RunSummary>>(holderFor(run)));
}

models::RunState FakeJournal::stateOf(const models::RunId& run) const {
    models::RunState state;
    const auto found = m_events.find(run);
    for (const Event& event : found == m_events.end() ? QList<Event>() : found->second)
        state = models::apply(std::move(state), event);
    return state;
}

Result<QList<Event>> FakeJournal::record(const app::Append& append) {
    ++m_appends;
    if (m_failure)
        return tl::unexpected(*m_failure);
    if (m_appends == m_failAt)
        return models::failure(models::ErrorCode::NotWritable, u"The disk is full."_qs);
    if (const auto refused = lockRefusal(append))
        return tl::unexpected(*refused);
    if (append.progress)
        m_progress.insert(append.run, *append.progress);
    QList<models::EventDraft> drafts;
    for (const app::OutputBody& body : append.bodies) {
        drafts.append(recorded(body));
        m_output[{append.run, outputName(body.attempt, body.stream)}] += body.bytes;
    }
    drafts += append.drafts;
    QList<Event>& all = m_events[append.run];
    QList<Event> added;
    for (const models::EventDraft& draft : drafts) {
        Event event;
        event.run = append.run;
        event.seq = all.size() + 1;
        event.at = {++m_clock * 1'000'000'000};
        event.actor = append.actor;
        event.console = u"test"_qs;
        event.kind = draft.kind;
        event.kindName = models::eventKindName(draft.kind);
        event.payload = draft.payload;
        models::sealEvent(event, all.isEmpty() ? QByteArray(32, '\0') : all.last().hash);
        all.append(event);
        added.append(event);
    }
    return added;
}

QFuture<Result<QList<Event>>> FakeJournal::create(const app::Append& first) {
    const QMutexLocker locker(&m_mutex);
    return QtFuture::makeReadyFuture(record(first));
}

QFuture<Result<QList<Event>>> FakeJournal::append(const app::Append& append) {
    const QMutexLocker locker(&m_mutex);
    return QtFuture::makeReadyFuture(record(append));
}

QFuture<Result<app::StoredRun>> FakeJournal::load(const models::RunId& run, bool takeLock) {
    const QMutexLocker locker(&m_mutex);
    const auto found = m_events.find(run);
    if (found == m_events.end()) {
        return QtFuture::makeReadyFuture(Result<app::StoredRun>(
            models::failure(models::ErrorCode::NotFound, u"There is no such run."_qs)));
    }
    app::StoredRun stored;
    stored.events = found->second;
    stored.heldBy = m_holder;
    stored.writable = takeLock && m_holder.isEmpty();
    return QtFuture::makeReadyFuture(Result<app::StoredRun>(stored));
}

QFuture<void> FakeJournal::release(const models::RunId&) {
    return QtFuture::makeReadyFuture();
}

app::RunSummary FakeJournal::summaryOf(const models::RunId& id) const {
    app::RunSummary summary;
    summary.id = id;
    const models::Progress progress = m_progress.value(id);
    summary.done = progress.done;
    summary.failed = progress.failed;
    summary.total = progress.total;
    const models::RunState state = stateOf(id);
    if (state.plan) {
        const models::PlanContext& context = state.plan->context;
        summary.workspaceId = context.workspaceId;
        summary.environment = context.environment;
        summary.target = context.target;
        summary.rollbackOf = context.rollbackOf;
        summary.runbookTitle = state.plan->runbook.title;
    }
    summary.startedBy = state.startedBy;
    summary.startedAt = state.startedAt;
    summary.closedAt = state.closedAt;
    summary.locks = state.locks.keys();
    if (m_lost.contains(id))
        summary.locks.removeAll(models::localPlace);
    summary.status = state.status;
    summary.outcome = state.outcome;
    if (state.givenAway) {
        summary.givenTo = state.givenAway->to;
        summary.givenAt = state.givenAway->at;
    }
    if (state.releaseBlock) {
        summary.blockReason = state.releaseBlock->reason;
        summary.blockedBy = state.releaseBlock->actor;
        summary.blockedAt = state.releaseBlock->at;
    }
    return summary;
}

QFuture<Result<QList<app::RunSummary>>> FakeJournal::runs() {
    const QMutexLocker locker(&m_mutex);
    QList<app::RunSummary> runs;
    for (const auto& [id, events] : m_events)
        runs.append(summaryOf(id));
    return QtFuture::makeReadyFuture(Result<QList<app::RunSummary>>(runs));
}

QFuture<Result<QByteArray>> FakeJournal::exported(const models::RunId& run) {
    const QMutexLocker locker(&m_mutex);
    QByteArray lines;
    for (const Event& event : m_events[run]) {
        lines += QJsonDocument(QJsonObject{{u"run"_qs, run.text()},
                                           {u"seq"_qs, event.seq},
                                           {u"hash"_qs, QString::fromLatin1(event.hash.toHex())},
                                           {u"event"_qs, QString::fromUtf8(event.bytes)}})
                     .toJson(QJsonDocument::Compact) +
                 '\n';
    }
    return QtFuture::makeReadyFuture(Result<QByteArray>(lines));
}

QFuture<Result<qint64>> FakeJournal::adopt(const models::RunFile& file) {
    const QMutexLocker locker(&m_mutex);
    QList<Event>& all = m_events[file.run];
    const qsizetype before = all.size();
    for (const models::ChainRecord& record : file.records.mid(before))
        all.append(*models::eventFromBytes(record.bytes, record.hash));
    return QtFuture::makeReadyFuture(Result<qint64>(all.size() - before));
}

QFuture<Result<QByteArray>> FakeJournal::output(const models::AttemptKey& attempt, int stream,
                                                qint64 maximum) {
    const QMutexLocker locker(&m_mutex);
    return QtFuture::makeReadyFuture(
        Result<QByteArray>(m_output[{attempt.run, outputName(attempt, stream)}].left(maximum)));
}

QList<Event> FakeJournal::events(const models::RunId& run) const {
    const QMutexLocker locker(&m_mutex);
    const auto found = m_events.find(run);
    return found == m_events.end() ? QList<Event>() : found->second;
}

QList<models::EventKind> FakeJournal::kinds(const models::RunId& run) const {
    QList<models::EventKind> kinds;
    for (const Event& event : events(run))
        kinds.append(event.kind);
    return kinds;
}

int FakeJournal::appends() const {
    const QMutexLocker locker(&m_mutex);
    return m_appends;
}

void FakeJournal::failWith(const std::optional<models::Error>& error) {
    const QMutexLocker locker(&m_mutex);
    m_failure = error;
}

void FakeJournal::failOnceAfter(int appends) {
    const QMutexLocker locker(&m_mutex);
    m_failAt = m_appends + appends + 1;
}

void FakeJournal::holdRuns(const QString& holder) {
    const QMutexLocker locker(&m_mutex);
    m_holder = holder;
}

} // namespace tests
