// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/hostcontainers.h"

#include "app/diagnostics/clock.h"

#include <algorithm>
#include <utility>

namespace app {
namespace {

using namespace std::chrono_literals;

/// A start is half a dozen events: they are looked at together.
constexpr auto gathering = 200ms;
constexpr auto measuring = 5s;
constexpr auto afterFailure = 15s;
/// Changes of so many at once are cheaper to list than to look at one by one.
constexpr qsizetype manyChanges = 8;

} // namespace

HostContainers::HostContainers(std::shared_ptr<RuntimeLink> link)
    : m_link(std::move(link)) {
    m_list.host = m_link->host();
    for (QTimer* timer : {&m_refresh, &m_measure, &m_again})
        timer->setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &HostContainers::refresh);
    connect(&m_measure, &QTimer::timeout, this, &HostContainers::measure);
    connect(&m_again, &QTimer::timeout, this, [this] { noteChange({}); });
    connect(m_link.get(), &RuntimeLink::changed, this, &HostContainers::noteChange);
}

void HostContainers::start() {
    m_link->watchFor(this);
    noteChange({});
}

void HostContainers::noteChange(const QString& id) {
    m_changed.insert(id);
    if (!m_refresh.isActive())
        m_refresh.start(gathering);
}

void HostContainers::refresh() {
    m_again.stop();
    // A person asked for the list once. Looking again is nobody's wish to have the host back.
    const auto askedBy = std::exchange(m_askedBy, models::AskedBy::Program);
    m_link->whenFound(this, askedBy, [this](const models::Result<ContainerRuntime*>& runtime) {
        if (!runtime) {
            fail(runtime.error());
            return;
        }
        m_list.runtime = (*runtime)->name();
        const QSet<QString> ids = std::exchange(m_changed, {});
        if (m_list.at.isNull() || ids.contains(QString()) || ids.size() > manyChanges) {
            refreshAll(**runtime);
            return;
        }
        for (const QString& id : ids)
            refreshOne(**runtime, id);
    });
}

void HostContainers::refreshAll(ContainerRuntime& runtime) {
    runtime.list(this, [this](const models::Result<QList<models::Container>>& all) {
        if (!all) {
            m_link->forget();
            fail(all.error());
            return;
        }
        QHash<QString, models::ContainerUsage> usages;
        for (const models::Container& container : std::as_const(m_list.containers)) {
            if (container.usage)
                usages.insert(container.id, *container.usage);
        }
        m_list.containers = *all;
        for (models::Container& container : m_list.containers) {
            if (container.isRunning() && usages.contains(container.id))
                container.usage = usages.value(container.id);
        }
        tell();
        if (!m_measure.isActive() && !m_isMeasuring)
            measure();
    });
}

void HostContainers::refreshOne(ContainerRuntime& runtime, const QString& id) {
    runtime.look(id, this, [this, id](const models::Result<models::Container>& found) {
        const auto known =
            std::find_if(m_list.containers.begin(), m_list.containers.end(),
                         [&id](const models::Container& one) { return one.id == id; });
        if (found && known != m_list.containers.end()) {
            const auto usage = found->isRunning() ? known->usage : std::nullopt;
            *known = *found;
            known->usage = usage;
        } else if (found) {
            noteChange({}); // its image may be new too
            return;
        } else if (found.error().code != models::ErrorCode::NotFound) {
            fail(found.error());
            return;
        } else if (known != m_list.containers.end()) {
            m_list.containers.erase(known);
        }
        tell();
    });
}

void HostContainers::measure() {
    QStringList ids;
    for (const models::Container& container : std::as_const(m_list.containers)) {
        if (container.isRunning())
            ids.append(container.id);
    }
    if (ids.isEmpty() || !m_link->runtime()) {
        m_measure.start(measuring);
        return;
    }
    m_isMeasuring = true;
    m_link->runtime()->usage(
        ids, this, [this](const models::Result<QHash<QString, models::ContainerUsage>>& usages) {
            m_isMeasuring = false;
            m_measure.start(measuring);
            if (!usages)
                return; // what was measured last shows its age
            for (models::Container& container : m_list.containers) {
                if (usages->contains(container.id))
                    container.usage = usages->value(container.id);
            }
            tell();
        });
}

void HostContainers::fail(const models::Error& error) {
    m_list.error = error;
    m_list.state = m_list.at.isNull() ? ContainerList::State::Failed : ContainerList::State::Stale;
    Q_EMIT changed(m_list);
    // What a person has to mend is looked at again when they ask, or when the host is back.
    if (error.code == models::ErrorCode::NotReadable)
        m_again.start(afterFailure);
}

void HostContainers::tell() {
    m_list.error.reset();
    m_list.state = ContainerList::State::Known;
    m_list.at = presentInstant();
    Q_EMIT changed(m_list);
}

} // namespace app
