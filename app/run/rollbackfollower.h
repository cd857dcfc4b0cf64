// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"

#include <QHash>
#include <QObject>

namespace app {

class Engine;

/// Keeps a run and the one that takes it back together: what was recorded of a rollback is made,
/// once, and the run closes when its rollback does. After a crash between any two of these the run
/// asks for it again. Engine's thread.
class RollbackFollower final : public QObject {
    Q_OBJECT

public:
    /// Both outlive it.
    RollbackFollower(JournalStore& journal, Engine& engine);

    /// A run that is open here is taken back by this one.
    void follow(const models::RunId& run, const models::RunId& rollback);
    /// Closes what a rollback took back, where that is among the events.
    void notice(const models::RunId& run, const QList<models::Event>& events);

private:
    void take(const models::RunId& run, const models::RunId& rollback,
              const models::Result<StoredRun>& stored);
    void make(const models::RunId& run, const models::RunId& rollback);
    void closeWith(const models::RunId& run, models::RunOutcome outcome);

    JournalStore& m_journal;
    Engine& m_engine;
    QHash<models::RunId, models::RunId> m_followed; ///< run -> its rollback
};

/// The run whose release was taken back in this environment, where this context's target goes there
/// again and nobody lifted that; nullptr where none did. It is one of runs.
[[nodiscard]] const RunSummary* blockingRun(const models::PlanContext& context,
                                            const QList<RunSummary>& runs);

/// Refused where what the run is about was taken back in this environment, and nobody lifted that.
[[nodiscard]] models::Result<void> checkBlocks(const models::PlanContext& context,
                                               const models::Result<QList<RunSummary>>& runs);

} // namespace app
