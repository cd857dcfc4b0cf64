// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/hostlooker.h"
#include "app/run/courier.h"
#include "app/run/hostplaces.h"

#include <memory>

namespace app {

class EngineThread;

/// Looks with two short scripts, attached: nothing is left there.
class PlaceLooker final : public HostLooker {
public:
    PlaceLooker(std::shared_ptr<EngineThread> engine, HostPlaces::Factory places);
    ~PlaceLooker() override;

    void look(const models::Host& host, const QString& workspaceId, const QString& environment,
              Done done) override;

private:
    class Bench;

    std::shared_ptr<EngineThread> m_engine;
    Courier m_inbox;                ///< what the engine's thread says
    std::unique_ptr<Bench> m_bench; ///< lives there
};

/// What the script about the room answers, a line each: "home 1024", "containers problem …".
[[nodiscard]] std::vector<models::DiskFinding>
disksFrom(const models::Host& host, const models::Result<ExecResult>& result, models::Instant at);

} // namespace app
