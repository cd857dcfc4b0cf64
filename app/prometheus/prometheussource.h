// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/metricsource.h"
#include "app/run/secretstore.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QObject>

namespace app {

/// Asks Prometheus by its HTTP API v1, as its documentation describes it. The values of secrets are
/// fetched from the store once, kept in memory, and fetched again after a refusal; they go to the
/// server of the workspace alone: a redirection elsewhere is not followed.
class PrometheusSource final : public QObject, public MetricSource {
    Q_OBJECT

public:
    /// secrets outlives it.
    explicit PrometheusSource(SecretStore& secrets, QObject* parent = nullptr);
    ~PrometheusSource() override;

    void read(const models::PrometheusServer& server, const models::Metric& metric,
              models::Instant now, Done done) override;
    void readPast(const models::PrometheusServer& server, const models::Metric& metric,
                  models::Instant from, models::Instant to, PastDone done) override;

private:
    using Form = QList<std::pair<QByteArray, QString>>;
    using Answered = std::function<void(models::Result<QByteArray>)>;

    void ask(const models::PrometheusServer& server, const QString& path, const Form& form,
             Answered answered);
    void post(const models::PrometheusServer& server, const QNetworkRequest& request,
              const Form& form, const Answered& answered);
    void withSecret(const QString& reference, std::function<void(models::Result<QString>)> then);

    SecretStore& m_secrets;
    QNetworkAccessManager m_network;
    QHash<QString, QString> m_values; ///< of references
};

} // namespace app
