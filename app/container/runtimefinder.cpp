// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/runtimefinder.h"

#include "app/container/commandruntime.h"
#include "app/container/socketruntime.h"

#include <utility>

namespace app {
namespace {

const QString docker = QStringLiteral("docker");
const QString podman = QStringLiteral("podman");

/// How much an error says about what to do, against another one.
int weight(const models::Error& error) {
    switch (error.code) {
    case models::ErrorCode::Refused:
        return 3;
    case models::ErrorCode::NotReadable:
    case models::ErrorCode::Damaged:
        return 2;
    case models::ErrorCode::InvalidInput:
    case models::ErrorCode::NotFound:
    case models::ErrorCode::NotWritable:
    case models::ErrorCode::Locked:
    case models::ErrorCode::Unsupported:
    case models::ErrorCode::Cancelled:
    case models::ErrorCode::Internal:
        return 1;
    }
    Q_UNREACHABLE();
}

} // namespace

RuntimeFinder::RuntimeFinder(Reach& reach, models::Host host, QObject* context, FoundCallback done)
    : QObject(context)
    , m_reach(reach)
    , m_host(std::move(host))
    , m_done(std::move(done))
    , m_attempts(attempts()) {
    // A caller is not called back before it has this.
    QMetaObject::invokeMethod(this, &RuntimeFinder::tryNext, Qt::QueuedConnection);
}

QList<RuntimeFinder::Attempt> RuntimeFinder::attempts() const {
    QList<Attempt> all;
    if (m_host.runtime == QLatin1String("none"))
        return all;
    const bool mayBeDocker = m_host.runtime.isEmpty() || m_host.runtime == docker;
    const bool mayBePodman = m_host.runtime.isEmpty() || m_host.runtime == podman;
    if (!m_host.socket.isEmpty()) {
        all.append({m_host.socket, {}});
    } else if (!m_host.usesSudo && m_host.cli.isEmpty()) {
        if (mayBeDocker)
            all.append({QStringLiteral("/var/run/docker.sock"), {}});
        if (mayBePodman)
            all.append({QStringLiteral("/run/podman/podman.sock"), {}});
    }
    QStringList commands;
    if (!m_host.cli.isEmpty()) {
        commands = QStringList{m_host.cli};
    } else {
        if (mayBeDocker)
            commands.append(docker);
        if (mayBePodman)
            commands.append(podman);
    }
    const QStringList before =
        m_host.usesSudo ? QStringList{QStringLiteral("sudo"), QStringLiteral("-n")} : QStringList();
    for (const QString& command : std::as_const(commands))
        all.append({{}, before + QStringList{command}});
    return all;
}

void RuntimeFinder::tryNext() {
    if (m_attempts.isEmpty()) {
        const bool isUnwanted = m_host.runtime == QLatin1String("none");
        if (m_error && weight(*m_error) > 1)
            report(tl::unexpected(*m_error));
        else
            report(models::failure(
                models::ErrorCode::Unsupported,
                isUnwanted
                    ? tr("gantry.yaml says that %1 has no container runtime.").arg(m_reach.name())
                    : tr("There is no container runtime at %1. Install docker or podman, or name "
                         "its command with cli.")
                          .arg(m_reach.name()),
                m_error ? m_error->message : QString()));
        return;
    }
    const Attempt attempt = m_attempts.takeFirst();
    auto done = [this](models::Result<std::unique_ptr<ContainerRuntime>> found) {
        handle(std::move(found));
    };
    if (attempt.socket.isEmpty())
        CommandRuntime::find(m_reach, attempt.command, this, std::move(done));
    else
        SocketRuntime::find(m_reach, attempt.socket, this, std::move(done));
}

void RuntimeFinder::handle(models::Result<std::unique_ptr<ContainerRuntime>> found) {
    if (found) {
        report(std::move(found));
        return;
    }
    if (!m_error || weight(found.error()) >= weight(*m_error))
        m_error = found.error();
    tryNext();
}

void RuntimeFinder::report(models::Result<std::unique_ptr<ContainerRuntime>> found) {
    deleteLater();
    std::exchange(m_done, nullptr)(std::move(found));
}

} // namespace app
