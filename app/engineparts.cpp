// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engineparts.h"

#include "app/container/placeorigins.h"
#include "app/process/localplace.h"
#include "app/process/localreach.h"
#include "app/run/enginethread.h"
#include "models/run/resolve.h"

namespace app {
namespace {

RunService::PlaceFactory placesWith(const SshHostService& hosts) {
    return [&hosts](const models::PlanContext& context,
                    const QString& name) -> std::unique_ptr<Place> {
        if (name == models::localPlace)
            return std::make_unique<LocalPlace>();
        const models::Host* const host = context.host(name);
        return host && !host->ssh.isEmpty() ? hosts.makePlace(*host) : nullptr;
    };
}

std::unique_ptr<Reach> reachTo(const SshHostService& hosts, const models::Host& host) {
    if (host.ssh.isEmpty())
        return std::make_unique<LocalReach>();
    return hosts.makeReach(host);
}

LiveLogService::OriginsFactory originsWith(const SshHostService& hosts) {
    return [&hosts] {
        return std::make_unique<PlaceOrigins>(
            [&hosts](const models::Host& host) { return reachTo(hosts, host); });
    };
}

} // namespace

HostPlaces::Factory placesOf(const EngineParts& engine) {
    return [&engine](const models::Host& host, models::AskedBy askedBy) -> std::unique_ptr<Place> {
        if (host.ssh.isEmpty())
            return std::make_unique<LocalPlace>();
        return engine.hosts.makePlace(host, askedBy);
    };
}

std::function<std::unique_ptr<Reach>(const models::Host&)> reachesOf(const EngineParts& engine) {
    return [&engine](const models::Host& host) { return reachTo(engine.hosts, host); };
}

EngineParts::EngineParts(JournalStore& journal, SecretStore& secrets,
                         std::function<SshSurroundings()> surroundings)
    : thread(std::make_shared<EngineThread>())
    , hosts(thread, secrets, std::move(surroundings))
    , runs(journal, secrets, placesWith(hosts), thread)
    , logs(thread, originsWith(hosts))
    , logFollower(logs, logKeeper) {
    QObject::connect(&hosts, &HostService::linkChanged, &logFollower, [this](const HostLink& link) {
        logFollower.noteClock(link.ssh, link.correction());
    });
}

} // namespace app
