// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/release.h"

#include <QRegularExpression>

#include <algorithm>

namespace models {

namespace {

QList<Service> versionedServices(const Environment& environment) {
    QList<Service> services;
    std::copy_if(environment.services.cbegin(), environment.services.cend(),
                 std::back_inserter(services),
                 [](const Service& service) { return service.version.has_value(); });
    return services.isEmpty() ? environment.services : services;
}

/// Of any lane: a rollback section speaks of the same release.
bool knowsOneVersion(const Plan& plan) {
    static const QRegularExpression name(u"\\bTARGET_VERSION(_\\w+)?\\b"_qs);
    bool isOne = false;
    for (const PlanStep& placed : plan.steps) {
        for (const Command& command : placed.step.commands) {
            auto match = name.globalMatch(command.text);
            while (match.hasNext()) {
                if (match.next().capturedLength(1) > 0)
                    return false;
                isOne = true;
            }
        }
    }
    return isOne;
}

bool isSameRevision(const VersionSource& one, const VersionSource& other) {
    return !one.expected.isEmpty() && one == other;
}

} // namespace

QList<Release> releasesOf(const Environment& environment, const Plan& plan) {
    const QList<Service> services = versionedServices(environment);
    QList<Release> releases;
    QList<VersionSource> sources; ///< of the first service of each
    const bool isOne = knowsOneVersion(plan);
    for (const Service& service : services) {
        const auto same =
            std::find_if(sources.cbegin(), sources.cend(), [&](const VersionSource& source) {
                return isOne || isSameRevision(source, service.source);
            });
        if (same != sources.cend()) {
            releases[same - sources.cbegin()].services << service.name;
            continue;
        }
        releases.append({{service.name}});
        sources.append(service.source);
    }
    if (releases.isEmpty())
        releases.append(Release{});
    return releases;
}

} // namespace models
