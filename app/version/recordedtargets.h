// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "models/version/versionstanding.h"

#include <QHash>
#include <QObject>

namespace app {

/// What the newest run of each service was about, as the journal has it. Main thread.
class RecordedTargets final : public QObject {
    Q_OBJECT

public:
    /// journal outlives it.
    explicit RecordedTargets(JournalStore& journal, QObject* parent = nullptr);

    /// Reads the journal again for runs of this workspace; changed() follows where there are other
    /// ones. A run's target never changes, so that each run is read once.
    void read(const QString& workspaceId);
    /// isOnly: it is the one service of its environment, which a target without a service means. A
    /// run that did not succeed claims nothing: its version is empty, and the problem says so.
    /// Nothing where no run named a version of the service.
    [[nodiscard]] std::optional<models::VersionReference>
    of(const QString& environment, const QString& service, bool isOnly) const;

Q_SIGNALS:
    void changed();

private:
    void take(const QList<RunSummary>& runs);
    void load(const RunSummary& run);

    JournalStore& m_journal;
    QString m_workspace;
    QList<RunSummary> m_runs; ///< of the workspace, newest first
    QHash<models::RunId, models::Target> m_targets;
    QString m_problem; ///< why the journal cannot be read
};

} // namespace app
