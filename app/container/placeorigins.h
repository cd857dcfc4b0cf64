// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/runtimelink.h"
#include "app/log/logorigins.h"
#include "app/process/reach.h"

#include <QHash>

#include <functional>
#include <memory>

namespace app {

/// Containers and commands of this machine and of hosts. All that go to one place by one way share
/// its runtime. On the engine's thread.
class PlaceOrigins final : public LogOrigins {
public:
    using ReachFactory = std::function<std::unique_ptr<Reach>(const models::Host&)>;

    explicit PlaceOrigins(ReachFactory reaches);
    ~PlaceOrigins() override;

    [[nodiscard]] std::unique_ptr<LogOrigin> origin(const LogSource& source) override;
    [[nodiscard]] std::unique_ptr<ContainerWatch> watch(const models::Host& host) override;

private:
    [[nodiscard]] std::shared_ptr<RuntimeLink> linkTo(const models::Host& host);

    ReachFactory m_reaches;
    QHash<QString, std::weak_ptr<RuntimeLink>> m_links;
};

} // namespace app
