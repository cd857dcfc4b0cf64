// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/prober.h"
#include "app/run/courier.h"
#include "app/run/hostplaces.h"

#include <memory>

namespace app {

class EngineThread;

/// Checks at hosts and at this machine: commands, and the state of containers. Nothing is left
/// there. Everything else goes to the prober of the network.
class PlaceProber final : public Prober {
public:
    /// network outlives it.
    PlaceProber(std::shared_ptr<EngineThread> engine, HostPlaces::Factory places, Prober& network);
    ~PlaceProber() override;

    void probe(const ProbeTask& task, Done done) override;

private:
    class Bench;

    std::shared_ptr<EngineThread> m_engine;
    Prober& m_network;
    Courier m_inbox;                ///< what the engine's thread says
    std::unique_ptr<Bench> m_bench; ///< lives on the engine's thread
};

/// The command of such a probe at a host, to be executed there without a shell in between.
[[nodiscard]] QStringList probeArguments(const models::Probe& probe, const models::Host& host);

} // namespace app
