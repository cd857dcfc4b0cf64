// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/notifier.h"
#include "app/run/secretstore.h"

#include <QNetworkAccessManager>

namespace app {

/// Posts notices to webhooks as JSON, {"text": …}, which Slack, Mattermost and others take as a
/// message. What of it they would read as markup of theirs is escaped as Slack's documentation
/// says. Redirections are not followed; an address is never logged, for it is a secret often.
class WebhookPoster final : public QObject, public WebhookTeller {
    Q_OBJECT

public:
    /// secrets outlives it.
    explicit WebhookPoster(SecretStore& secrets, QObject* parent = nullptr);

    void tell(const QString& address, const models::Notice& notice,
              const NoticeTold& told) override;

private:
    void post(const QUrl& url, const models::Notice& notice, const NoticeTold& told);

    SecretStore& m_secrets;
    QNetworkAccessManager m_network;
};

/// The body of such a post.
[[nodiscard]] QByteArray webhookBody(const models::Notice& notice);

} // namespace app
