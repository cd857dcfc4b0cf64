// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/commandorigin.h"

#include "app/container/commandfeed.h"
#include "models/run/placeholder.h"

#include <utility>

namespace app {
namespace {

QStringList journalCommand(const LogSource& source, const LogOpening& opening) {
    constexpr std::int64_t second = 1'000'000'000;
    QStringList argv{QStringLiteral("journalctl"), QStringLiteral("--no-pager")};
    if (opening.extent == LogOpening::Extent::Follow)
        argv += QStringLiteral("-f");
    if (opening.since) {
        argv += {QStringLiteral("--no-tail"),
                 QStringLiteral("--since=@%1").arg(opening.since->nanoseconds / second)};
    } else {
        argv += {QStringLiteral("-n"),
                 opening.tail < 0 ? QStringLiteral("all") : QString::number(opening.tail)};
    }
    // It counts in microseconds.
    if (opening.until)
        argv += QStringLiteral("--until=@%1.%2")
                    .arg(opening.until->nanoseconds / second)
                    .arg(opening.until->nanoseconds % second / 1000, 6, 10, QLatin1Char('0'));
    argv += {QStringLiteral("-o"), QStringLiteral("short-iso-precise"), QStringLiteral("-u"),
             source.unit};
    return argv;
}

} // namespace

CommandOrigin::CommandOrigin(std::unique_ptr<Reach> reach, LogSource source)
    : m_reach(std::move(reach))
    , m_source(std::move(source)) {
    connect(m_reach.get(), &Reach::returned, this, &LogOrigin::changed);
}

LogOrigin::Resuming CommandOrigin::resuming() const {
    const bool canBeAsked =
        m_source.kind == LogSource::Kind::Journal ||
        (m_source.kind == LogSource::Kind::Command && m_source.command.contains(logSinceVariable));
    return canBeAsked ? Resuming::ByLineTimes : Resuming::Not;
}

void CommandOrigin::whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) {
    if (m_source.problem.isEmpty())
        m_reach->whenReady(context, askedBy, std::move(done));
    else
        done(models::failure(models::ErrorCode::InvalidInput, m_source.problem));
}

std::unique_ptr<LogFeed> CommandOrigin::open(const LogOpening& opening) {
    return std::make_unique<CommandFeed>(m_reach->command(commandFor(m_source, opening)),
                                         CommandFeed::Sort::Any, QString(), m_reach->name());
}

QStringList CommandOrigin::commandFor(const LogSource& source, const LogOpening& opening) {
    if (source.kind == LogSource::Kind::Journal)
        return journalCommand(source, opening);
    QMap<QString, QString> variables = source.variables;
    variables.remove(logSinceVariable);
    variables.remove(logUntilVariable);
    if (opening.since)
        variables.insert(logSinceVariable, opening.since->toDateTime().toString(Qt::ISODate));
    if (opening.until)
        variables.insert(logUntilVariable, opening.until->toDateTime().toString(Qt::ISODate));
    QString script;
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        script += QStringLiteral("export %1=%2\n").arg(it.key(), models::shellQuoted(it.value()));
    return {QStringLiteral("sh"), QStringLiteral("-c"), script + source.command};
}

} // namespace app
