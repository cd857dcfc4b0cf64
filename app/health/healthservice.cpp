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
    const bool wasTrusted = trust() == TrustKeeper::Standing::Trusted;
    const bool isSame = workspace.root == m_workspace.root && workspace.id == m_workspace.id &&
                        workspace.environments == m_workspace.environments;
    m_workspace = workspace;
    const bool isTrusted = trust() == TrustKeeper::Standing::Trusted;
    // Runbooks are read behind gantry.yaml, and what is watched is of gantry.yaml alone.
    if (!isSame || (wasTrusted && !isTrusted))
        return rebuild();
    Q_EMIT workspaceTaken();
    if (isTrusted)
        schedule();
}

TrustKeeper::Standing HealthService::trust() const {
    return m_trust.standing(m_workspace);
}

void HealthService::trustWorkspace() {
    m_trust.trust(m_workspace); // rebuilds
}

void HealthService::distrustWorkspace() {
    m_trust.distrust(m_workspace);
}

/// What the same probe of the same service has observed so far.
std::optional<HealthService::Entry> HealthService::takeOver(std::vector<Entry>& old,
                                                            const std::vector<Watched>& services,
                                                            const Watched& service,
                                                            const models::Probe& probe) {
    for (Entry& entry : old) {
        const Watched& owner = services[entry.service];
        if (owner.environment == service.environment && owner.service == service.service &&
            entry.health.probe() == probe)
            return std::move(entry);
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
                std::optional<Entry> entry = takeOver(old, before, watched, probe);
                if (!entry) {
                    auto made = models::ProbeHealth::make(probe);
                    if (!made) {
                        // The workspace's diagnostics tell it with its place.
                        qCWarning(logHealth) << made.error().message;
                        continue;
                    }
                    entry = Entry{0, std::move(*made)};
                    entry->identity = {m_workspace.id, environment.name, service.name,
                                       models::definitionOf(probe)};
                    entry->isAwaitingPast = m_history != nullptr;
                }
                entry->service = m_services.size();
                entry->isUnderWay = false;
                watched.probes.push_back(m_probes.size());
                m_probes.push_back(std::move(*entry));
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
    loadPast();
    Q_EMIT rebuilt();
    if (trust() == TrustKeeper::Standing::Trusted)
        schedule();
}

void HealthService::keepIn(HealthHistory& history) {
    m_history = &history;
}

/// Of those that are new, and of those whose past was on its way when the others changed.
void HealthService::loadPast() {
    QList<models::ProbeIdentity> identities;
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < m_probes.size(); ++i) {
        if (!m_probes[i].isAwaitingPast)
            continue;
        identities.append(m_probes[i].identity);
        numbers.push_back(i);
    }
    m_awaitsLasts = !numbers.empty();
    if (!m_awaitsLasts)
        return;
    const auto isCurrent = [self = QPointer<HealthService>(this), generation = m_generation] {
        return self && self->m_generation == generation;
    };
    m_history->load(
        identities,
        [this, isCurrent, numbers](const std::map<std::size_t, LastCheck>& lasts) {
            if (!isCurrent())
                return;
            for (const auto& [index, last] : lasts)
                takeUp(numbers[index], last);
            m_awaitsLasts = false;
            Q_EMIT lastsTaken();
        },
        [this, isCurrent, numbers](std::size_t index, ProbePast past) {
            if (isCurrent())
                takeUp(numbers[index], std::move(past));
        });
}

void HealthService::takeUp(std::size_t number, const LastCheck& last) {
    models::Observation observation;
    observation.at = last.at;
    observation.verdict = last.verdict;
    observation.reason = last.reason;
    observation.phases = last.phases;
    m_probes[number].health.restoreLast(std::move(observation), last.settled);
    Q_EMIT observed(m_probes[number].service);
}

void HealthService::takeUp(std::size_t number, ProbePast past) {
    Entry& entry = m_probes[number];
    const QList<models::ProbeReply> early = std::exchange(entry.early, {});
    entry.isAwaitingPast = false;
    if (!early.isEmpty()) {
        auto fresh = models::ProbeHealth::make(entry.health.probe());
        if (fresh)
            entry.health = std::move(*fresh);
    }
    const models::Instant newest = past.series.newestAt();
    entry.health.restore(std::move(past.series), std::move(past.phases));
    if (past.last)
        takeUp(number, *past.last);
    // Some of them may have been kept before the past was read.
    const std::int64_t known = newest.nanoseconds / 1'000'000;
    for (const models::ProbeReply& reply : early) {
        if (newest.isNull() || reply.at.nanoseconds / 1'000'000 > known)
            entry.health.take(reply, maintenanceOf(m_services[entry.service].environment));
    }
    Q_EMIT observed(entry.service);
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
    const auto counted =
        entry.health.take(reply, maintenanceOf(m_services[entry.service].environment));
    if (entry.isAwaitingPast)
        entry.early.append(reply);
    if (m_history != nullptr && counted) {
        const models::Observation& last = *entry.health.last();
        m_history->record(
            entry.identity, *counted,
            {last.at, last.verdict, entry.health.settled(), last.reason, last.phases});
    }
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
