// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/containerorigin.h"

#include <QPointer>

#include <utility>

namespace app {
namespace {

/// A feed of what cannot be opened just now.
class NoFeed final : public LogFeed {
public:
    NoFeed() {
        QMetaObject::invokeMethod(
            this,
            [this] {
                End end;
                end.reason = End::Reason::CutOff;
                Q_EMIT ended(end);
            },
            Qt::QueuedConnection);
    }
    void setFlow(Flow flow) override { Q_UNUSED(flow) }
};

} // namespace

ContainerOrigin::ContainerOrigin(std::shared_ptr<RuntimeLink> link, LogSource source)
    : m_link(std::move(link))
    , m_source(std::move(source)) {
    m_link->watchFor(this);
    connect(m_link.get(), &RuntimeLink::changed, this, &LogOrigin::changed);
}

void ContainerOrigin::whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) {
    m_link->reach().whenReady(context, askedBy, std::move(done));
}

void ContainerOrigin::look(QObject* context, LookCallback done) {
    const QPointer<QObject> who(context);
    // Behind whenReady(), which had the host connected if somebody asked for that.
    m_link->whenFound(
        this, models::AskedBy::Program,
        [this, who, done = std::move(done)](const models::Result<ContainerRuntime*>& runtime) {
            if (!who)
                return;
            if (!runtime) {
                done(tl::unexpected(runtime.error()));
                return;
            }
            lookUp(**runtime, who, [this, done](const models::Result<models::Container>& found) {
                if (!found) {
                    if (found.error().code == models::ErrorCode::NotReadable)
                        m_link->forget();
                    done(tl::unexpected(found.error()));
                    return;
                }
                m_container = *found;
                done(Look{found->id, found->name, found->isRunning(), found->exitCode,
                          found->startedAt});
            });
        });
}

void ContainerOrigin::lookUp(ContainerRuntime& runtime, QObject* context,
                             const ContainerRuntime::LookCallback& done) {
    if (m_source.kind != LogSource::Kind::Compose) {
        runtime.look(m_source.container, context, done);
        return;
    }
    runtime.list(context, [this, done](const models::Result<QList<models::Container>>& all) {
        if (!all) {
            done(tl::unexpected(all.error()));
            return;
        }
        if (const models::Container* const found =
                models::findComposeContainer(*all, m_source.project, m_source.service))
            done(*found);
        else
            done(models::failure(
                models::ErrorCode::NotFound,
                tr("There is no container of service %1 in Compose project %2 at %3.")
                    .arg(m_source.service, m_source.project, m_link->reach().name())));
    });
}

void ContainerOrigin::newest(const QString& id, QObject* context, NewestCallback done) {
    if (!m_link->runtime() || id != m_container.id) {
        done(models::failure(models::ErrorCode::NotReadable,
                             tr("The container runtime is not known.")));
        return;
    }
    m_link->runtime()->newest(m_container, context, std::move(done));
}

std::unique_ptr<LogFeed> ContainerOrigin::open(const LogOpening& opening) {
    if (!m_link->runtime())
        return std::make_unique<NoFeed>();
    return m_link->runtime()->logs(m_container, opening);
}

} // namespace app
