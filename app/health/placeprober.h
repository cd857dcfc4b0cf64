// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/prober.h"
#include "app/run/courier.h"

#include <memory>

namespace app {

class EngineThread;
class Place;

/// Checks at hosts and at this machine: commands, and the state of containers. Nothing is left
/// there. Everything else goes to the prober of the network.
class PlaceProber final : public Prober {
public:
    /// On the engine's thread; nothing where there is no such place.
    using PlaceFactory = std::function<std::unique_ptr<Place>(const models::Host& host)>;

    /// network outlives it.
    PlaceProber(std::shared_ptr<EngineThread> engine, PlaceFactory places, Prober& network);
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
