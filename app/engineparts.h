// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/livelogservice.h"
#include "app/log/logfollower.h"
#include "app/run/hostplaces.h"
#include "app/run/runservice.h"
#include "app/ssh/sshhostservice.h"

#include <functional>
#include <memory>

namespace app {

class EngineThread;
class JournalStore;
class SecretStore;

/// Runs, the hosts that they are at and the logs there, on one thread: for the window and for a run
/// without it.
struct EngineParts {
    /// journal and secrets outlive it. surroundings: what destinations mean.
    EngineParts(JournalStore& journal, SecretStore& secrets,
                std::function<SshSurroundings()> surroundings = &ourSurroundings);

    std::shared_ptr<EngineThread> thread;
    SshHostService hosts;
    RunService runs;
    LiveLogService logs;
    LogKeeper logKeeper;
    LogFollower logFollower;
};

/// Makes places to look at: this machine where a host has no ssh name. engine outlives it.
[[nodiscard]] HostPlaces::Factory placesOf(const EngineParts& engine);
/// The same for what is reached without a place.
[[nodiscard]] std::function<std::unique_ptr<Reach>(const models::Host&)>
reachesOf(const EngineParts& engine);

} // namespace app
