// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/containerlist.h"
#include "app/log/logorigin.h"
#include "app/log/logsource.h"

#include <memory>

namespace app {

/// Keeps the list of one place's containers up to date for as long as it lives. On the engine's
/// thread.
class ContainerWatch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;

Q_SIGNALS:
    void changed(const app::ContainerList& list);
};

/// Makes what leads to the real places; implemented by an adapter. On the engine's thread.
class LogOrigins {
public:
    LogOrigins() = default;
    virtual ~LogOrigins() = default;
    Q_DISABLE_COPY_MOVE(LogOrigins)

    [[nodiscard]] virtual std::unique_ptr<LogOrigin> origin(const LogSource& source) = 0;
    [[nodiscard]] virtual std::unique_ptr<ContainerWatch> watch(const models::Host& host) = 0;
};

} // namespace app
