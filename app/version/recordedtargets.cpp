// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/version/recordedtargets.h"

#include "app/run/whenfinished.h"
#include "models/run/draft.h"

#include <algorithm>

namespace app {

namespace {

/// Older runs say nothing about what is deployed now.
constexpr qsizetype newestRuns = 100;

bool isGood(models::RunOutcome outcome) {
    return outcome == models::RunOutcome::Succeeded ||
           outcome == models::RunOutcome::SucceededWithDeviations;
}

} // namespace

RecordedTargets::RecordedTargets(JournalStore& journal, QObject* parent)
    : QObject(parent)
    , m_journal(journal) {}

void RecordedTargets::read(const QString& workspaceId) {
    if (std::exchange(m_workspace, workspaceId) != workspaceId)
        m_runs.clear();
    whenFinished(m_journal.runs(), this,
                 [this, workspaceId](const models::Result<QList<RunSummary>>& runs) {
                     if (workspaceId != m_workspace)
                         return;
                     m_problem = runs ? QString() : runs.error().message;
                     if (runs)
                         take(*runs);
                     else
                         Q_EMIT changed();
                 });
}

void RecordedTargets::take(const QList<RunSummary>& runs) {
    QList<RunSummary> own;
    std::copy_if(runs.cbegin(), runs.cend(), std::back_inserter(own),
                 [this](const RunSummary& run) { return run.workspaceId == m_workspace; });
    std::sort(own.begin(), own.end(), [](const RunSummary& one, const RunSummary& other) {
        return one.startedAt > other.startedAt;
    });
    own.resize(std::min(own.size(), newestRuns));
    const auto outcomes = [](const QList<RunSummary>& all) {
        QList<std::pair<models::RunId, models::RunOutcome>> found;
        for (const RunSummary& run : all)
            found.append({run.id, run.outcome});
        return found;
    };
    const bool isOther = outcomes(own) != outcomes(m_runs);
    m_runs = own;
    for (const RunSummary& run : std::as_const(m_runs)) {
        if (!m_targets.contains(run.id))
            load(run);
    }
    if (isOther)
        Q_EMIT changed();
}

void RecordedTargets::load(const RunSummary& run) {
    m_targets.insert(run.id, {}); // asked for once
    whenFinished(m_journal.load(run.id, false), this,
                 [this, id = run.id](const models::Result<StoredRun>& stored) {
                     if (!stored) {
                         m_targets.remove(id);
                         return;
                     }
                     m_targets[id] = stored->events.isEmpty()
                                         ? models::Target()
                                         : models::targetOfStart(stored->events.first());
                     if (!m_targets[id].isEmpty())
                         Q_EMIT changed();
                 });
}

std::optional<models::VersionReference>
RecordedTargets::of(const QString& environment, const QString& service, bool isOnly) const {
    const QString name = u"recorded"_qs;
    if (!m_problem.isEmpty())
        return models::VersionReference{name, {}, m_problem, {}};
    for (const RunSummary& run : m_runs) {
        if (run.environment != environment)
            continue;
        const models::Target target = m_targets.value(run.id);
        const QString version = target.value(service, isOnly ? target.value(QString()) : QString());
        if (version.isEmpty())
            continue;
        const bool isClosed = run.status == models::RunStatus::Closed;
        const models::Instant at = isClosed ? run.closedAt : run.startedAt;
        if (isClosed && isGood(run.outcome))
            return models::VersionReference{name, version, {}, at};
        return models::VersionReference{
            name,
            {},
            u"The last run, \"%1\", was about %2 and %3."_qs.arg(
                run.runbookTitle, version,
                isClosed ? u"ended as "_qs + models::runOutcomeName(run.outcome)
                         : u"is still open"_qs),
            at};
    }
    return std::nullopt;
}

} // namespace app
