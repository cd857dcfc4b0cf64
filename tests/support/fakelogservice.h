// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfollower.h"

#include <QMap>

namespace tests {

/// A LogService that follows nothing: a test says what arrives, and sees what was asked of it.
class FakeLogService final : public app::LogService {
public:
    void watch(const models::Host& host) override {
        watched.append(host);
        app::ContainerList list;
        list.host = host;
        m_lists.append(list);
    }
    void unwatch(const models::Host& host) override {
        watched.removeOne(host);
        m_lists.removeIf([&host](const app::ContainerList& list) { return list.host == host; });
    }
    [[nodiscard]] QList<app::ContainerList> containers() const override { return m_lists; }
    [[nodiscard]] quint64 follow(const app::LogSource& source) override {
        followed.insert(++m_last, source);
        return m_last;
    }
    void stop(quint64 stream) override { followed.remove(stream); }
    void acknowledge(quint64 stream, qint64 bytes) override { acknowledged[stream] += bytes; }
    [[nodiscard]] app::LogStreamState state(quint64) const override { return {}; }

    /// Of a place that is watched.
    void setContainers(const app::ContainerList& list) {
        for (app::ContainerList& known : m_lists) {
            if (known.host == list.host)
                known = list;
        }
        Q_EMIT containersChanged(list);
    }

    QList<models::Host> watched;
    QMap<quint64, app::LogSource> followed; ///< by stream
    QMap<quint64, qint64> acknowledged;

private:
    QList<app::ContainerList> m_lists;
    quint64 m_last = 0;
};

/// The logs of a window without hosts.
struct FakeLogs {
    FakeLogService service;
    app::LogKeeper keeper;
    app::LogFollower follower{service, keeper};
};

} // namespace tests
