// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/healthservice.h"

#include "app/diagnostics/clock.h"
#include "app/health/prober.h"

#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>
#include <chrono>

namespace app {

namespace {

Q_LOGGING_CATEGORY(logHealth, "gantry.health")

} // namespace

HealthService::HealthService(Prober& prober, TrustKeeper& trust, Now now, QObject* parent)
    : QObject(parent)
    , m_prober(prober)
    , m_trust(trust)
    , m_now(now ? std::move(now) : presentInstant) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HealthService::schedule);
    connect(&trust, &TrustKeeper::changed, this, [this](const QString& root) {
        if (root == m_workspace.root)
            rebuild();
    });
}

HealthService::~HealthService() = default;

void HealthService::watch(const models::Workspace& workspace) {
    if (workspace == m_workspace)
        return;
    if (workspace.root != m_workspace.root)
        m_probes.clear(); // of another workspace, whatever they are called
    m_workspace = workspace;
    rebuild();
}

void HealthService::watchNothing() {
    watch({});
}

TrustKeeper::Standing HealthService::trust() const {
    return m_trust.standing(m_workspace);
}

void HealthService::trustWorkspace() {
    m_trust.trust(m_workspace); // rebuilds
}

/// What the same probe of the same service has observed so far.
std::optional<models::ProbeHealth> HealthService::takeOver(std::vector<Entry>& old,
                                                           const std::vector<Watched>& services,
                                                           const Watched& service,
                                                           const models::Probe& probe) {
    for (Entry& entry : old) {
        const Watched& owner = services[entry.service];
        if (owner.environment == service.environment && owner.service == service.service &&
            entry.health.probe() == probe)
            return std::move(entry.health);
    }
    return std::nullopt;
}

void HealthService::rebuild() {
    ++m_generation;
    m_timer.stop();
    m_schedule.clear();
    std::vector<Entry> old = std::exchange(m_probes, {});
    const std::vector<Watched> before = std::exchange(m_services, {});
    for (const models::Environment& environment : m_workspace.environments) {
        for (const models::Service& service : environment.services) {
            Watched watched{environment.name, service.name, {}};
            for (const models::Probe& probe : service.probes) {
                std::optional<models::ProbeHealth> health = takeOver(old, before, watched, probe);
                if (!health) {
                    auto made = models::ProbeHealth::make(probe);
                    if (!made) {
                        // The workspace's diagnostics tell it with its place.
                        qCWarning(logHealth) << made.error().message;
                        continue;
                    }
                    health = std::move(*made);
                }
                watched.probes.push_back(m_probes.size());
                m_probes.push_back({m_services.size(), std::move(*health)});
            }
            m_services.push_back(std::move(watched));
        }
    }
    const models::Instant now = m_now();
    for (const Entry& entry : m_probes) {
        const Watched& owner = m_services[entry.service];
        const QString key = owner.environment + u'/' + owner.service + u'/' +
                            models::probeWord(entry.health.probe().kind) + u'/' +
                            entry.health.probe().target;
        m_schedule.add(key.toUtf8(), entry.health.probe().every, now);
    }
    Q_EMIT rebuilt();
    if (trust() == TrustKeeper::Standing::Trusted)
        schedule();
}

void HealthService::schedule() {
    const models::Instant now = m_now();
    for (const models::ProbeSchedule::Check& check : m_schedule.take(now))
        begin(check.number, check.due);
    const models::Instant next = m_schedule.next();
    if (next.isNull())
        return;
    constexpr std::int64_t aMillisecond = 1'000'000;
    const std::int64_t wait = next.nanoseconds - m_now().nanoseconds;
    m_timer.start(std::chrono::milliseconds(
        std::clamp<std::int64_t>((wait + aMillisecond - 1) / aMillisecond, 0, 60'000)));
}

void HealthService::begin(std::size_t number, models::Instant due) {
    m_probes[number].isUnderWay = true;
    const models::Probe& probe = m_probes[number].health.probe();
    const models::Environment* const environment =
        m_workspace.environment(m_services[m_probes[number].service].environment);
    m_prober.probe({probe, environment->hostsOf(probe.places), due},
                   [self = QPointer<HealthService>(this), generation = m_generation,
                    number](const models::ProbeReply& reply) {
                       if (self && self->m_generation == generation)
                           self->take(number, reply);
                   });
}

void HealthService::take(std::size_t number, const models::ProbeReply& reply) {
    Entry& entry = m_probes[number];
    entry.isUnderWay = false;
    entry.health.take(reply, maintenanceOf(m_services[entry.service].environment));
    m_schedule.finish(number, m_now());
    const models::Instant next = m_schedule.next();
    const bool isSooner =
        !m_timer.isActive() ||
        next.nanoseconds < m_now().nanoseconds + m_timer.remainingTime() * 1'000'000LL;
    Q_EMIT observed(entry.service);
    if (isSooner)
        schedule();
}

const QList<models::Maintenance>& HealthService::maintenanceOf(const QString& name) const {
    static const QList<models::Maintenance> none;
    const models::Environment* const environment = m_workspace.environment(name);
    return environment == nullptr ? none : environment->maintenance;
}

models::HealthStanding HealthService::standing(const Watched& service, models::Instant now) const {
    QList<models::HealthStanding> standings;
    for (const std::size_t number : service.probes)
        standings.append(m_probes[number].health.standing(now, maintenanceOf(service.environment)));
    if (!standings.isEmpty())
        return models::worstOf(standings);
    models::HealthStanding nothing;
    nothing.words = u"No probe is declared."_qs;
    return nothing;
}

void HealthService::probeNow(const Watched& service) {
    if (trust() != TrustKeeper::Standing::Trusted)
        return;
    for (const std::size_t number : service.probes) {
        if (!m_probes[number].isUnderWay) {
            m_schedule.takeEarly(number);
            begin(number, m_now());
        }
    }
}

} // namespace app
