// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/placeorigins.h"

#include "app/container/commandorigin.h"
#include "app/container/containerorigin.h"
#include "app/container/fileorigin.h"
#include "app/container/hostcontainers.h"

#include <utility>

namespace app {
namespace {

QString keyOf(const models::Host& host) {
    return QStringList{host.ssh, host.name,   host.runtime,
                       host.cli, host.socket, host.usesSudo ? QStringLiteral("sudo") : QString()}
        .join(QLatin1Char('\n'));
}

} // namespace

PlaceOrigins::PlaceOrigins(ReachFactory reaches)
    : m_reaches(std::move(reaches)) {}

PlaceOrigins::~PlaceOrigins() = default;

std::shared_ptr<RuntimeLink> PlaceOrigins::linkTo(const models::Host& host) {
    std::weak_ptr<RuntimeLink>& known = m_links[keyOf(host)];
    if (auto link = known.lock())
        return link;
    auto link = std::make_shared<RuntimeLink>(m_reaches(host), host);
    known = link;
    return link;
}

std::unique_ptr<LogOrigin> PlaceOrigins::origin(const LogSource& source) {
    switch (source.kind) {
    case LogSource::Kind::Container:
    case LogSource::Kind::Compose:
        return std::make_unique<ContainerOrigin>(linkTo(source.host), source);
    case LogSource::Kind::File:
        return std::make_unique<FileOrigin>(m_reaches(source.host), source);
    case LogSource::Kind::Command:
    case LogSource::Kind::Journal:
        return std::make_unique<CommandOrigin>(m_reaches(source.host), source);
    }
    Q_UNREACHABLE();
}

std::unique_ptr<ContainerWatch> PlaceOrigins::watch(const models::Host& host) {
    return std::make_unique<HostContainers>(linkTo(host));
}

} // namespace app
