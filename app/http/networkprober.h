// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/prober.h"
#include "app/run/courier.h"
#include "app/run/enginethread.h"

#include <memory>

namespace app {

class CurlLoop;

/// Checks over the network, on a thread of its own: what the window does never counts as a
/// service's latency. HTTP and WebSocket by libcurl, TCP and TLS by Qt.
class NetworkProber final : public Prober {
public:
    NetworkProber();
    ~NetworkProber() override;

    void probe(const ProbeTask& task, Done done) override;

private:
    EngineThread m_thread;
    std::unique_ptr<CurlLoop> m_loop; ///< lives and ends there
    Courier m_inbox;                  ///< what that thread says
};

} // namespace app
