// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/commandorigin.h"

#include "app/container/commandfeed.h"

#include <algorithm>
#include <utility>

namespace app {

CommandOrigin::CommandOrigin(std::unique_ptr<Reach> reach, LogSource source)
    : m_reach(std::move(reach))
    , m_source(std::move(source)) {
    connect(m_reach.get(), &Reach::returned, this, &LogOrigin::changed);
}

void CommandOrigin::whenReady(QObject* context, ReadyCallback done) {
    m_reach->whenReady(context, std::move(done));
}

void CommandOrigin::look(QObject* context, LookCallback done) {
    Q_UNUSED(context)
    done(models::failure(models::ErrorCode::Unsupported,
                         tr("A command is no container: it cannot be looked up.")));
}

void CommandOrigin::newest(const QString& id, QObject* context, NewestCallback done) {
    Q_UNUSED(id)
    Q_UNUSED(context)
    done(models::failure(models::ErrorCode::Unsupported,
                         tr("A command cannot be asked for its newest line.")));
}

std::unique_ptr<LogFeed> CommandOrigin::open(const LogOpening& opening) {
    return std::make_unique<CommandFeed>(m_reach->command(commandFor(m_source, opening)),
                                         CommandFeed::Sort::Any, QString(), m_reach->name());
}

QStringList CommandOrigin::commandFor(const LogSource& source, const LogOpening& opening) {
    // What was read before is not read again: of a gap nothing is known but that it was there.
    const QString lines = QString::number(std::max(opening.tail, 0));
    switch (source.kind) {
    case LogSource::Kind::File:
        return {QStringLiteral("tail"), QStringLiteral("-n"), lines,
                QStringLiteral("-F"),   QStringLiteral("--"), source.path};
    case LogSource::Kind::Journal:
        return {QStringLiteral("journalctl"),
                QStringLiteral("--no-pager"),
                QStringLiteral("-f"),
                QStringLiteral("-n"),
                lines,
                QStringLiteral("-o"),
                QStringLiteral("short-iso-precise"),
                QStringLiteral("-u"),
                source.unit};
    case LogSource::Kind::Container:
    case LogSource::Kind::Compose:
    case LogSource::Kind::Command:
        break;
    }
    return {QStringLiteral("sh"), QStringLiteral("-c"), source.command};
}

} // namespace app
