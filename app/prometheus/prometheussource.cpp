// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prometheus/prometheussource.h"

#include "app/run/whenfinished.h"
#include "models/health/prometheusanswer.h"

#include <QNetworkReply>
#include <QTimer>
#include <QUrl>

namespace app {

namespace {

constexpr qint64 longestAnswer = 8LL * 1024 * 1024;

QString secondsOf(models::Instant at) {
    return QString::number(double(at.nanoseconds) / 1e9, 'f', 3);
}

/// Not by QUrlQuery, which takes the %26 of a query for an & that is encoded already.
QByteArray encoded(const QList<std::pair<QByteArray, QString>>& form) {
    QByteArray bytes;
    for (const auto& [key, value] : form)
        bytes += (bytes.isEmpty() ? "" : "&") + key + '=' + QUrl::toPercentEncoding(value);
    return bytes;
}

/// Without the address: it may hold what is nobody's business, and the page names the metric.
QString whyNot(const QNetworkReply& reply, bool isTooLong, bool isTooLate) {
    if (isTooLong)
        return u"Prometheus answered with more than 8 MB."_qs;
    if (isTooLate)
        return u"Prometheus did not answer in time."_qs;
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return u"Prometheus refused the connection."_qs;
    case QNetworkReply::HostNotFoundError:
        return u"The host of Prometheus is not known."_qs;
    case QNetworkReply::SslHandshakeFailedError:
        return u"The certificate of Prometheus is not trusted."_qs;
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentAccessDenied:
        return u"Prometheus refused the credentials."_qs;
    case QNetworkReply::InsecureRedirectError:
        return u"Prometheus redirects to another server, which is not asked."_qs;
    default:
        return u"Prometheus could not be asked: %1"_qs.arg(
            reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid()
                ? u"status %1."_qs.arg(
                      reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt())
                : u"the connection broke."_qs);
    }
}

/// An error of a query comes as 400 or 422 with a body that says why.
bool hasAnswer(const QNetworkReply& reply) {
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return status == 200 || status == 400 || status == 422;
}

} // namespace

PrometheusSource::PrometheusSource(SecretStore& secrets, QObject* parent)
    : QObject(parent)
    , m_secrets(secrets) {
    m_network.setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
}

PrometheusSource::~PrometheusSource() = default;

void PrometheusSource::read(const models::PrometheusServer& server, const models::Metric& metric,
                            models::Instant now, Done done) {
    ask(server, u"/api/v1/query"_qs, {{"query", metric.query}, {"time", secondsOf(now)}},
        [done = std::move(done), scale = metric.scale,
         now](const models::Result<QByteArray>& body) {
            done(body ? models::readPrometheusAnswer(*body, scale, now)
                      : models::MetricReading{now, models::Missing{body.error().message}});
        });
}

void PrometheusSource::readPast(const models::PrometheusServer& server,
                                const models::Metric& metric, models::Instant from,
                                models::Instant to, PastDone done) {
    const Form form{{"query", metric.query},
                    {"start", secondsOf(from)},
                    {"end", secondsOf(to)},
                    {"step", QString::number(double(metric.every.count()) / 1000)}};
    ask(server, u"/api/v1/query_range"_qs, form,
        [done = std::move(done), scale = metric.scale](const models::Result<QByteArray>& body) {
            const auto readings = body.and_then([scale](const QByteArray& bytes) {
                return models::readPrometheusRange(bytes, scale);
            });
            done(readings.value_or(QList<models::MetricReading>()));
        });
}

void PrometheusSource::ask(const models::PrometheusServer& server, const QString& path,
                           const Form& form, Answered answered) {
    QUrl url(server.url);
    url.setPath((url.path().endsWith(u'/') ? url.path().chopped(1) : url.path()) + path);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_qs);
    const QString reference = server.bearer.isEmpty() ? server.password : server.bearer;
    if (reference.isEmpty())
        return post(server, request, form, answered);
    withSecret(reference, [=, this](const models::Result<QString>& value) mutable {
        if (!value)
            return answered(tl::unexpected(value.error()));
        const QByteArray header = server.bearer.isEmpty()
                                      ? "Basic " + (server.user + u':' + *value).toUtf8().toBase64()
                                      : "Bearer " + value->toUtf8();
        request.setRawHeader("Authorization", header);
        post(server, request, form, answered);
    });
}

void PrometheusSource::post(const models::PrometheusServer& server, const QNetworkRequest& request,
                            const Form& form, const Answered& answered) {
    QNetworkReply* const reply = m_network.post(request, encoded(form));
    reply->setParent(this);
    // Qt's own limit is on silence alone: a drip would go on for ever.
    auto* const limit = new QTimer(reply);
    limit->setSingleShot(true);
    connect(limit, &QTimer::timeout, reply, &QNetworkReply::abort);
    limit->start(server.timeLimit);
    const auto tooLong = std::make_shared<bool>(false);
    connect(reply, &QNetworkReply::readyRead, reply, [reply, tooLong] {
        *tooLong = reply->bytesAvailable() > longestAnswer;
        if (*tooLong)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [=, this] {
        reply->deleteLater();
        const bool isTooLate = !*tooLong && reply->error() == QNetworkReply::OperationCanceledError;
        if (!*tooLong && !isTooLate && hasAnswer(*reply))
            return answered(reply->readAll());
        if (reply->error() == QNetworkReply::AuthenticationRequiredError)
            m_values.clear(); // they may have been changed since
        answered(
            models::failure(models::ErrorCode::NotReadable, whyNot(*reply, *tooLong, isTooLate)));
    });
}

void PrometheusSource::withSecret(const QString& reference,
                                  std::function<void(models::Result<QString>)> then) {
    if (const auto known = m_values.constFind(reference); known != m_values.constEnd())
        return then(*known);
    whenFinished(m_secrets.resolve(reference), this,
                 [this, reference, then = std::move(then)](const models::Result<QString>& value) {
                     if (value)
                         m_values.insert(reference, *value);
                     then(value);
                 });
}

} // namespace app
