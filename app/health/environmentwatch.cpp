// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/environmentwatch.h"

#include "app/diagnostics/clock.h"
#include "app/health/logwatch.h"
#include "app/health/prober.h"

#include <QPointer>

#include <algorithm>

namespace app {

namespace {

/// With fewer samples a trigger does not decide on a window.
constexpr std::uint64_t leastSamples = 5;
/// What the command of a metric may take.
constexpr std::chrono::milliseconds commandLimit{10'000};
/// How far back a server is asked when a metric is new.
constexpr std::chrono::hours pastRead{6};

/// A number that a command printed.
models::HealthValue numberOf(const models::ProbeReply& reply, models::Metric::Scale scale) {
    if (reply.outcome != models::ProbeReply::Outcome::Answered)
        return models::Missing{reply.reason};
    if (reply.exitCode.value_or(-1) != 0)
        return models::Missing{
            u"The command ended with status %1."_qs.arg(reply.exitCode.value_or(-1))};
    bool isNumber = false;
    const double number = reply.output.toDouble(&isNumber);
    if (!isNumber)
        return models::Missing{u"The command printed no number."_qs};
    return models::quantityOf(number, scale);
}

} // namespace

EnvironmentWatch::EnvironmentWatch(HealthService& health, Prober& prober, MetricSource& source,
                                   HealthService::Now now, QObject* parent)
    : QObject(parent)
    , m_health(health)
    , m_prober(prober)
    , m_source(source)
    , m_now(now ? std::move(now) : presentInstant) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &EnvironmentWatch::schedule);
    connect(&health, &HealthService::rebuilt, this, &EnvironmentWatch::rebuild);
    connect(&health, &HealthService::workspaceTaken, this, [this] {
        if (m_health.trust() == TrustKeeper::Standing::Trusted)
            schedule();
    });
    rebuild();
}

EnvironmentWatch::~EnvironmentWatch() = default;

const EnvironmentWatch::Watched* EnvironmentWatch::environment(const QString& name) const {
    const auto found =
        std::find_if(m_environments.begin(), m_environments.end(),
                     [&name](const Watched& candidate) { return candidate.name == name; });
    return found == m_environments.end() ? nullptr : &*found;
}

void EnvironmentWatch::rebuild() {
    ++m_generation;
    m_timer.stop();
    m_schedule.clear();
    std::vector<MetricEntry> old = std::exchange(m_metrics, {});
    const std::vector<Watched> before = std::exchange(m_environments, {});
    std::vector<TriggerEntry> oldTriggers = std::exchange(m_triggers, {});
    const QList<models::Environment>& declared = m_health.workspace().environments;
    // What a trigger came to is of the metrics and services that it was decided on.
    if (std::exchange(m_declared, declared) != declared)
        oldTriggers.clear();
    for (const models::Environment& environment : declared) {
        if (environment.metrics.isEmpty() && environment.triggers.isEmpty())
            continue;
        m_environments.push_back({environment.name, {}, {}});
        for (const models::Metric& metric : environment.metrics) {
            // What the same one has shown so far is kept.
            const auto same = std::find_if(old.begin(), old.end(), [&](const MetricEntry& entry) {
                return before[entry.environment].name == environment.name &&
                       entry.health.metric() == metric;
            });
            m_environments.back().metrics.push_back(m_metrics.size());
            m_metrics.push_back({m_environments.size() - 1, same != old.end()
                                                                ? std::move(same->health)
                                                                : models::MetricHealth(metric)});
        }
        for (const models::Trigger& trigger : environment.triggers) {
            const auto same =
                std::find_if(oldTriggers.begin(), oldTriggers.end(), [&](const auto& entry) {
                    return before[entry.environment].name == environment.name &&
                           entry.watch.trigger() == trigger;
                });
            auto watch = same != oldTriggers.end()
                             ? models::Result<models::TriggerWatch>(std::move(same->watch))
                             : models::TriggerWatch::make(trigger);
            if (!watch)
                continue; // the workspace's diagnostics tell it
            m_environments.back().triggers.push_back(m_triggers.size());
            m_triggers.push_back({m_environments.size() - 1, std::move(*watch)});
        }
    }
    const models::Instant now = m_now();
    for (const MetricEntry& entry : m_metrics) {
        const models::Metric& metric = entry.health.metric();
        m_schedule.add((m_environments[entry.environment].name + u'/' + metric.name).toUtf8(),
                       metric.every, now);
    }
    for (const TriggerEntry& entry : m_triggers) {
        const models::Trigger& trigger = entry.watch.trigger();
        m_schedule.add((m_environments[entry.environment].name + u'/' + trigger.when).toUtf8(),
                       trigger.every, now);
    }
    Q_EMIT rebuilt();
    if (m_health.trust() == TrustKeeper::Standing::Trusted)
        schedule();
}

