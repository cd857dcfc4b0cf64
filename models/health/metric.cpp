// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/metric.h"

#include "models/health/samplereckoning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace models {

namespace {

constexpr std::size_t kept = 8'640;
/// Readings that may be left out before the last one is too old.
constexpr int missedReadings = 3;

struct ScaleFacts {
    Metric::Scale scale;
    QLatin1String word;
    double factor;
    Unit unit;
};

constexpr std::array scales{
    ScaleFacts{Metric::Scale::Plain, QLatin1String(""), 1, Unit::None},
    ScaleFacts{Metric::Scale::Ratio, QLatin1String("ratio"), 1, Unit::None},
    ScaleFacts{Metric::Scale::Percent, QLatin1String("percent"), 0.01, Unit::None},
    ScaleFacts{Metric::Scale::Seconds, QLatin1String("s"), 1, Unit::Time},
    ScaleFacts{Metric::Scale::Milliseconds, QLatin1String("ms"), 0.001, Unit::Time},
    ScaleFacts{Metric::Scale::Bytes, QLatin1String("bytes"), 1, Unit::Bytes},
};

const ScaleFacts& factsOf(Metric::Scale scale) {
    return *std::find_if(scales.begin(), scales.end(),
                         [scale](const ScaleFacts& facts) { return facts.scale == scale; });
}

} // namespace

QString scaleWord(Metric::Scale scale) {
    return factsOf(scale).word;
}

std::optional<Metric::Scale> scaleFromWord(const QString& word) {
    const auto* const found =
        std::find_if(scales.begin(), scales.end(),
                     [&word](const ScaleFacts& facts) { return facts.word == word; });
    return found == scales.end() ? std::nullopt : std::optional(found->scale);
}

Quantity quantityOf(double number, Metric::Scale scale) {
    const ScaleFacts& facts = factsOf(scale);
    return {number * facts.factor, facts.unit};
}

NumberForm formOf(Metric::Scale scale) {
    return scale == Metric::Scale::Ratio || scale == Metric::Scale::Percent ? NumberForm::Percent
                                                                            : NumberForm::Plain;
}

MetricHealth::MetricHealth(Metric metric)
    : m_metric(std::move(metric))
    , m_samples(kept) {}

void MetricHealth::take(const MetricReading& reading) {
    if (m_last && reading.at < m_last->at)
        return;
    m_last = reading;
    // Infinity is what a division by nothing gives, and no number to reckon with.
    if (const auto* quantity = std::get_if<Quantity>(&reading.value);
        quantity != nullptr && !std::isfinite(quantity->number))
        m_last->value = Missing{u"It is not a number."_qs};
    const auto* const number = std::get_if<Quantity>(&m_last->value);
    m_samples.push({reading.at,
                    number != nullptr ? number->number : std::numeric_limits<double>::quiet_NaN()});
}

HealthAnswer MetricHealth::value(Instant now) const {
    const std::size_t behind =
        m_samples.firstNot([now](const Sample& sample) { return sample.at <= now; });
    if (behind == 0)
        return {Missing{m_last ? u"It was not read at that time."_qs : u"It was not read yet."_qs},
                {}};
    const Sample& sample = m_samples.at(behind - 1);
    const std::int64_t age = now.nanoseconds - sample.at.nanoseconds;
    if (age > missedReadings * std::chrono::nanoseconds(m_metric.every).count())
        return {Missing{u"It was last read %1 ago."_qs.arg(
                    durationWords(std::chrono::nanoseconds(age)))},
                {}};
    if (!std::isnan(sample.number))
        return {Quantity{sample.number, factsOf(m_metric.scale).unit}, {}};
    // Why is known of the last one alone.
    const bool isLast = behind == m_samples.size();
    return {isLast ? m_last->value : HealthValue(Missing{u"It was not known at that time."_qs}),
            {}};
}

std::vector<MetricHealth::Sample> MetricHealth::samples(Instant from, Instant to) const {
    std::vector<Sample> samples;
    for (std::size_t i = m_samples.firstNot([from](const Sample& one) { return one.at < from; });
         i < m_samples.size() && m_samples.at(i).at < to; ++i)
        samples.push_back(m_samples.at(i));
    return samples;
}

HealthAnswer MetricHealth::overTime(const WindowQuestion& question, Instant now,
                                    std::uint64_t least) const {
    if (question.window.count() == 0)
        return value(now);
    std::vector<double> numbers;
    const Instant from{now.nanoseconds - std::chrono::nanoseconds(question.window).count()};
    for (const Sample& sample : samples(from, now)) {
        if (!std::isnan(sample.number))
            numbers.push_back(sample.number);
    }
    if (question.function == u"count")
        return {Quantity{double(numbers.size()), Unit::None}, {}};
    if (question.function == u"coverage") {
        const double due = std::max(1.0, double(question.window / m_metric.every));
        return {Quantity{std::min(1.0, double(numbers.size()) / due), Unit::None}, {}};
    }
    // A series that has ended says nothing about now, however much of it is in the window.
    if (const HealthAnswer last = value(now);
        !m_last || std::holds_alternative<Missing>(last.value))
        return last;
    if (numbers.size() < std::max<std::uint64_t>(1, least))
        return {
            Missing{u"There are %1 samples, and it takes %2."_qs.arg(numbers.size()).arg(least)},
            {}};
    const bool isAverage = question.function == u"prom";
    const auto number = reckoned(isAverage ? u"avg"_qs : question.function, numbers);
    if (!number)
        return {Missing{u"%1() is not known of a metric."_qs.arg(question.function)}, {}};
    return {Quantity{*number, factsOf(m_metric.scale).unit},
            u"from %1 samples"_qs.arg(numbers.size())};
}

} // namespace models
