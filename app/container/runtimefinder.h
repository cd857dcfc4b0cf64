// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/containerruntime.h"
#include "app/process/reach.h"
#include "models/run/host.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace app {

/// Looks for the container runtime of a place: by its socket, which costs least, else by its
/// command. Tries one after the other, reports once, and deletes itself.
class RuntimeFinder final : public QObject {
    Q_OBJECT

public:
    using FoundCallback =
        std::function<void(models::Result<std::unique_ptr<ContainerRuntime>> found)>;

    /// reach outlives it and what it finds. Unsupported: there is none; Refused: there is one, and
    /// it may not be used.
    RuntimeFinder(Reach& reach, models::Host host, QObject* context, FoundCallback done);

private:
    struct Attempt {
        QString socket;      ///< or
        QStringList command; ///< a command
    };

    [[nodiscard]] QList<Attempt> attempts() const;
    void tryNext();
    void handle(models::Result<std::unique_ptr<ContainerRuntime>> found);
    void report(models::Result<std::unique_ptr<ContainerRuntime>> found);

    Reach& m_reach;
    const models::Host m_host;
    FoundCallback m_done;
    QList<Attempt> m_attempts;
    std::optional<models::Error> m_error; ///< that says most so far
};

} // namespace app
