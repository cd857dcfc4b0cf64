// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/environmentwatch.h"
#include "models/health/noticewatch.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace app {

class Notifier;
class WebhookTeller;

/// Tells people that a service stands otherwise than before, and that a trigger began to hold or is
/// over: on the desktop, and to the webhooks of a workspace that is trusted. Main thread.
class NoticeService final : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    NoticeService(HealthService& health, EnvironmentWatch& watch, Notifier& desktop,
                  WebhookTeller& webhooks, HealthService::Now now = {}, QObject* parent = nullptr);

    /// Whether somebody else asks a person about this trigger of this environment: then the desktop
    /// is not told that it holds, and is told once.
    void leaveTo(std::function<bool(const QString& environment, const QString& trigger)> asks) {
        m_asks = std::move(asks);
    }
    /// Tells everybody a word, for people to see whether it arrives.
    void test();

private:
    void rebuild();
    void lookAtAll();
    void look(std::size_t service);
    void tellTrigger(std::size_t number);
    enum class Desktop { Told, Spared };
    void tell(const models::Notice& notice, Desktop desktop = Desktop::Told);

    HealthService& m_health;
    EnvironmentWatch& m_watch;
    Notifier& m_desktop;
    WebhookTeller& m_webhooks;
    HealthService::Now m_now;
    std::function<bool(const QString& environment, const QString& trigger)> m_asks;
    QString m_root;                          ///< of the workspace whose watches these are
    QMap<QString, models::NoticeWatch> m_of; ///< by environment and service
    QTimer m_timer;
};

} // namespace app
