// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/golive/servicecourse.h"

#include "app/health/environmentwatch.h"
#include "models/health/logtally.h"

namespace app {

models::HealthCourse courseOf(const EnvironmentWatch& watch, const models::RunState& run,
                              models::Instant now) {
    models::HealthCourse course;
    const HealthService& health = watch.health();
    if (!run.plan || health.workspace().id != run.plan->context.workspaceId)
        return course;
    const models::Instant to = run.closedAt.isNull() ? now : run.closedAt;
    for (const HealthService::Watched& service : health.services()) {
        if (service.environment != run.plan->context.environment)
            continue;
        for (const std::size_t number : service.probes) {
            const models::ProbeHealth& probe = health.probe(number);
            const models::Probe& asked = probe.probe();
            QString name = service.service;
            if (service.probes.size() > 1)
                name += QStringLiteral(" · ") +
                        (asked.name.isEmpty() ? models::probeWord(asked.kind) : asked.name);
            models::addCourse(course, name, probe, run.startedAt, to);
        }
        for (const models::LogTally* tally : watch.tallies(service.environment, service.service))
            models::addBursts(course, service.service, *tally, run.startedAt, to);
    }
    return course;
}

} // namespace app
