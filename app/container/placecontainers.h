// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/reach.h"
#include "app/run/courier.h"
#include "app/version/containerlookup.h"

#include <functional>
#include <memory>

namespace app {

class EngineThread;

/// Asks the container runtime of a place, over its socket or its command. Those who ask for the
/// same place at once share one list.
class PlaceContainers final : public ContainerLookup {
public:
    /// On the engine's thread.
    using ReachFactory = std::function<std::unique_ptr<Reach>(const models::Host& host)>;

    PlaceContainers(std::shared_ptr<EngineThread> engine, ReachFactory reaches);
    ~PlaceContainers() override;

    void look(const models::Host& host, const models::ContainerName& name,
              std::chrono::milliseconds timeLimit, Done done) override;

private:
    class Shelf;

    std::shared_ptr<EngineThread> m_engine;
    Courier m_inbox;                ///< what the engine's thread says
    std::unique_ptr<Shelf> m_shelf; ///< lives there
};

} // namespace app
