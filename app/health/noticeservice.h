// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/environmentwatch.h"
#include "app/health/notifier.h"
#include "models/health/noticewatch.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace app {

/// Tells people that a service of a workspace stands otherwise than before, and that a trigger
/// began to hold or is over: on the desktop, and to the webhooks of the workspace where it is
/// trusted. Main thread.
class NoticeService final : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    NoticeService(HealthService& health, EnvironmentWatch& watch, Notifier& desktop,
                  WebhookTeller& webhooks, HealthService::Now now = {}, QObject* parent = nullptr);

    /// Whether somebody else asks a person about this trigger of this environment of the workspace:
    /// then the desktop is not told that it holds, and is told once.
    using Asks = std::function<bool(const QString& workspaceId, const QString& environment,
                                    const QString& trigger)>;
    void leaveTo(Asks asks) { m_asks = std::move(asks); }
    enum class Desktop { Told, Spared };
    /// Tells everybody a word, for people to see whether it arrives; told is called for each.
    void test(Desktop desktop = Desktop::Told, const NoticeTold& told = {});
    [[nodiscard]] static models::Notice testNotice();

private:
    void rebuild();
    void lookAtAll();
    void look(std::size_t service);
    void tellTrigger(std::size_t number);
    void tell(models::Notice notice, Desktop desktop = Desktop::Told, const NoticeTold& told = {});

    HealthService& m_health;
    EnvironmentWatch& m_watch;
    Notifier& m_desktop;
    WebhookTeller& m_webhooks;
    HealthService::Now m_now;
    Asks m_asks;
    QString m_root;                          ///< of the workspace whose watches these are
    QMap<QString, models::NoticeWatch> m_of; ///< by environment and service
    QTimer m_timer;
};

} // namespace app
