// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/runtimelink.h"
#include "app/log/logorigins.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace app {

/// The containers of one place: events where the runtime tells of them, measured every five seconds
/// while anything runs.
class HostContainers final : public ContainerWatch {
    Q_OBJECT

public:
    explicit HostContainers(std::shared_ptr<RuntimeLink> link);

    void start() override;

private:
    void noteChange(const QString& id);
    void refresh();
    void refreshAll(ContainerRuntime& runtime);
    void refreshOne(ContainerRuntime& runtime, const QString& id);
    void measure();
    void fail(const models::Error& error);
    void tell();

    std::shared_ptr<RuntimeLink> m_link;
    ContainerList m_list;
    models::AskedBy m_askedBy = models::AskedBy::Person;
    QSet<QString> m_changed; ///< ids that are to be looked at; an empty one stands for all
    QTimer m_refresh;
    QTimer m_measure;
    QTimer m_again; ///< after a failure
    bool m_isMeasuring = false;
};

} // namespace app
