// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runobservers.h"

#include "app/diagnostics/clock.h"
#include "app/engineparts.h"

#include <QCoreApplication>
#include <QTimer>

#include <chrono>

namespace app {

namespace {

constexpr std::chrono::seconds patience{15};

} // namespace

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

models::Target RunObservers::versionsNow(const QString& environment) {
    QObject context;
    if (!m_versions.isLookedAt(environment)) {
        QTimer::singleShot(patience, &context, [] { QCoreApplication::exit(); });
        QObject::connect(&m_versions, &VersionService::changed, &context, [this, &environment] {
            if (m_versions.isLookedAt(environment))
                QCoreApplication::exit();
        });
        QCoreApplication::exec(); // the program's own loop, which no window uses here
    }
    return m_versions.versionsIn(environment, presentInstant());
}

} // namespace app
