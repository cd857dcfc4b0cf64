// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/webhookposter.h"

#include "app/run/whenfinished.h"
#include "models/environment/schema.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QNetworkReply>

namespace app {

namespace {

Q_LOGGING_CATEGORY(logNotify, "gantry.notify")

constexpr qsizetype mostText = 2'000;
constexpr int timeLimit = 10'000; ///< ms

/// &, < and > alone: see "Formatting text for app surfaces" of Slack.
QString escaped(QString text) {
    return text.replace(u'&', u"&amp;"_qs).replace(u'<', u"&lt;"_qs).replace(u'>', u"&gt;"_qs);
}

} // namespace

WebhookPoster::WebhookPoster(SecretStore& secrets, QObject* parent)
    : QObject(parent)
    , m_secrets(secrets) {
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setTransferTimeout(timeLimit);
}

void WebhookPoster::tell(const QString& address, const models::Notice& notice) {
    if (!models::isSecretReference(address))
        return post(QUrl(address, QUrl::StrictMode), notice);
    whenFinished(m_secrets.resolve(address), this,
                 [this, notice](const models::Result<QString>& value) {
                     if (value)
                         post(QUrl(*value, QUrl::StrictMode), notice);
                     else
                         qCWarning(logNotify)
                             << "The address of a webhook is not known:" << value.error().message;
                 });
}

void WebhookPoster::post(const QUrl& url, const models::Notice& notice) {
    if (url.scheme() != u"https" && url.scheme() != u"http") {
        qCWarning(logNotify) << "A webhook has no address of http or https.";
        return;
    }
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_qs);
    QNetworkReply* const reply = m_network.post(request, webhookBody(notice));
    connect(reply, &QNetworkReply::finished, this, [reply] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status < 200 || status > 299)
            qCWarning(logNotify) << "A webhook did not take a notice: status" << status
                                 << reply->error();
    });
}

QByteArray webhookBody(const models::Notice& notice) {
    const QString text =
        u"*%1*\n%2"_qs.arg(escaped(notice.title), escaped(notice.text.left(mostText)));
    return QJsonDocument(QJsonObject{{u"text"_qs, text}}).toJson(QJsonDocument::Compact);
}

} // namespace app
