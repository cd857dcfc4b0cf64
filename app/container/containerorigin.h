// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/runtimelink.h"
#include "app/log/logorigin.h"
#include "app/log/logsource.h"

#include <memory>

namespace app {

/// The log of a container, by its name or by its place in a Compose project.
class ContainerOrigin final : public LogOrigin {
    Q_OBJECT

public:
    ContainerOrigin(std::shared_ptr<RuntimeLink> link, LogSource source);

    [[nodiscard]] Resuming resuming() const override { return Resuming::ByRuntime; }
    void whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) override;
    void look(QObject* context, LookCallback done) override;
    void newest(const QString& id, QObject* context, NewestCallback done) override;
    [[nodiscard]] std::unique_ptr<LogFeed> open(const LogOpening& opening) override;

private:
    void lookUp(ContainerRuntime& runtime, QObject* context,
                const ContainerRuntime::LookCallback& done);

    std::shared_ptr<RuntimeLink> m_link;
    const LogSource m_source;
    models::Container m_container; ///< as the last look() found it
};

} // namespace app
