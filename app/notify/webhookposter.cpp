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

void complain(models::ErrorCode code, const QString& words, const NoticeTold& told) {
    qCWarning(logNotify).noquote() << words;
    if (told)
        told(models::failure(code, words));
}

} // namespace

WebhookPoster::WebhookPoster(SecretStore& secrets, QObject* parent)
    : QObject(parent)
    , m_secrets(secrets) {
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setTransferTimeout(timeLimit);
}

void WebhookPoster::tell(const QString& address, const models::Notice& notice,
                         const NoticeTold& told) {
    if (!models::isSecretReference(address))
        return post(QUrl(address, QUrl::StrictMode), notice, told);
    whenFinished(m_secrets.resolve(address), this,
                 [this, notice, told](const models::Result<QString>& value) {
                     if (value)
                         return post(QUrl(*value, QUrl::StrictMode), notice, told);
                     complain(
                         value.error().code,
                         u"The address of a webhook is not known: %1"_qs.arg(value.error().message),
                         told);
                 });
}

void WebhookPoster::post(const QUrl& url, const models::Notice& notice, const NoticeTold& told) {
    if (url.scheme() != u"https" && url.scheme() != u"http")
        return complain(models::ErrorCode::InvalidInput,
                        u"A webhook has no address of http or https."_qs, told);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_qs);
    QNetworkReply* const reply = m_network.post(request, webhookBody(notice));
    connect(reply, &QNetworkReply::finished, this, [reply, told] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status < 200 || status > 299) {
            // The reply's own words name its address.
            const QString reason = status > 0 ? u"it answered with status %1"_qs.arg(status)
                                              : u"it could not be reached"_qs;
            complain(models::ErrorCode::Refused,
                     u"A webhook did not take a notice: %1."_qs.arg(reason), told);
        } else if (told) {
            told({});
        }
    });
}

QByteArray webhookBody(const models::Notice& notice) {
    const QString text =
        u"*%1*\n%2"_qs.arg(escaped(notice.title), escaped(notice.text.left(mostText)));
    return QJsonDocument(QJsonObject{{u"text"_qs, text}}).toJson(QJsonDocument::Compact);
}

} // namespace app
