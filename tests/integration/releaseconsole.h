// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/placecontainers.h"
#include "app/git/gitcommits.h"
#include "app/golive/rollbackcheck.h"
#include "app/golive/runwatch.h"
#include "app/health/notifier.h"
#include "app/health/placeprober.h"
#include "app/http/networkprober.h"
#include "app/journal/sqlitejournal.h"
#include "app/prometheus/prometheussource.h"
#include "app/run/enginethread.h"
#include "app/run/runservice.h"
#include "app/ssh/sshhostservice.h"
#include "app/version/versionservice.h"
#include "tests/support/memorysecretstore.h"

#include <functional>

namespace tests {

/// What carries a release through and takes it back, as the program puts it together, without the
/// window. Nothing of it is a stand-in but the keychain and who is told. A person's part is played
/// by carryOn(). Main thread.
class ReleaseConsole : public QObject {
    Q_OBJECT

public:
    /// surroundings: what the names of hosts mean.
    explicit ReleaseConsole(std::function<app::SshSurroundings()> surroundings);

    /// Trusts the workspace and looks after it.
    void watch(const models::Workspace& workspace);
    /// What is deployed of these services, as the window knows it when a run starts; services that
    /// were not seen yet are left out.
    [[nodiscard]] models::Target deployed(const QString& environment,
                                          const QStringList& services) const;

    /// Starts a run; false, with problem(), where that was refused.
    [[nodiscard]] bool start(const models::PlanPointer& plan,
                             const QMap<QString, QString>& variables = {});
    /// Takes the next step of the run, or of its rollback, as a person would: starts a command,
    /// says that something was done. Gates pass by themselves, or do not.
    void carryOn();
    void rollBack(const QString& reason) { m_runs.startRollback(m_run, reason, {}); }

    /// Of the run, and of the one that takes it back; one that is not there yet is empty.
    [[nodiscard]] models::RunState run() const { return stateOf(m_run); }
    [[nodiscard]] models::RunState back() const { return stateOf(m_back); }
    /// The trigger of the run that holds, with its numbers; empty: none.
    [[nodiscard]] QString heldTrigger() const;
    /// What was refused last, what is not done, and how the services stand.
    [[nodiscard]] QString problem() const;

private:
    class Silent final : public app::Notifier {
    public:
        void tell(const models::Notice&, const app::NoticeTold&) override {}
    };

    [[nodiscard]] models::RunState stateOf(const models::RunId& run) const;
    [[nodiscard]] std::unique_ptr<app::Place>
    placeOf(const models::Host& host, models::AskedBy askedBy = models::AskedBy::Person) const;

    app::SqliteJournal m_journal;
    MemorySecretStore m_secrets;
    std::shared_ptr<app::EngineThread> m_engine;
    app::SshHostService m_hosts;
    app::RunService m_runs;
    app::TrustKeeper m_trust;
    app::NetworkProber m_network;
    app::PlaceProber m_prober;
    app::HealthService m_health;
    app::PrometheusSource m_metrics;
    app::EnvironmentWatch m_watch;
    app::PlaceContainers m_containers;
    app::GitCommits m_commits;
    app::VersionService m_versions;
    app::RollbackCheck m_check;
    Silent m_silent;
    app::RunWatch m_runWatch;
    models::RunId m_run;
    models::RunId m_back;
    models::StepId m_taken; ///< by carryOn(), last
    QString m_problem;
};

} // namespace tests
