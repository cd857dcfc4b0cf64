// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/golive/promotedruns.h"

#include "app/run/whenfinished.h"
#include "models/run/draft.h"

#include <algorithm>

namespace app {

namespace {

/// What was run before is not what is there now.
constexpr qsizetype newestRuns = 20;

using Done = std::function<void(const models::Result<QList<models::PromotedRun>>&)>;

/// Reads one run after the other for its target.
void readTargets(JournalStore& journal, QObject* context, QList<RunSummary> left,
                 QList<models::PromotedRun> runs, const Done& done) {
    if (left.isEmpty()) {
        done(runs);
        return;
    }
    const RunSummary run = left.takeFirst();
    whenFinished(journal.load(run.id, false), context,
                 [=, &journal](const models::Result<StoredRun>& stored) {
                     QList<models::PromotedRun> read = runs;
                     if (stored && !stored->events.isEmpty()) {
                         read.append({run.runbookTitle,
                                      models::targetOfStart(stored->events.first()), run.outcome,
                                      run.closedAt, run.startedBy});
                     }
                     readTargets(journal, context, left, read, done);
                 });
}

} // namespace

void readPromotedRuns(JournalStore& journal, QObject* context, const QString& workspaceId,
                      const QString& environment, Done done) {
    whenFinished(journal.runs(), context, [=, &journal](const auto& runs) {
        if (!runs) {
            done(tl::unexpected(runs.error()));
            return;
        }
        QList<RunSummary> closed;
        std::copy_if(runs->cbegin(), runs->cend(), std::back_inserter(closed),
                     [&](const RunSummary& run) {
                         return run.workspaceId == workspaceId && run.environment == environment &&
                                run.status == models::RunStatus::Closed;
                     });
        std::sort(closed.begin(), closed.end(), [](const RunSummary& one, const RunSummary& other) {
            return one.closedAt > other.closedAt;
        });
        closed.resize(std::min(closed.size(), newestRuns));
        readTargets(journal, context, closed, {}, done);
    });
}

} // namespace app
