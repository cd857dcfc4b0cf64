// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {
class ContractService;
class EnvironmentWatch;
class HealthService;
class RunbookRisks;
class RunFeed;
class VersionService;
} // namespace app

namespace ui {

/// What the page of the environments talks to. All of them outlive it.
struct EnvironmentServices {
    app::HealthService& health;
    const app::EnvironmentWatch& watch;
    app::VersionService& versions;
    app::ContractService& contracts;
    const app::RunFeed& runs;
    const app::RunbookRisks& risks; ///< of its workspace
};

} // namespace ui
