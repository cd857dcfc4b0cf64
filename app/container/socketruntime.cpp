// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/socketruntime.h"

#include "app/container/logframes.h"
#include "app/container/runtimeevent.h"
#include "app/container/socketfeed.h"
#include "models/log/logstamp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace app {
namespace {

/// Questions about single containers that are under way together.
constexpr int questionsAtOnce = 16;

QByteArray encoded(const QString& name) {
    return QUrl::toPercentEncoding(name);
}

QByteArray containerPath(const QString& nameOrId, const QByteArray& what) {
    return "/containers/" + encoded(nameOrId) + what;
}

SocketFeed::Form formOf(const models::Container& container) {
    return container.hasTerminal ? SocketFeed::Form::Raw : SocketFeed::Form::Frames;
}

models::Instant newestIn(const QByteArray& body, SocketFeed::Form form) {
    QList<QByteArray> texts{body};
    if (form == SocketFeed::Form::Frames) {
        texts.clear();
        for (const LogFrames::Piece& piece : LogFrames().take(body))
            texts.append(piece.bytes);
    }
    models::Instant newest;
    for (const QByteArray& text : texts) {
        for (const QByteArray& line : text.split('\n')) {
            newest = std::max(newest, models::dockerStamp(line).time);
        }
    }
    return newest;
}

} // namespace

/// A list that is being put together: ids first, then each of them, a few at a time.
struct SocketRuntime::Listing {
    QPointer<QObject> context;
    ListCallback done;
    QStringList ids;
    QList<models::Container> containers;
    QStringList images; ///< whose digest is not known
    int underWay = 0;
    bool hasFailed = false;

    void fail(const models::Error& error) {
        if (!std::exchange(hasFailed, true) && context)
            done(tl::unexpected(error));
    }
};

struct SocketRuntime::Measuring {
    QPointer<QObject> context;
    UsageCallback done;
    QStringList ids;
    QHash<QString, models::ContainerUsage> usages;
    int underWay = 0;
};

SocketRuntime::SocketRuntime(Reach& reach, QString path, QString name)
    : m_reach(reach)
    , m_path(std::move(path))
    , m_name(std::move(name)) {}

SocketRuntime::~SocketRuntime() = default;

void SocketRuntime::find(Reach& reach, const QString& path, QObject* context, FoundCallback done) {
    new SocketRequest(
        reach.socket(path), "/version", context,
        [&reach, path,
         done = std::move(done)](const models::Result<SocketRequest::Answer>& answer) {
            if (!answer) {
                done(tl::unexpected(answer.error()));
                return;
            }
            const QJsonObject version = QJsonDocument::fromJson(answer->body).object();
            if (answer->status != 200 || version.isEmpty()) {
                done(tl::unexpected(runtimeError(path, reach.name(), wordsOf(answer->body))));
                return;
            }
            const QString engine =
                version.value(u"Components").toArray().first().toObject().value(u"Name").toString();
            const QString name =
                engine.startsWith(u"Podman") ? QStringLiteral("podman") : QStringLiteral("docker");
            done(std::make_unique<SocketRuntime>(
                reach, path,
                (name + QLatin1Char(' ') + version.value(u"Version").toString()).trimmed()));
        });
}

void SocketRuntime::ask(const QByteArray& path, QObject* context, AnswerCallback done) {
    new SocketRequest(
        m_reach.socket(m_path), path, context,
        [this, self = QPointer(this),
         done = std::move(done)](const models::Result<SocketRequest::Answer>& answer) {
            if (!self)
                return;
            if (!answer)
                done(tl::unexpected(answer.error()));
            else if (answer->status != 200)
                done(tl::unexpected(
                    answer->status == 404
                        ? runtimeError(m_name, m_reach.name(),
                                       "No such container: " + wordsOf(answer->body))
                        : runtimeError(m_name, m_reach.name(), wordsOf(answer->body))));
            else
                done(answer->body);
        });
}

// --- containers ---

void SocketRuntime::look(const QString& nameOrId, QObject* context, LookCallback done) {
    ask(containerPath(nameOrId, "/json"), context,
        [this, done = std::move(done)](const models::Result<QByteArray>& body) {
            const auto found =
                body ? models::containersFromInspect(*body) : tl::unexpected(body.error());
            if (!found || found->isEmpty()) {
                done(tl::unexpected(found ? models::Error{} : found.error()));
                return;
            }
            models::Container container = found->first();
            container.imageDigest = m_digests.value(container.imageId);
            done(container);
        });
}

void SocketRuntime::list(QObject* context, ListCallback done) {
    auto listing = std::make_shared<Listing>();
    listing->context = context;
    listing->done = std::move(done);
    ask("/containers/json?all=1", context, [this, listing](const models::Result<QByteArray>& body) {
        const auto ids = body ? models::idsFromList(*body) : tl::unexpected(body.error());
        if (!ids) {
            listing->fail(ids.error());
            return;
        }
        listing->ids = *ids;
        lookAll(listing);
    });
}

