// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/servicelogs.h"

#include "models/environment/logcommand.h"

#include <QCoreApplication>

namespace app {
namespace {

LogSource sourceOf(const models::Environment& environment, const models::ServiceLog& log) {
    using Kind = models::ServiceLog::Kind;
    LogSource source;
    source.name = log.name;
    switch (log.kind) {
    case Kind::Container:
        source.container = log.container;
        break;
    case Kind::Compose:
        source.kind = LogSource::Kind::Compose;
        source.project = log.project;
        source.service = log.service;
        break;
    case Kind::Command:
        source.kind = LogSource::Kind::Command;
        source.command = log.command;
        if (const auto filled = models::fillLogCommand(environment, log.command)) {
            source.command = filled->text;
            source.variables = filled->variables;
        } else {
            source.problem = filled.error().message;
        }
        break;
    case Kind::File:
        source.kind = LogSource::Kind::File;
        source.path = log.path;
        break;
    case Kind::Journal:
        source.kind = LogSource::Kind::Journal;
        source.unit = log.unit;
        break;
    }
    return source;
}

} // namespace

models::Host thisMachine() {
    models::Host host;
    host.name = QCoreApplication::translate("app::ServiceLogs", "This machine");
    return host;
}

std::optional<models::Host> hostNamed(const models::Environment& environment, const QString& name) {
    if (name == models::localPlace)
        return thisMachine();
    for (const models::Host& host : environment.hosts) {
        if (host.name == name)
            return host;
    }
    return std::nullopt;
}

QList<LogSource> logSources(const models::Environment& environment, const models::ServiceLog& log) {
    QList<LogSource> sources;
    for (const QString& place : log.places) {
        const std::optional<models::Host> host = hostNamed(environment, place);
        if (!host)
            continue;
        LogSource source = sourceOf(environment, log);
        source.host = *host;
        sources.append(source);
    }
    return sources;
}

} // namespace app
