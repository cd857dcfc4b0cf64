// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {
class HealthService;
class VersionService;
} // namespace app

namespace ui {

/// What the page of the environments talks to. All of them outlive it.
struct EnvironmentServices {
    app::HealthService& health;
    app::VersionService& versions;
};

} // namespace ui
