// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/outputstore.h"

#include "ui/run/outputbuffer.h"
#include "ui/widgets/whenfinished.h"

#include <algorithm>

namespace ui {

namespace {
constexpr size_t mostBuffers = 12;
constexpr qint64 mostBytes = 8 * 1024 * 1024;
} // namespace

OutputStore::OutputStore(app::RunService& service, QObject* parent)
    : QObject(parent)
    , m_service(service) {
    connect(&service, &app::RunService::outputReceived, this, &OutputStore::onOutput);
    connect(&service, &app::RunService::eventsAppended, this, &OutputStore::onEvents);
    connect(&m_recorded, &app::Delivery::outputReady, this, &OutputStore::onRecorded);
}

void OutputStore::setRun(const models::RunId& run) {
    if (m_run == run)
        return;
    m_recorded.drop(m_run);
    m_run = run;
    for (const Entry& entry : std::as_const(m_entries))
        entry.buffer->deleteLater();
    m_entries.clear();
    m_order.clear();
}

OutputStore::Entry& OutputStore::entry(const models::AttemptKey& attempt) {
    const auto found = m_entries.find(attempt);
    if (found != m_entries.end())
        return *found;
    const auto oldest = std::find_if(m_order.begin(), m_order.end(), [this](const auto& key) {
        return !isUnderWay(key); // of what still arrives, what came before would be lost
    });
    if (m_order.size() >= mostBuffers && oldest != m_order.end()) {
        m_entries.take(*oldest).buffer->deleteLater();
        m_order.erase(oldest);
    }
    m_order.push_back(attempt);
    Entry& made = m_entries[attempt];
    made.buffer = new OutputBuffer(this);
    return made;
}

bool OutputStore::isUnderWay(const models::AttemptKey& attempt) const {
    const models::RunState* state = m_service.state(attempt.run);
    if (!state)
        return false;
    const models::StepState& step = state->step(attempt.step);
    return attempt.number >= 1 && attempt.number <= step.attempts.size() &&
           models::isUnderWay(step.attempts[attempt.number - 1]);
}

OutputBuffer* OutputStore::buffer(const models::AttemptKey& attempt) {
    const bool isNew = !m_entries.contains(attempt);
    Entry& wanted = entry(attempt);
    m_order.erase(std::find(m_order.begin(), m_order.end(), attempt));
    m_order.push_back(attempt);
    if (isNew) {
        wanted.isLoading = true;
        load(attempt, 0);
    }
    return wanted.buffer;
}

/// Of an attempt that starts before our eyes everything arrives live: reading the journal as well
/// would show it twice.
void OutputStore::onEvents(const models::RunId& run, const QList<models::Event>& events) {
    if (run != m_run)
        return;
    const models::EventKind kind =
        m_isFollowed ? models::EventKind::OutputRecorded : models::EventKind::StepStarted;
    for (const models::Event& event : events) {
        if (event.kind != kind)
            continue;
        const models::StepId step(event.payload.value(QLatin1String("step")).toString());
        const models::AttemptKey attempt{run, step,
                                         event.payload.value(QLatin1String("attempt")).toInt()};
        if (m_isFollowed)
            catchUp(attempt);
        else
            static_cast<void>(entry(attempt));
    }
}

/// Of one that nobody looks at, all of it is read when somebody does.
void OutputStore::catchUp(const models::AttemptKey& attempt) {
    const auto found = m_entries.find(attempt);
    if (found == m_entries.end())
        return;
    found->isBehind = found->isLoading;
    if (found->isLoading)
        return;
    found->isLoading = true;
    load(attempt, 0);
}

void OutputStore::onOutput(const models::AttemptKey& attempt, int stream, const QByteArray& bytes) {
    if (attempt.run != m_run)
        return;
    Entry& wanted = entry(attempt);
    if (wanted.isLoading)
        wanted.held.append({stream, bytes});
    else
        wanted.buffer->append(stream, bytes);
}

/// Standard output first, then standard error: how they interleaved is not recorded.
void OutputStore::load(const models::AttemptKey& attempt, int stream) {
    whenFinished(m_service.output(attempt, stream, mostBytes), this,
                 [this, attempt, stream](const models::Result<QByteArray>& recorded) {
                     const auto found = m_entries.find(attempt);
                     if (found == m_entries.end())
                         return;
                     if (recorded && recorded->size() > found->read[stream]) {
                         m_recorded.addOutput(attempt, stream, recorded->mid(found->read[stream]));
                         found->read[stream] = recorded->size();
                     }
                     m_recorded.add(attempt.run, [this, attempt, stream] {
                         if (stream == 0)
                             load(attempt, 1);
                         else
                             finishLoading(attempt);
                     });
                 });
}

void OutputStore::onRecorded(const models::AttemptKey& attempt, int stream,
                             const QByteArray& bytes) {
    const auto found = m_entries.constFind(attempt);
    if (found != m_entries.cend())
        found->buffer->append(stream, bytes);
}

/// What arrived live meanwhile comes behind, in parts as well: until none is left.
void OutputStore::finishLoading(const models::AttemptKey& attempt) {
    const auto found = m_entries.find(attempt);
    if (found == m_entries.end())
        return;
    const Pieces held = std::exchange(found->held, {});
    found->isLoading = !held.isEmpty();
    for (const auto& [stream, bytes] : held)
        m_recorded.addOutput(attempt, stream, bytes);
    if (!held.isEmpty())
        m_recorded.add(attempt.run, [this, attempt] { finishLoading(attempt); });
    else if (found->isBehind)
        catchUp(attempt);
}

} // namespace ui
