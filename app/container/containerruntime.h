// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logorigin.h"
#include "models/container/container.h"
#include "models/core/result.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace app {

/// A Docker or Podman at a place. On the engine's thread; never blocks it. Callbacks come once, and
/// never when this or their context went before. Errors: NotFound where there is no such container,
/// NotReadable where another try may help, and else what a person has to do.
class ContainerRuntime : public QObject {
    Q_OBJECT

public:
    using ListCallback = std::function<void(const models::Result<QList<models::Container>>&)>;
    using UsageCallback =
        std::function<void(const models::Result<QHash<QString, models::ContainerUsage>>&)>;
    using LookCallback = std::function<void(const models::Result<models::Container>&)>;
    using NewestCallback = LogOrigin::NewestCallback;

    using QObject::QObject;

    /// "docker 24.0.7", "podman 4.3.1"
    [[nodiscard]] virtual QString name() const = 0;
    /// All of them, running or not.
    virtual void list(QObject* context, ListCallback done) = 0;
    /// Of these, or fewer, by id; of those that run.
    virtual void usage(const QStringList& ids, QObject* context, UsageCallback done) = 0;
    virtual void look(const QString& nameOrId, QObject* context, LookCallback done) = 0;
    /// Of the last line of a container's log; null where it has none.
    virtual void newest(const models::Container& container, QObject* context,
                        NewestCallback done) = 0;
    [[nodiscard]] virtual std::unique_ptr<LogFeed> logs(const models::Container& container,
                                                        const LogOpening& opening) = 0;
    /// From now on changed() is said when something happens to a container, until the way is lost.
    virtual void watch() = 0;

Q_SIGNALS:
    /// Of one container, or, without an id, of any.
    void changed(const QString& id);
    /// Nothing more is heard: watch() again, or ask now and then.
    void watchEnded();
};

/// What a runtime's words mean: no such container, a socket that is not for everybody, a service
/// that does not run, a password that sudo wants. runtime: its command, or "the container runtime".
[[nodiscard]] models::Error runtimeError(const QString& runtime, const QString& place,
                                         const QByteArray& words);

/// As the runtimes' API and `logs` take it for "since" and "until": seconds since 1970 with nine
/// decimals.
[[nodiscard]] QByteArray momentText(const models::Instant& moment);

} // namespace app
