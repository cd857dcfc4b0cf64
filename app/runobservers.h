// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/placecontainers.h"
#include "app/git/gitcommits.h"
#include "app/golive/rollbackcheck.h"
#include "app/golive/runwatch.h"
#include "app/health/notifier.h"
#include "app/health/placeprober.h"
#include "app/http/networkprober.h"
#include "app/prometheus/prometheussource.h"
#include "app/version/versionservice.h"

namespace app {

struct EngineParts;
class JournalStore;
class SecretStore;

/// What observes a run without a window: its workspace's probes and metrics, and what the run asks
/// of them.
class RunObservers {
public:
    enum class Consent {
        Given, ///< a person named the workspace for this call
        Asked, ///< it counts only where somebody has trusted it before
    };

    /// All of them outlive it. workspace: the run's own.
    RunObservers(const models::Workspace& workspace, Consent consent, EngineParts& engine,
                 JournalStore& journal, SecretStore& secrets);

    /// What is deployed in the environment: turns until each of its services was looked at, for a
    /// quarter of a minute at most. What could not be seen then is left out.
    [[nodiscard]] models::Target versionsNow(const QString& environment);

private:
    /// The run's progress says it already.
    class Silent final : public Notifier {
    public:
        void tell(const models::Notice&, const NoticeTold&) override {}
    };

    TrustKeeper m_trust;
    NetworkProber m_network;
    PlaceProber m_prober;
    HealthService m_health;
    PrometheusSource m_metrics;
    EnvironmentWatch m_watch;
    Silent m_silent;
    RunWatch m_runs;
    PlaceContainers m_containers;
    GitCommits m_commits;
    VersionService m_versions;
    RollbackCheck m_rollbackCheck;
};

} // namespace app
