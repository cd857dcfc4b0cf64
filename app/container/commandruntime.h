// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/commandrequest.h"
#include "app/container/containerruntime.h"
#include "app/process/reach.h"

#include <QHash>
#include <QStringList>

namespace app {

/// A runtime by its command, which is docker's or podman's.
class CommandRuntime final : public ContainerRuntime {
    Q_OBJECT

public:
    using FoundCallback =
        std::function<void(models::Result<std::unique_ptr<ContainerRuntime>> found)>;

    /// Asks for its version. command: "docker", or with "sudo -n" in front. reach outlives the
    /// runtime. Unsupported where there is no such command.
    static void find(Reach& reach, const QStringList& command, QObject* context,
                     FoundCallback done);

    CommandRuntime(Reach& reach, QStringList command, QString name);
    ~CommandRuntime() override;

    [[nodiscard]] QString name() const override { return m_name; }
    void list(QObject* context, ListCallback done) override;
    void usage(const QStringList& ids, QObject* context, UsageCallback done) override;
    void look(const QString& nameOrId, QObject* context, LookCallback done) override;
    void newest(const models::Container& container, QObject* context, NewestCallback done) override;
    [[nodiscard]] std::unique_ptr<LogFeed> logs(const models::Container& container,
                                                const LogOpening& opening) override;
    void watch() override;

private:
    /// Partial: what it says counts in spite of a status other than 0.
    enum class Tolerance { Whole, Partial };
    using AnswerCallback = std::function<void(const models::Result<CommandRequest::Answer>&)>;

    void run(const QStringList& arguments, Tolerance tolerance, QObject* context,
             AnswerCallback done);
    void inspect(const QStringList& ids, QObject* context, ListCallback done);
    void nameDigests(QList<models::Container> containers, QObject* context, ListCallback done);

    Reach& m_reach;
    const QStringList m_command;
    const QString m_name;
    QHash<QString, QString> m_digests; ///< by image id, for good
    std::unique_ptr<Channel> m_events;
    QByteArray m_eventLine;
};

} // namespace app
