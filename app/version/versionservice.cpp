// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/version/versionservice.h"

#include "app/diagnostics/clock.h"
#include "app/health/prober.h"
#include "app/version/containerlookup.h"

#include <QDir>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace app {

namespace {

using namespace std::chrono_literals;

/// Runs are recorded now and then.
constexpr auto journalPause = 30s;
constexpr auto telling = 50ms;

models::Probe probeOf(const models::VersionProbe& version) {
    models::Probe probe;
    probe.kind = version.kind == models::VersionProbe::Kind::Http ? models::Probe::Kind::Http
                                                                  : models::Probe::Kind::Command;
    probe.target = version.target;
    probe.timeLimit = version.timeLimit;
    return probe;
}

} // namespace

VersionService::VersionService(const Sources& sources, TrustKeeper& trust, Now now, QObject* parent)
    : QObject(parent)
    , m_prober(sources.prober)
    , m_containers(sources.containers)
    , m_trust(trust)
    , m_now(now ? std::move(now) : presentInstant)
    , m_recorded(sources.journal)
    , m_relations(sources.commits) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &VersionService::schedule);
    m_telling.setSingleShot(true);
    m_telling.setInterval(telling);
    connect(&m_telling, &QTimer::timeout, this, &VersionService::tell);
    m_journalTimer.setInterval(journalPause);
    connect(&m_journalTimer, &QTimer::timeout, this, [this] { m_recorded.read(m_workspace.id); });
    const auto tellSoon = [this] {
        if (!m_telling.isActive())
            m_telling.start();
    };
    connect(&m_recorded, &RecordedTargets::changed, this, tellSoon);
    connect(&m_relations, &VersionRelations::changed, this, tellSoon);
    connect(&trust, &TrustKeeper::changed, this, [this](const QString& root) {
        if (root == m_workspace.root)
            rebuild();
    });
}

VersionService::~VersionService() = default;

void VersionService::watch(const models::Workspace& workspace) {
    if (workspace == m_workspace)
        return;
    if (workspace.root != m_workspace.root)
        m_looks.clear(); // of another workspace, whatever they are called
    m_workspace = workspace;
    rebuild();
}

void VersionService::rebuild() {
    ++m_generation;
    m_timer.stop();
    m_journalTimer.stop();
    m_schedule.clear();
    m_relations.clear();
    const std::vector<Look> old = std::exchange(m_looks, {});
    const std::map<Key, Watched> before = std::exchange(m_services, {});
    for (const models::Environment& environment : m_workspace.environments) {
        for (const models::Service& service : environment.services)
            add(environment, service, old, before);
    }
    Q_EMIT changed();
    if (m_services.empty())
        return;
    m_recorded.read(m_workspace.id);
    m_journalTimer.start();
    if (m_trust.isTrusted(m_workspace))
        schedule();
}

void VersionService::add(const models::Environment& environment, const models::Service& service,
                         const std::vector<Look>& old, const std::map<Key, Watched>& before) {
    if (!service.version)
        return;
    const Key key{environment.name, service.name};
    Watched watched{*service.version, service.source, {}, false, {}};
    watched.isOnly =
        std::count_if(environment.services.cbegin(), environment.services.cend(),
                      [](const models::Service& one) { return one.version.has_value(); }) == 1;
    const models::Environment* const from = m_workspace.environment(environment.promoteFrom);
    if (from != nullptr && from->serviceNames().contains(service.name))
        watched.promotedFrom = from->name;
    const auto same = before.find(key);
    const bool isSame = same != before.end() && same->second.probe == watched.probe;
    const QStringList places =
        watched.probe.places.isEmpty() ? QStringList{QString()} : watched.probe.places;
    for (const QString& place : places) {
        Look look{key, environment.hostsOf({place}).value(0), {place, {}, {}, {}}, false};
        for (const Look& earlier : old) {
            const bool isThis = earlier.service == key && earlier.reading.place == place &&
                                earlier.host == look.host;
            if (isSame && isThis)
                look.reading = earlier.reading;
        }
        watched.looks.push_back(m_looks.size());
        m_looks.push_back(look);
        const QString name = key.first + u'/' + key.second + u"/version/"_qs + place;
        m_schedule.add(name.toUtf8(), watched.probe.every, m_now());
    }
    m_services.insert({key, watched});
}

