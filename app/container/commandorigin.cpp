// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/commandorigin.h"

#include "app/container/commandfeed.h"

#include <utility>

namespace app {

CommandOrigin::CommandOrigin(std::unique_ptr<Reach> reach, QString command)
    : m_reach(std::move(reach))
    , m_command(std::move(command)) {
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
    Q_UNUSED(opening)
    const QStringList argv{QStringLiteral("sh"), QStringLiteral("-c"), m_command};
    return std::make_unique<CommandFeed>(m_reach->command(argv), CommandFeed::Sort::Any, QString(),
                                         m_reach->name());
}

} // namespace app
