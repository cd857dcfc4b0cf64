// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logorigins.h"
#include "app/log/logservice.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

namespace app {

/// All containers that are watched and all streams that are followed. On the engine's thread; what
/// happens comes out as values.
class LogEngine final : public QObject {
    Q_OBJECT

public:
    explicit LogEngine(std::unique_ptr<LogOrigins> origins);
    ~LogEngine() override;
    Q_DISABLE_COPY_MOVE(LogEngine)

    void watch(const models::Host& host);
    void unwatch(const models::Host& host);
    void follow(quint64 stream, const LogSource& source);
    void stop(quint64 stream);
    void acknowledge(quint64 stream, qint64 bytes);

Q_SIGNALS:
    void containersChanged(const app::ContainerList& list);
    void stateChanged(quint64 stream, const app::LogStreamState& state);
    void arrived(quint64 stream, const app::LogBatch& batch);

private:
    class Outlet;

    void flush();
    void flushLater();

    struct Watched {
        models::Host host;
        std::unique_ptr<ContainerWatch> watch;
    };

    std::unique_ptr<LogOrigins> m_origins;
    std::vector<Watched> m_watched;
    std::map<quint64, std::unique_ptr<Outlet>> m_streams;
    QTimer m_flush;
};

} // namespace app