void VersionService::schedule() {
    for (const models::ProbeSchedule::Check& check : m_schedule.take(m_now()))
        begin(check.number, check.due);
    const models::Instant next = m_schedule.next();
    if (next.isNull())
        return;
    const std::int64_t wait = (next.nanoseconds - m_now().nanoseconds) / 1'000'000 + 1;
    m_timer.start(std::chrono::milliseconds(std::clamp<std::int64_t>(wait, 0, 60'000)));
}

void VersionService::begin(std::size_t number, models::Instant due) {
    Look& look = m_looks[number];
    look.isUnderWay = true;
    const models::VersionProbe& probe = m_services.at(look.service).probe;
    const auto taken = [self = QPointer<VersionService>(this), generation = m_generation,
                        number](const auto& read) {
        if (self && self->m_generation == generation)
            self->take(number, read(self->m_looks[number].reading.place));
    };
    if (probe.kind == models::VersionProbe::Kind::Image) {
        m_containers.look(
            look.host, probe.container, probe.timeLimit,
            [taken, at = m_now()](const models::Result<models::Container>& found) {
                taken([&](const QString& place) { return models::readVersion(place, found, at); });
            });
        return;
    }
    QList<models::Host> hosts;
    models::Probe asked = probeOf(probe);
    if (probe.kind == models::VersionProbe::Kind::Command) {
        asked.places = QStringList{look.reading.place};
        hosts.append(look.host);
    }
    m_prober.probe({asked, hosts, due}, [taken, probe](const models::ProbeReply& reply) {
        taken([&](const QString& place) { return models::readVersion(probe, place, reply); });
    });
}

void VersionService::take(std::size_t number, const models::VersionReading& reading) {
    Look& look = m_looks[number];
    look.isUnderWay = false;
    look.reading = reading;
    m_schedule.finish(number, m_now());
    if (!m_telling.isActive())
        m_telling.start();
    if (!m_timer.isActive())
        schedule();
}

models::Target VersionService::versionsIn(const QString& environment, models::Instant now) const {
    models::Target seen;
    for (const auto& [key, watched] : m_services) {
        const QString version = observed(watched, now).version;
        if (key.first == environment && !version.isEmpty())
            seen.insert(key.second, version);
    }
    return seen;
}

bool VersionService::isLookedAt(const QString& environment) const {
    return std::none_of(m_looks.cbegin(), m_looks.cend(), [&environment](const Look& look) {
        return look.service.first == environment && look.reading.at.isNull();
    });
}

/// What was seen may ask a repository something new, whose answer is another change.
void VersionService::tell() {
    const models::Instant now = m_now();
    for (const auto& [key, watched] : m_services) {
        const models::VersionStanding standing = observed(watched, now);
        if (standing.version.isEmpty() || !m_trust.isTrusted(m_workspace))
            continue;
        for (const models::VersionReference& reference : references(key, watched, now))
            m_relations.want(question(watched, reference, standing.version), now);
    }
    Q_EMIT changed();
}

models::VersionStanding VersionService::observed(const Watched& watched,
                                                 models::Instant now) const {
    QList<models::VersionReading> readings;
    for (const std::size_t number : watched.looks)
        readings.append(models::agedReading(m_looks[number].reading, watched.probe, now));
    return models::standingOf(readings);
}

/// Expected, recorded, of the environment before; one without a name is not there.
QList<models::VersionReference> VersionService::references(const Key& key, const Watched& watched,
                                                           models::Instant now) const {
    QList<models::VersionReference> found(3);
    if (!watched.source.expected.isEmpty())
        found[0] = {models::shortVersion(watched.source.expected), watched.source.expected, {}, {}};
    if (const auto recorded = m_recorded.of(key.first, key.second, watched.isOnly))
        found[1] = *recorded;
    const auto before = m_services.find({watched.promotedFrom, key.second});
    if (before != m_services.end()) {
        const models::VersionStanding there = observed(before->second, now);
        found[2] = {watched.promotedFrom, there.version, there.words, there.at};
        if (there.state != models::VersionState::Settled) {
            found[2].version.clear();
            found[2].problem =
                tr("The version in %1 is not known. %2").arg(watched.promotedFrom, there.words);
        }
    }
    return found;
}

CommitQuestion VersionService::question(const Watched& watched,
                                        const models::VersionReference& reference,
                                        const QString& version) const {
    return {QDir::cleanPath(QDir(m_workspace.root).absoluteFilePath(watched.source.repository)),
            reference.version, version};
}

models::VersionComparison VersionService::comparison(const Watched& watched,
                                                     const models::VersionReference& reference,
                                                     const QString& version) const {
    auto relation = m_relations.answer(question(watched, reference, version));
    // Where no repository is named, the workspace's own may be another one.
    const bool isDecided =
        models::compareVersions(reference.version, version) != models::VersionMatch::Incomparable;
    if (relation && !*relation && watched.source.repository.isEmpty() && isDecided)
        relation.reset();
    return models::compareWith(reference, version, relation);
}

std::optional<models::VersionStanding> VersionService::standing(const QString& environment,
                                                                const QString& service,
                                                                models::Instant now) const {
    const Key key{environment, service};
    const auto found = m_services.find(key);
    if (found == m_services.end())
        return std::nullopt;
    const Watched& watched = found->second;
    models::VersionStanding standing = observed(watched, now);
    const QList<models::VersionReference> wanted = references(key, watched, now);
    const auto compared = [&](const models::VersionReference& reference) {
        return reference.name.isEmpty()
                   ? std::nullopt
                   : std::optional(comparison(watched, reference, standing.version));
    };
    standing.expected = compared(wanted[0]);
    standing.recorded = compared(wanted[1]);
    standing.promoted = compared(wanted[2]);
    models::settleStanding(standing);
    return standing;
}

void VersionService::lookNow(const QString& environment, const QString& service) {
    const auto found = m_services.find({environment, service});
    if (found == m_services.end() || !m_trust.isTrusted(m_workspace))
        return;
    for (const std::size_t number : found->second.looks) {
        if (!m_looks[number].isUnderWay) {
            m_schedule.takeEarly(number);
            begin(number, m_now());
        }
    }
}

} // namespace app
