// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/environmentsource.h"

#include "models/health/replysource.h"
#include "models/health/serieswindow.h"

#include <algorithm>

namespace models {

EnvironmentSource::EnvironmentSource(const std::vector<ServiceHealth>& services,
                                     const std::vector<const MetricHealth*>& metrics, Instant now,
                                     std::uint64_t least)
    : m_services(services)
    , m_metrics(metrics)
    , m_now(now)
    , m_least(least) {}

const MetricHealth* EnvironmentSource::metric(const QString& name) const {
    const auto found =
        std::find_if(m_metrics.begin(), m_metrics.end(),
                     [&name](const MetricHealth* one) { return one->metric().name == name; });
    return found == m_metrics.end() ? nullptr : *found;
}

EnvironmentSource::Found EnvironmentSource::serviceOf(const HealthPath& path) const {
    const QString name = path.isEmpty() ? QString() : path.first().name;
    for (const ServiceHealth& service : m_services) {
        if (service.name == name)
            return {&service, path.mid(1), {}};
    }
    if (m_services.size() == 1)
        return {&m_services.front(), path, {}};
    return {nullptr, {}, u"No service and no metric is called \"%1\"."_qs.arg(name)};
}

tl::expected<std::pair<const ProbeHealth*, HealthPath>, Missing>
EnvironmentSource::probeOf(const HealthPath& path) const {
    const Found found = serviceOf(path);
    if (found.service == nullptr)
        return tl::unexpected(Missing{found.problem});
    const QString name = found.rest.isEmpty() ? QString() : found.rest.first().name;
    const auto& probes = found.service->probes;
    for (const ProbeHealth* const probe : probes) {
        if (!name.isEmpty() && probe->probe().name == name)
            return std::pair(probe, found.rest.mid(1));
    }
    // Without a name: the only one, or the only one of the kind that is asked for; burn() and
    // apdex() ask how people are served.
    const auto observes = [&name](const ProbeHealth* probe) {
        const QString word = probeWord(probe->probe().kind);
        return word == name || (name.isEmpty() && word == u"http") ||
               (name == u"body" && word == u"http") ||
               (word == u"command" && (name == u"exit" || name == u"output"));
    };
    const auto count = std::count_if(probes.begin(), probes.end(), observes);
    if (count == 1)
        return std::pair(*std::find_if(probes.begin(), probes.end(), observes), found.rest);
    if (probes.size() == 1)
        return std::pair(probes.front(), found.rest);
    return tl::unexpected(Missing{
        probes.empty() ? u"%1 has no probe."_qs.arg(found.service->name)
                       : u"%1 has several probes. Name the one that is meant: %1.NAME.…"_qs.arg(
                             found.service->name)});
}

HealthAnswer EnvironmentSource::ofTarget(const HealthPath& path) const {
    if (m_target.isEmpty())
        return {Missing{u"No run is about it: there is no target."_qs}, {}};
    const auto found = m_target.constFind(pathText(path.mid(1)));
    if (found == m_target.constEnd())
        return {Missing{u"The run's target does not say it."_qs}, {}};
    return {*found, {}};
}

HealthAnswer EnvironmentSource::value(const HealthPath& path) const {
    if (path.first().name == u"target")
        return ofTarget(path);
    if (isLogPath(path))
        return {Missing{u"Lines are counted over time: count(%1, 24h)."_qs.arg(pathText(path))},
                {}};
    if (const MetricHealth* const one = path.size() == 1 ? metric(path.first().name) : nullptr)
        return one->value(m_now);
    if (const Found found = serviceOf(path); found.service != nullptr) {
        const auto reference = found.service->references.constFind(pathText(found.rest));
        if (reference != found.service->references.constEnd())
            return {*reference, {}};
    }
    const auto probe = probeOf(path);
    if (!probe)
        return {probe.error(), {}};
    const auto& [health, rest] = *probe;
    if (rest.isEmpty())
        return {Missing{u"Name what of it is asked for."_qs}, {}};
    const auto& reply = health->lastReply();
    if (const auto stale = staleness(*health, reply ? reply->at : Instant()))
        return {*stale, {}};
    if (reply->at > m_now)
        return {Missing{u"Only its newest answer is kept, and that came later."_qs}, {}};
    return ReplySource(health->probe(), *reply, health->series(), &health->phases()).value(rest);
}

/// path: `log.CLASS`, or the same behind a service.
HealthAnswer EnvironmentSource::ofLogs(const HealthPath& path,
                                       const WindowQuestion& question) const {
    const bool isOfAll = path.first().name == u"log";
    std::vector<const LogTally*> logs;
    for (const ServiceHealth& service : m_services) {
        if (isOfAll || service.name == path.first().name)
            logs.insert(logs.end(), service.logs.begin(), service.logs.end());
    }
    return logsOverTime(logs, path.last().name, question, m_now);
}

HealthAnswer EnvironmentSource::overTime(const WindowQuestion& question) const {
    if (isLogPath(question.series))
        return ofLogs(question.series, question);
    const QString name = question.metric.isEmpty() && question.series.size() == 1
                             ? question.series.first().name
                             : question.metric;
    if (const MetricHealth* const one = metric(name))
        return one->overTime(question, m_now, m_least);
    if (!question.metric.isEmpty())
        return {Missing{u"No metric is called \"%1\"."_qs.arg(question.metric)}, {}};
    const Found found = serviceOf(question.series);
    if (found.service != nullptr && !found.rest.isEmpty() && found.rest.first().name == u"probe")
        return ofAllProbes(*found.service, found.rest, question);
    const auto probe = probeOf(question.series);
    if (!probe)
        return {probe.error(), {}};
    return ofProbe(*probe->first, probe->second, question);
}

HealthAnswer EnvironmentSource::ofProbe(const ProbeHealth& health, const HealthPath& path,
                                        const WindowQuestion& question) const {
    const HealthSeries& series = health.series();
    if (const auto stale = staleness(health, series.newestAt()))
        return {*stale, {}};
    if (series.newestAt() > m_now && !wasChecked(health))
        return {Missing{u"It was not checked at that time."_qs}, {}};
    return ReplySource::overTime({series, m_now, health.probe().every, m_least, &health.phases()},
                                 health.probe().kind, path, question);
}

/// What failed at any of them, and how much of the one was seen of which the least was seen.
HealthAnswer EnvironmentSource::ofAllProbes(const ServiceHealth& service, const HealthPath& path,
                                            const WindowQuestion& question) const {
    const bool isCount = question.function == u"count";
    if (service.probes.empty() || (!isCount && question.function != u"coverage"))
        return {Missing{u"Of all probes of %1 only count() and coverage() are known."_qs.arg(
                    service.name)},
                {}};
    double whole = isCount ? 0 : 1;
    for (const ProbeHealth* const probe : service.probes) {
        const HealthAnswer one = ofProbe(*probe, path, question);
        const auto* const quantity = std::get_if<Quantity>(&one.value);
        if (quantity == nullptr)
            return one;
        whole = isCount ? whole + quantity->number : std::min(whole, quantity->number);
    }
    return {Quantity{whole, Unit::None}, u"from %1 probes"_qs.arg(service.probes.size())};
}

std::optional<Missing> EnvironmentSource::staleness(const ProbeHealth& health, Instant last) const {
    if (last.isNull())
        return Missing{u"It was not checked yet."_qs};
    const std::int64_t age = m_now.nanoseconds - last.nanoseconds;
    if (age <= stalenessOf(health.probe()).count())
        return std::nullopt;
    return Missing{notCheckedFor(std::chrono::nanoseconds(age))};
}

/// Whether there was a check shortly before a moment in the past.
bool EnvironmentSource::wasChecked(const ProbeHealth& health) const {
    const Instant from{m_now.nanoseconds - stalenessOf(health.probe()).count()};
    return health.series().summary(from, m_now).checks() > 0;
}

} // namespace models
