// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logengine.h"
#include "app/log/logservice.h"
#include "app/run/courier.h"

#include <QMap>

#include <functional>
#include <memory>

namespace app {

class EngineThread;

/// Containers and logs of real places. Lives on the main thread; what it drives lives on the
/// engine's.
class LiveLogService final : public LogService {
    Q_OBJECT

public:
    using OriginsFactory = std::function<std::unique_ptr<LogOrigins>()>;

    /// makeOrigins is called once, on the engine's thread, where what it makes is let go too,
    /// before this is gone.
    LiveLogService(std::shared_ptr<EngineThread> thread, const OriginsFactory& makeOrigins);
    /// Hangs up everywhere.
    ~LiveLogService() override;
    Q_DISABLE_COPY_MOVE(LiveLogService)

    void watch(const models::Host& host) override;
    void unwatch(const models::Host& host) override;
    [[nodiscard]] QList<ContainerList> containers() const override { return m_containers; }
    [[nodiscard]] quint64 follow(const LogSource& source) override;
    void stop(quint64 stream) override;
    void acknowledge(quint64 stream, qint64 bytes) override;
    [[nodiscard]] LogStreamState state(quint64 stream) const override;

private:
    void connectEngine();
    void noteContainers(const ContainerList& list);

    std::shared_ptr<EngineThread> m_thread;
    std::unique_ptr<LogEngine> m_engine; ///< lives and ends on the engine's thread
    Courier m_inbox;                     ///< what the engine's thread says
    QList<ContainerList> m_containers;
    QMap<quint64, LogStreamState> m_states;
    quint64 m_lastStream = 0;
};

} // namespace app
