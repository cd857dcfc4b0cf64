// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/commandruntime.h"

#include "app/container/commandfeed.h"
#include "app/container/runtimeevent.h"
#include "app/diagnostics/clock.h"
#include "models/container/containerjson.h"
#include "models/log/logstamp.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace app {
namespace {

const QString json = QStringLiteral("{{json .}}");

bool isId(const QString& word) {
    return word.size() >= 12 && std::all_of(word.cbegin(), word.cend(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

QStringList idsIn(const QByteArray& lines) {
    QStringList ids;
    for (const QByteArray& line : lines.split('\n')) {
        if (const QString id = QString::fromLatin1(line.trimmed()); isId(id))
            ids.append(id);
    }
    return ids;
}

/// As the program calls itself: podman answers to "docker" too.
QString engineName(const QString& command, const QByteArray& version) {
    const QJsonObject object = QJsonDocument::fromJson(version).object();
    const QJsonObject client = object.value(u"Client").toObject();
    const QJsonObject server = object.value(u"Server").toObject();
    const bool isPodman = client.contains(u"APIVersion");
    const QString number = (server.isEmpty() ? client : server).value(u"Version").toString();
    return ((isPodman ? QStringLiteral("podman") : command) + QLatin1Char(' ') + number).trimmed();
}

} // namespace

CommandRuntime::CommandRuntime(Reach& reach, QStringList command, QString name)
    : m_reach(reach)
    , m_command(std::move(command))
    , m_name(std::move(name)) {}

CommandRuntime::~CommandRuntime() = default;

void CommandRuntime::find(Reach& reach, const QStringList& command, QObject* context,
                          FoundCallback done) {
    new CommandRequest(
        reach.command(command +
                      QStringList{QStringLiteral("version"), QStringLiteral("--format"), json}),
        context,
        [&reach, command,
         done = std::move(done)](const models::Result<CommandRequest::Answer>& answer) {
            if (!answer)
                done(tl::unexpected(answer.error()));
            else if (answer->status != 0)
                done(tl::unexpected(runtimeError(command.last(), reach.name(), answer->err)));
            else
                done(std::make_unique<CommandRuntime>(reach, command,
                                                      engineName(command.last(), answer->out)));
        });
}

void CommandRuntime::run(const QStringList& arguments, Tolerance tolerance, QObject* context,
                         AnswerCallback done) {
    new CommandRequest(
        m_reach.command(m_command + arguments), context,
        [this, self = QPointer(this), tolerance,
         done = std::move(done)](const models::Result<CommandRequest::Answer>& answer) {
            if (!self)
                return;
            const bool isUsable =
                answer && (answer->status == 0 ||
                           (tolerance == Tolerance::Partial && !answer->out.trimmed().isEmpty()));
            if (answer && !isUsable)
                done(tl::unexpected(runtimeError(m_command.last(), m_reach.name(), answer->err)));
            else
                done(answer);
        });
}

// --- containers ---

void CommandRuntime::look(const QString& nameOrId, QObject* context, LookCallback done) {
    inspect({nameOrId}, context,
            [done = std::move(done)](const models::Result<QList<models::Container>>& found) {
                if (!found)
                    done(tl::unexpected(found.error()));
                else if (found->isEmpty())
                    done(tl::unexpected(models::Error{}));
                else
                    done(found->first());
            });
}

void CommandRuntime::inspect(const QStringList& ids, QObject* context, ListCallback done) {
    // One that went in between is not in the answer, and makes the status 1.
    run(QStringList{QStringLiteral("inspect"), QStringLiteral("--type"),
                    QStringLiteral("container"), QStringLiteral("--format"),
                    models::inspectFormat(), QStringLiteral("--")} +
            ids,
        Tolerance::Partial, context,
        [this, done = std::move(done)](const models::Result<CommandRequest::Answer>& answer) {
            auto found = answer ? models::containersFromInspect(answer->out)
                                : tl::unexpected(answer.error());
            if (found) {
                for (models::Container& container : *found)
                    container.imageDigest = m_digests.value(container.imageId);
            }
            done(found);
        });
}

void CommandRuntime::list(QObject* context, ListCallback done) {
    run({QStringLiteral("ps"), QStringLiteral("-aq"), QStringLiteral("--no-trunc")},
        Tolerance::Whole, context,
        [this, context = QPointer(context),
         done = std::move(done)](const models::Result<CommandRequest::Answer>& answer) {
            if (!context)
                return;
            const QStringList ids = answer ? idsIn(answer->out) : QStringList();
            if (!answer)
                done(tl::unexpected(answer.error()));
            else if (ids.isEmpty())
                done(QList<models::Container>());
            else
                inspect(
                    ids, context,
                    [this, context, done](const models::Result<QList<models::Container>>& found) {
                        if (found && context)
                            nameDigests(*found, context, done);
                        else if (!found)
                            done(found);
                    });
        });
}

void CommandRuntime::nameDigests(QList<models::Container> containers, QObject* context,
                                 ListCallback done) {
    QStringList images;
    for (const models::Container& container : containers) {
        if (!m_digests.contains(container.imageId) && !images.contains(container.imageId) &&
            isId(container.imageId.section(QLatin1Char(':'), 1)))
            images.append(container.imageId);
    }
    std::sort(containers.begin(), containers.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    if (images.isEmpty()) {
        done(containers);
        return;
    }
    run(QStringList{QStringLiteral("image"), QStringLiteral("inspect"), QStringLiteral("--format"),
                    models::imageInspectFormat()} +
            images,
        Tolerance::Partial, context,
        [this, images, containers,
         done = std::move(done)](const models::Result<CommandRequest::Answer>& answer) mutable {
            // Without a digest a container is listed all the same: its image may be gone.
            const auto digests =
                answer ? models::digestsFromInspect(answer->out) : tl::unexpected(answer.error());
            for (const QString& image : images)
                m_digests.insert(image, digests ? digests->value(image) : QString());
            for (models::Container& container : containers)
                container.imageDigest = m_digests.value(container.imageId);
            done(containers);
        });
}

void CommandRuntime::usage(const QStringList& ids, QObject* context, UsageCallback done) {
    if (ids.isEmpty()) {
        done(QHash<QString, models::ContainerUsage>());
        return;
    }
    run(QStringList{QStringLiteral("stats"), QStringLiteral("--no-stream"),
                    QStringLiteral("--no-trunc"), QStringLiteral("--format"), json} +
            ids,
        Tolerance::Partial, context,
        [done = std::move(done)](const models::Result<CommandRequest::Answer>& answer) {
            if (answer)
                done(models::usageFromCommand(answer->out, presentInstant()));
            else
                done(tl::unexpected(answer.error()));
        });
}

// --- logs ---

void CommandRuntime::newest(const models::Container& container, QObject* context,
                            NewestCallback done) {
    run({QStringLiteral("logs"), QStringLiteral("-t"), QStringLiteral("--tail"),
         QStringLiteral("1"), container.id},
        Tolerance::Whole, context,
        [done = std::move(done)](const models::Result<CommandRequest::Answer>& answer) {
            if (!answer) {
                done(tl::unexpected(answer.error()));
                return;
            }
            models::Instant newest;
            for (const QByteArray& line : (answer->out + '\n' + answer->err).split('\n')) {
                newest = std::max(newest, models::dockerStamp(line).time);
            }
            done(newest);
        });
}

std::unique_ptr<LogFeed> CommandRuntime::logs(const models::Container& container,
                                              const LogOpening& opening) {
    QStringList arguments = m_command + QStringList{QStringLiteral("logs"), QStringLiteral("-t")};
    if (opening.extent == LogOpening::Extent::Follow)
        arguments += QStringLiteral("-f");
    if (opening.since)
        arguments += {QStringLiteral("--since"), QString::fromLatin1(momentText(*opening.since))};
    if (opening.until)
        arguments += {QStringLiteral("--until"), QString::fromLatin1(momentText(*opening.until))};
    if (opening.tail >= 0)
        arguments += {QStringLiteral("--tail"), QString::number(opening.tail)};
    arguments += container.id;
    return std::make_unique<CommandFeed>(m_reach.command(arguments), CommandFeed::Sort::Runtime,
                                         m_command.last(), m_reach.name());
}

// --- events ---

void CommandRuntime::watch() {
    m_eventLine.clear();
    if (m_events)
        m_events.release()->deleteLater(); // it may be the one that is calling
    m_events = m_reach.command(m_command + QStringList{QStringLiteral("events"),
                                                       QStringLiteral("--filter"),
                                                       QStringLiteral("type=container"),
                                                       QStringLiteral("--format"), json});
    connect(m_events.get(), &Channel::outputRead, this, [this](const QByteArray& bytes) {
        m_eventLine += bytes;
        for (const QString& id : changedContainers(m_eventLine))
            Q_EMIT changed(id);
    });
    connect(m_events.get(), &Channel::closed, this, &ContainerRuntime::watchEnded);
}

} // namespace app
