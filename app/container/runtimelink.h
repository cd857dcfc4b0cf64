// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/containerruntime.h"
#include "app/process/reach.h"
#include "models/run/host.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

namespace app {

/// The container runtime of one place, which all who want it share. On the engine's thread.
class RuntimeLink final : public QObject {
    Q_OBJECT

public:
    using RuntimeCallback = std::function<void(models::Result<ContainerRuntime*> runtime)>;

    RuntimeLink(std::unique_ptr<Reach> reach, models::Host host);
    ~RuntimeLink() override;
    Q_DISABLE_COPY_MOVE(RuntimeLink)

    [[nodiscard]] Reach& reach() { return *m_reach; }
    [[nodiscard]] const models::Host& host() const { return m_host; }
    /// Looks for it where that is not done, once the way there is open. Not called where context
    /// goes first. The runtime lives as long as this.
    void whenFound(QObject* context, models::AskedBy askedBy, RuntimeCallback done);
    /// Null: none was found so far.
    [[nodiscard]] ContainerRuntime* runtime() const { return m_runtime; }
    /// It does not answer: whoever wants it next looks for it again.
    void forget();

    /// Somebody wants to know what changes, until the object goes.
    void watchFor(QObject* who);

Q_SIGNALS:
    /// Of one container, or, where it is empty, of any.
    void changed(const QString& id);

private:
    struct Waiting {
        QPointer<QObject> context;
        RuntimeCallback done;
    };

    void find(models::AskedBy askedBy);
    void settle(const models::Result<ContainerRuntime*>& result);
    void watch();
    void watchAgainLater();

    std::unique_ptr<Reach> m_reach;
    const models::Host m_host;
    ContainerRuntime* m_runtime = nullptr; ///< the last of the next
    /// Those that were forgotten may have answers under way.
    std::vector<std::unique_ptr<ContainerRuntime>> m_found;
    QList<Waiting> m_waiting;
    bool m_isFinding = false;
    int m_watchers = 0;
    bool m_isWatching = false;
    QTimer m_watchAgain;
};

} // namespace app
