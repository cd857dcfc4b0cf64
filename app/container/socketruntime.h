// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/containerruntime.h"
#include "app/container/httpreply.h"
#include "app/container/socketrequest.h"
#include "app/process/reach.h"
#include "models/container/containerjson.h"

#include <QHash>
#include <QStringList>

namespace app {

/// A runtime by its API, which is Docker's (v1.41) and which Podman speaks too. Each question goes
/// over a channel of its own: they cost a host nothing.
class SocketRuntime final : public ContainerRuntime {
    Q_OBJECT

public:
    using FoundCallback =
        std::function<void(models::Result<std::unique_ptr<ContainerRuntime>> found)>;

    /// Asks who is behind the socket. reach outlives the runtime.
    static void find(Reach& reach, const QString& path, QObject* context, FoundCallback done);

    SocketRuntime(Reach& reach, QString path, QString name);
    ~SocketRuntime() override;

    [[nodiscard]] QString name() const override { return m_name; }
    void list(QObject* context, ListCallback done) override;
    void usage(const QStringList& ids, QObject* context, UsageCallback done) override;
    void look(const QString& nameOrId, QObject* context, LookCallback done) override;
    void newest(const models::Container& container, QObject* context, NewestCallback done) override;
    [[nodiscard]] std::unique_ptr<LogFeed> logs(const models::Container& container,
                                                const LogOpening& opening) override;
    void watch() override;

private:
    struct Listing;
    struct Measuring;
    using AnswerCallback = std::function<void(const models::Result<QByteArray>&)>;

    /// The body of a 200; an error of the runtime's own as what it means.
    void ask(const QByteArray& path, QObject* context, AnswerCallback done);
    void lookAll(const std::shared_ptr<Listing>& listing);
    void nameDigests(const std::shared_ptr<Listing>& listing);
    void measureAll(const std::shared_ptr<Measuring>& measuring);
    void takeEvents(const QByteArray& bytes);

    Reach& m_reach;
    const QString m_path;
    const QString m_name;
    QHash<QString, QString> m_digests;               ///< by image id, for good
    QHash<QString, models::ProcessorCount> m_counts; ///< as they were last, by container
    std::unique_ptr<Channel> m_events;
    HttpReply m_eventReply;
    QByteArray m_eventLine;
};

} // namespace app