void SocketRuntime::lookAll(const std::shared_ptr<Listing>& listing) {
    if (!listing->context || listing->hasFailed)
        return;
    if (listing->ids.isEmpty() && listing->underWay == 0) {
        for (const models::Container& container : std::as_const(listing->containers)) {
            if (!m_digests.contains(container.imageId) &&
                !listing->images.contains(container.imageId))
                listing->images.append(container.imageId);
        }
        nameDigests(listing);
        return;
    }
    while (!listing->ids.isEmpty() && listing->underWay < questionsAtOnce) {
        ++listing->underWay;
        look(listing->ids.takeFirst(), listing->context,
             [this, listing](const models::Result<models::Container>& found) {
                 --listing->underWay;
                 if (found)
                     listing->containers.append(*found);
                 else if (found.error().code != models::ErrorCode::NotFound)
                     listing->fail(found.error()); // one that went in between is no failure
                 lookAll(listing);
             });
    }
}

void SocketRuntime::nameDigests(const std::shared_ptr<Listing>& listing) {
    if (!listing->context)
        return;
    if (listing->images.isEmpty()) {
        for (models::Container& container : listing->containers)
            container.imageDigest = m_digests.value(container.imageId);
        std::sort(listing->containers.begin(), listing->containers.end(),
                  [](const auto& left, const auto& right) { return left.name < right.name; });
        listing->done(listing->containers);
        return;
    }
    const QString image = listing->images.takeFirst();
    ask("/images/" + encoded(image) + "/json", listing->context,
        [this, listing, image](const models::Result<QByteArray>& body) {
            // Without a digest the container is listed all the same: its image may be gone.
            const auto digests =
                body ? models::digestsFromInspect(*body) : tl::unexpected(body.error());
            m_digests.insert(image, digests ? digests->value(image) : QString());
            nameDigests(listing);
        });
}

// --- what they use ---

void SocketRuntime::usage(const QStringList& ids, QObject* context, UsageCallback done) {
    auto measuring = std::make_shared<Measuring>();
    measuring->context = context;
    measuring->done = std::move(done);
    measuring->ids = ids;
    measureAll(measuring);
}

void SocketRuntime::measureAll(const std::shared_ptr<Measuring>& measuring) {
    if (!measuring->context)
        return;
    if (measuring->ids.isEmpty() && measuring->underWay == 0) {
        measuring->done(measuring->usages);
        return;
    }
    while (!measuring->ids.isEmpty() && measuring->underWay < questionsAtOnce) {
        ++measuring->underWay;
        const QString id = measuring->ids.takeFirst();
        // Counts, not rates: with one-shot the daemon does not wait a second for a second count.
        ask(containerPath(id, "/stats?stream=false&one-shot=true"), measuring->context,
            [this, measuring, id](const models::Result<QByteArray>& body) {
                --measuring->underWay;
                auto sample = body ? models::statsFromApi(*body) : tl::unexpected(body.error());
                if (sample && sample->count.container > 0) {
                    if (const auto before = m_counts.constFind(id); before != m_counts.cend())
                        sample->usage.processors = models::processorsBetween(*before, *sample);
                    m_counts.insert(id, sample->count);
                    measuring->usages.insert(id, sample->usage);
                }
                measureAll(measuring);
            });
    }
}

// --- logs ---

void SocketRuntime::newest(const models::Container& container, QObject* context,
                           NewestCallback done) {
    ask(containerPath(container.id, "/logs?stdout=1&stderr=1&timestamps=1&tail=1"), context,
        [form = formOf(container), done = std::move(done)](const models::Result<QByteArray>& body) {
            if (body)
                done(newestIn(*body, form));
            else
                done(tl::unexpected(body.error()));
        });
}

std::unique_ptr<LogFeed> SocketRuntime::logs(const models::Container& container,
                                             const LogOpening& opening) {
    QByteArray query = "/logs?stdout=1&stderr=1&timestamps=1";
    if (opening.extent == LogOpening::Extent::Follow)
        query += "&follow=1";
    if (opening.since)
        query += "&since=" + momentText(*opening.since);
    if (opening.until)
        query += "&until=" + momentText(*opening.until);
    if (opening.tail >= 0)
        query += "&tail=" + QByteArray::number(opening.tail);
    return std::make_unique<SocketFeed>(m_reach.socket(m_path), containerPath(container.id, query),
                                        formOf(container), m_reach.name());
}

// --- events ---

void SocketRuntime::watch() {
    m_eventReply = {};
    m_eventLine.clear();
    if (m_events)
        m_events.release()->deleteLater(); // it may be the one that is calling
    m_events = m_reach.socket(m_path);
    connect(m_events.get(), &Channel::outputRead, this, &SocketRuntime::takeEvents);
    connect(m_events.get(), &Channel::closed, this, &ContainerRuntime::watchEnded);
    m_events->write(
        getRequest("/events?filters=" + encoded(QStringLiteral("{\"type\":[\"container\"]}"))));
}

void SocketRuntime::takeEvents(const QByteArray& bytes) {
    m_eventLine += m_eventReply.take(bytes);
    for (const QString& id : changedContainers(m_eventLine))
        Q_EMIT changed(id);
}

} // namespace app
