// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/environmentlocks.h"
#include "app/run/journalwriter.h"

#include <deque>

namespace app {

/// The locks of one run: taken before it changes anything, recorded, given back once it is closed.
/// Engine's thread.
class RunLocks final : public QObject {
    Q_OBJECT

public:
    /// The run's own, all of which outlive it.
    RunLocks(const models::RunState& state, JournalStore& journal, JournalWriter& writer,
             RunPlaces& places, QObject* parent = nullptr);

    /// Whether what is to be recorded begins a change.
    [[nodiscard]] static bool beginsChange(const models::RunState& state,
                                           const QList<models::EventDraft>& drafts);

    using Done = std::function<void(const models::Result<void>&)>;
    /// Before these are recorded. Locked, with who changes the environment, where the run has to
    /// wait.
    void take(const QList<models::EventDraft>& drafts, Done done);
    /// See EnvironmentLocks.
    void takeOver(const QList<models::LockObstacle>& seen, const QString& reason, Done done);
    /// Whether something is being asked whose answer will be recorded. It comes within its time.
    [[nodiscard]] bool isAsking() const { return !m_waiting.empty(); }
    /// Calls back once nothing is.
    void whenSettled(std::function<void()> done);
    /// The run is closed: gives back what is left, and tries again while a host is away.
    void release();
    /// Somebody waits for the answer of a host to that.
    [[nodiscard]] bool isReleasing() const { return m_isReleasing; }

Q_SIGNALS:
    /// To be folded in, and told.
    void recorded(const QList<models::Event>& events);
    /// What holds the run up; empty: nothing any more.
    void obstructed(const QList<models::LockObstacle>& obstacles);
    /// As far as that can be done now.
    void released();

private:
    using Ask = std::function<void(EnvironmentLocks::Done)>;

    void begin(Ask ask, Done done);
    void askNext();
    void settle();
    void record(const EnvironmentLocks::Answer& answer, const Done& done);
    void obstruct(const QList<models::LockObstacle>& obstacles);

    const models::RunState& m_state;
    JournalWriter& m_writer;
    EnvironmentLocks m_locks;
    QList<models::LockObstacle> m_obstacles;
    std::deque<std::pair<Ask, Done>> m_waiting; ///< the first is being asked
    QList<std::function<void()>> m_settling; ///< who waits for the end of all that is asked
    QTimer m_again;
    bool m_isReleasing = false;
};

} // namespace app
