// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/rollbackfollower.h"
#include "app/run/runsession.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace app {

/// All runs that are open in this process, on a thread of their own.
class Engine : public QObject {
    Q_OBJECT

public:
    using Opened = std::function<void(const models::Result<models::RunId>&)>;

    Engine(JournalStore& journal, RunService::PlaceFactory places);

    void create(const models::PlanPointer& plan, const QMap<QString, QString>& variables,
                Opened done);
    /// A run with this id, whatever is blocked.
    void make(const models::RunId& run, const models::PlanPointer& plan,
              const QMap<QString, QString>& variables, Opened done);
    void open(const models::RunId& run, Opened done);
    using Exported = std::function<void(const models::Result<QByteArray>&)>;
    /// Records who drives the run from here on, lets go of it, and gives it as a file. Of one that
    /// was handed over already, the file again.
    void handOver(const models::RunId& run, const QString& to, Exported done);
    void takeOver(const models::RunFile& file, Opened done);
    void takeBack(const models::RunId& run, const QString& reason, Opened done);
    /// For an intent in a run that nobody looks at here: it is opened for that alone. Nothing
    /// happens where another console holds it.
    void submitAside(const models::RunId& run, const Intent& intent);
    /// Closed runs whose lock a host could not be rid of are opened for that alone.
    void releaseLeftLocks();
    /// nullptr where it is not open for writing here.
    [[nodiscard]] RunSession* session(const models::RunId& run) const;
    /// What its places still have to do there is done in their own time. head is called with what
    /// RunSession::tellHead() says at that moment; with nothing where the run was not open for
    /// writing here.
    void release(const models::RunId& run,
                 const std::function<void(const models::Result<QByteArray>&)>& head = {});
    /// Before the end: calls back when no place has anything to do any more, which may be never
    /// where one is away.
    void settle(std::function<void()> done);
    /// So many bytes of live output were taken in by who shows them.
    void noteShown(const models::RunId& run, qsizetype bytes);
    /// Does this with the run's session; an intentRefused where it is not open for writing here.
    void with(const models::RunId& run, const std::function<void(RunSession&)>& act);

Q_SIGNALS:
    void runOpened(const models::RunId& run, const QList<models::Event>& events,
                   const QString& heldBy, const QString& problem);
    void eventsAppended(const models::RunId& run, const QList<models::Event>& events);
    void outputReceived(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    void intentRefused(const models::RunId& run, const models::StepId& step,
                       const models::Error& error);
    void runAllStopped(const models::RunId& run, const models::StepId& step, const QString& reason);
    /// One that was asked for is there now, and open here.
    void rollbackMade(const models::RunId& rollback);
    /// What holds its changes up; empty: nothing any more.
    void obstructed(const models::RunId& run, const QList<models::LockObstacle>& obstacles);

private:
    RunSession& openSession(models::RunState state);
    void awaitDriver(RunSession& session, bool isElsewhere,
                     std::function<void(const models::Result<void>&)> done);
    void giveAway(const models::RunId& run, const Exported& done);
    void drive(const models::RunId& run, const QString& reason, const Opened& done);
    void openAside(const models::RunId& run, const std::function<void(RunSession&)>& act);
    void releaseAside(const models::RunId& run);
    void openedAgain(const RunSession& session, const StoredRun& stored, const Opened& done);
    void opened(const models::RunId& run, const StoredRun& stored, const Opened& done);
    void letGo(std::shared_ptr<Place> place);

    JournalStore& m_journal;
    RunService::PlaceFactory m_places;
    std::map<models::RunId, std::unique_ptr<RunSession>> m_sessions;
    std::vector<std::shared_ptr<Place>> m_leaving; ///< of runs that were released
    QSet<models::RunId> m_aside;                   ///< open for one thing alone
    QSet<models::RunId> m_departing;               ///< released once their hosts were told
    RollbackFollower m_follower;
};

/// 26 characters: 10 of the time in milliseconds, 16 by chance.
[[nodiscard]] models::RunId newRunId();

} // namespace app
