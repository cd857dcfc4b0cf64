// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/prometheusanswer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace models {

namespace {

using namespace std::chrono_literals;

/// Clocks of two machines may differ by so much.
constexpr std::chrono::nanoseconds mostSkew = 5min;

/// What the server says beside an error may hold anything, and as much.
constexpr qsizetype mostWords = 300;

/// The "data" of an answer, or why there is none.
Result<QJsonObject> dataOf(QByteArrayView bytes) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes.toByteArray(), &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return failure(
            ErrorCode::InvalidInput,
            u"The answer is not one of Prometheus: %1."_qs.arg(
                bytes.trimmed().startsWith('<') ? u"it is HTML or XML"_qs : u"it is no JSON"_qs));
    const QJsonObject answer = document.object();
    if (answer[u"status"].toString() == u"success" && answer[u"data"].isObject())
        return answer[u"data"].toObject();
    const QString why = answer[u"error"].toString().simplified().left(mostWords);
    return failure(ErrorCode::InvalidInput, why.isEmpty()
                                                ? u"The answer is not one of Prometheus."_qs
                                                : u"Prometheus refuses the query: %1"_qs.arg(why));
}

/// A pair of seconds since 1970 and a number as text.
MetricReading readingOf(const QJsonValue& pair, Metric::Scale scale) {
    const QJsonArray parts = pair.toArray();
    MetricReading reading;
    if (parts.size() != 2 || !parts[0].isDouble() || !parts[1].isString()) {
        reading.value = Missing{u"The answer is not one of Prometheus."_qs};
        return reading;
    }
    reading.at = {static_cast<std::int64_t>(std::llround(parts[0].toDouble() * 1000)) * 1'000'000};
    bool isNumber = false;
    const double number = parts[1].toString().toDouble(&isNumber);
    if (isNumber && std::isfinite(number))
        reading.value = quantityOf(number, scale);
    else
        reading.value = Missing{
            u"It is %1, and not a number."_qs.arg(parts[1].toString().simplified().left(20))};
    return reading;
}

/// The one series of a result.
Result<QJsonObject> onlySeries(const QJsonArray& result) {
    if (result.isEmpty())
        return failure(ErrorCode::NotFound,
                       u"The query found nothing: the series has ended, or never was."_qs);
    if (result.size() > 1)
        return failure(
            ErrorCode::InvalidInput,
            u"The query gave %1 series. Make one of them with sum(), max() or min()."_qs.arg(
                result.size()));
    return result.first().toObject();
}

MetricReading missing(Instant at, const QString& reason) {
    return {at, Missing{reason}};
}

} // namespace

MetricReading readPrometheusAnswer(QByteArrayView bytes, Metric::Scale scale, Instant asked) {
    const auto data = dataOf(bytes);
    if (!data)
        return missing(asked, data.error().message);
    const QString type = (*data)[u"resultType"].toString();
    QJsonValue pair = (*data)[u"result"];
    if (type == u"vector") {
        const auto series = onlySeries(pair.toArray());
        if (!series)
            return missing(asked, series.error().message);
        if (series->contains(u"histogram"))
            return missing(asked,
                           u"The query gave a histogram. Ask histogram_quantile() of it."_qs);
        pair = (*series)[u"value"];
    } else if (type != u"scalar") {
        return missing(asked, u"The query gave a %1 and no number."_qs.arg(
                                  type.isEmpty() ? u"thing of no type"_qs : type.left(20)));
    }
    MetricReading reading = readingOf(pair, scale);
    const std::int64_t apart = reading.at.nanoseconds - asked.nanoseconds;
    if (!std::holds_alternative<Missing>(reading.value) && std::abs(apart) > mostSkew.count())
        reading.value = Missing{u"The answer speaks of a time %1 %2: the clocks differ."_qs.arg(
            valueWords(Quantity{double(std::abs(apart)) / 1e9, Unit::Time}),
            apart < 0 ? u"ago"_qs : u"ahead"_qs)};
    reading.at = asked;
    return reading;
}

Result<QList<MetricReading>> readPrometheusRange(QByteArrayView bytes, Metric::Scale scale) {
    const auto data = dataOf(bytes);
    if (!data)
        return tl::unexpected(data.error());
    if ((*data)[u"resultType"].toString() != u"matrix")
        return failure(ErrorCode::InvalidInput, u"The answer is not one to a range query."_qs);
    const auto series = onlySeries((*data)[u"result"].toArray());
    if (!series)
        return tl::unexpected(series.error());
    QList<MetricReading> readings;
    for (const QJsonValue& pair : (*series)[u"values"].toArray())
        readings.append(readingOf(pair, scale));
    return readings;
}

} // namespace models
