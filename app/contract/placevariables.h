// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/contract/variablechecker.h"
#include "app/run/courier.h"
#include "app/run/hostplaces.h"

#include <memory>

namespace app {

class EngineThread;

/// Runs the check in `sh` at hosts and at this machine, attached: nothing is left there.
class PlaceVariables final : public VariableChecker {
public:
    PlaceVariables(std::shared_ptr<EngineThread> engine, HostPlaces::Factory places);
    ~PlaceVariables() override;

    void check(const models::Host& host, models::AskedBy askedBy, const QStringList& arguments,
               const QByteArray& input, Done done) override;

private:
    class Bench;

    std::shared_ptr<EngineThread> m_engine;
    Courier m_inbox;                ///< what the engine's thread says
    std::unique_ptr<Bench> m_bench; ///< lives there
};

} // namespace app