void EnvironmentWatch::schedule() {
    for (const models::ProbeSchedule::Check& check : m_schedule.take(m_now()))
        begin(check.number, check.due);
    const models::Instant next = m_schedule.next();
    if (next.isNull())
        return;
    constexpr std::int64_t aMillisecond = 1'000'000;
    const std::int64_t wait = (next.nanoseconds - m_now().nanoseconds) / aMillisecond + 1;
    m_timer.start(std::chrono::milliseconds(std::clamp<std::int64_t>(wait, 0, 60'000)));
}

void EnvironmentWatch::begin(std::size_t number, models::Instant due) {
    if (number < m_metrics.size())
        return readMetric(number, due);
    decide(number - m_metrics.size());
    m_schedule.finish(number, m_now());
}

void EnvironmentWatch::readMetric(std::size_t number, models::Instant due) {
    const MetricEntry& entry = m_metrics[number];
    const models::Metric& metric = entry.health.metric();
    const models::Environment* const environment =
        m_health.workspace().environment(m_environments[entry.environment].name);
    const auto done = [self = QPointer<EnvironmentWatch>(this), generation = m_generation,
                       number](const models::MetricReading& reading) {
        if (self && self->m_generation == generation)
            self->take(number, reading);
    };
    if (metric.kind == models::Metric::Kind::Prometheus && environment->prometheus) {
        if (!entry.health.last())
            return readPast(number, *environment->prometheus, done);
        return m_source.read(*environment->prometheus, metric, m_now(), done);
    }
    models::Probe probe;
    probe.kind = models::Probe::Kind::Command;
    probe.target = metric.query;
    probe.places = {metric.place};
    probe.timeLimit = commandLimit;
    m_prober.probe({probe, environment->hostsOf(probe.places), due},
                   [done, scale = metric.scale](const models::ProbeReply& reply) {
                       done({reply.at, numberOf(reply, scale)});
                   });
}

/// What the server knows of the time before this console looked comes first.
void EnvironmentWatch::readPast(std::size_t number, const models::PrometheusServer& server,
                                const MetricSource::Done& done) {
    const models::Instant now = m_now();
    const models::Instant from{now.nanoseconds - std::chrono::nanoseconds(pastRead).count()};
    m_source.readPast(server, m_metrics[number].health.metric(), from, now,
                      [self = QPointer<EnvironmentWatch>(this), generation = m_generation, number,
                       server, done](const QList<models::MetricReading>& readings) {
                          if (!self || self->m_generation != generation)
                              return;
                          models::MetricHealth& health = self->m_metrics[number].health;
                          for (const models::MetricReading& reading : readings)
                              health.take(reading);
                          self->m_source.read(server, health.metric(), self->m_now(), done);
                      });
}

void EnvironmentWatch::take(std::size_t number, const models::MetricReading& reading) {
    MetricEntry& entry = m_metrics[number];
    entry.health.take(reading);
    m_schedule.finish(number, m_now());
    Q_EMIT observed(m_environments[entry.environment].name);
    schedule();
}

void EnvironmentWatch::decide(std::size_t number) {
    TriggerEntry& entry = m_triggers[number];
    const QString& environment = m_environments[entry.environment].name;
    const models::Instant now = m_now();
    const bool held = entry.watch.state(now) == models::TriggerState::Holds;
    const auto services = servicesOf(environment);
    const auto metrics = metricsOf(environment);
    entry.watch.read(models::EnvironmentSource(services, metrics, now, leastSamples), now);
    Q_EMIT observed(environment);
    if (held != (entry.watch.state(now) == models::TriggerState::Holds))
        Q_EMIT triggerTurned(number);
}

models::ConditionReading EnvironmentWatch::read(const QString& environment,
                                                const models::Condition& condition) const {
    const auto services = servicesOf(environment);
    const auto metrics = metricsOf(environment);
    return models::readCondition(
        condition, models::EnvironmentSource(services, metrics, m_now(), leastSamples));
}

void EnvironmentWatch::consult(const QString& environment, const models::Target& target,
                               const std::function<void(const models::HealthSource&)>& ask) const {
    const auto services = servicesOf(environment);
    const auto metrics = metricsOf(environment);
    models::EnvironmentSource source(services, metrics, m_now(), leastSamples);
    source.setTarget(models::targetNames(target));
    ask(source);
}

std::vector<models::ReplaySpan> EnvironmentWatch::replay(const QString& environment,
                                                         const models::Condition& condition,
                                                         std::chrono::milliseconds past,
                                                         std::chrono::milliseconds every) const {
    const auto services = servicesOf(environment);
    const auto metrics = metricsOf(environment);
    const models::Instant now = m_now();
    const models::Instant from{now.nanoseconds - std::chrono::nanoseconds(past).count()};
    return models::replayCondition(condition, {services, metrics, from, now, every, leastSamples});
}

std::vector<models::ServiceHealth> EnvironmentWatch::servicesOf(const QString& environment) const {
    std::vector<models::ServiceHealth> services;
    const models::Environment* const declared = m_health.workspace().environment(environment);
    for (const HealthService::Watched& watched : m_health.services()) {
        if (watched.environment != environment)
            continue;
        models::ServiceHealth service{watched.service, {}, {}};
        for (const std::size_t probe : watched.probes)
            service.probes.push_back(&m_health.probe(probe));
        for (const models::Service& one :
             declared ? declared->services : QList<models::Service>()) {
            if (one.name == watched.service)
                service.references = one.references;
        }
        if (m_logs != nullptr)
            service.logs = m_logs->tallies(environment, watched.service);
        services.push_back(std::move(service));
    }
    return services;
}

std::vector<const models::MetricHealth*>
EnvironmentWatch::metricsOf(const QString& environment) const {
    std::vector<const models::MetricHealth*> metrics;
    const Watched* const watched = this->environment(environment);
    for (const std::size_t number : watched ? watched->metrics : std::vector<std::size_t>())
        metrics.push_back(&m_metrics[number].health);
    return metrics;
}

std::vector<const models::LogTally*> EnvironmentWatch::tallies(const QString& environment,
                                                               const QString& service) const {
    return m_logs ? m_logs->tallies(environment, service) : std::vector<const models::LogTally*>();
}

} // namespace app
