// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runlocks.h"

#include "models/run/change.h"
#include "models/run/draft.h"

#include <algorithm>

namespace app {

using namespace std::chrono_literals;
using models::EventKind;

namespace {

constexpr std::chrono::seconds againAfter{30};

/// A command that was just added is no step of the plan yet, and changes something.
bool isChange(const models::RunState& state, const models::EventDraft& draft) {
    if (draft.kind != EventKind::StepStarted)
        return false;
    const models::PlanStep* const step =
        state.plan->find(models::StepId(draft.payload.value(u"step").toString()));
    return step == nullptr || models::isChange(step->step);
}

} // namespace

RunLocks::RunLocks(const models::RunState& state, JournalStore& journal, JournalWriter& writer,
                   RunPlaces& places, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_writer(writer)
    , m_locks(journal, places) {
    m_again.setParent(this);
    m_again.setSingleShot(true);
    m_again.setInterval(againAfter);
    connect(&m_again, &QTimer::timeout, this, &RunLocks::release);
}

bool RunLocks::beginsChange(const models::RunState& state,
                            const QList<models::EventDraft>& drafts) {
    return !models::isOfAction(state.plan->context) &&
           std::any_of(drafts.cbegin(), drafts.cend(), [&state](const models::EventDraft& draft) {
               return isChange(state, draft);
           });
}

void RunLocks::take(const QList<models::EventDraft>& drafts, Done done) {
    QStringList at;
    for (const models::EventDraft& draft : drafts) {
        if (isChange(m_state, draft))
            at.append(draft.payload.value(u"place").toString());
    }
    begin([this,
           at](EnvironmentLocks::Done answered) { m_locks.take(m_state, at, std::move(answered)); },
          std::move(done));
}

void RunLocks::takeOver(const QList<models::LockObstacle>& seen, const QString& reason, Done done) {
    begin(
        [this, seen, reason](EnvironmentLocks::Done answered) {
            m_locks.takeOver(m_state, seen, reason, std::move(answered));
        },
        std::move(done));
}

/// One after the other: what one has taken the next one knows.
void RunLocks::begin(Ask ask, Done done) {
    m_waiting.emplace_back(std::move(ask), std::move(done));
    if (m_waiting.size() == 1)
        askNext();
}

void RunLocks::askNext() {
    const Ask ask = m_waiting.front().first; // it may be answered at once
    ask([this](const EnvironmentLocks::Answer& answer) {
        record(answer, [this](const models::Result<void>& taken) {
            const Done done = std::move(m_waiting.front().second);
            m_waiting.pop_front();
            done(taken);
            if (!m_waiting.empty())
                askNext();
            else
                settle();
        });
    });
}

void RunLocks::whenSettled(std::function<void()> done) {
    m_settling.append(std::move(done));
    if (!isAsking())
        settle();
}

void RunLocks::settle() {
    for (const auto& done : std::exchange(m_settling, {}))
        done();
}

void RunLocks::record(const EnvironmentLocks::Answer& answer, const Done& done) {
    const auto end = [this, done, obstacles = answer.obstacles] {
        obstruct(obstacles);
        done(obstacles.isEmpty()
                 ? models::Result<void>()
                 : models::failure(
                       models::ErrorCode::Locked,
                       models::obstaclesText(m_state.plan->context.environment, obstacles)));
    };
    if (answer.drafts.isEmpty()) {
        end();
        return;
    }
    m_writer.write(JournalWriter::Kind::Intent, answer.drafts, {},
                   [this, done, end](const auto& events) {
                       if (!events) {
                           done(tl::unexpected(events.error()));
                           return;
                       }
                       Q_EMIT recorded(*events);
                       end();
                   });
}

void RunLocks::obstruct(const QList<models::LockObstacle>& obstacles) {
    if (std::exchange(m_obstacles, obstacles) != obstacles)
        Q_EMIT obstructed(obstacles);
}

void RunLocks::release() {
    obstruct({});
    if (m_isReleasing || m_again.isActive())
        return;
    m_isReleasing = true;
    m_locks.release(m_state, models::locksLeft(m_state), [this](const auto& answer) {
        m_isReleasing = false;
        if (!answer.obstacles.isEmpty())
            m_again.start();
        if (answer.drafts.isEmpty()) {
            Q_EMIT released();
            return;
        }
        m_writer.write(JournalWriter::Kind::Fact, answer.drafts, {}, [this](const auto& events) {
            if (events)
                Q_EMIT recorded(*events);
            Q_EMIT released();
        });
    });
}

} // namespace app
