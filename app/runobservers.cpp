// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runobservers.h"

#include "app/engineparts.h"

namespace app {

RunObservers::RunObservers(const models::Workspace& workspace, Consent consent, EngineParts& engine,
                           JournalStore& journal, SecretStore& secrets)
    : m_prober(engine.thread, placesOf(engine), m_network)
    , m_health(m_prober, m_trust)
    , m_metrics(secrets)
    , m_watch(m_health, m_prober, m_metrics)
    , m_runs({engine.runs, journal, m_silent})
    , m_containers(engine.thread, reachesOf(engine))
    , m_versions({m_prober, m_containers, m_commits, journal}, m_trust)
    , m_rollbackCheck(engine.runs) {
    m_runs.attend(m_watch);
    m_rollbackCheck.attend(m_versions, m_health);
    if (consent == Consent::Given)
        m_trust.vouchFor(workspace.root);
    m_health.watch(workspace);
    m_versions.watch(workspace);
}

} // namespace app
