// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/serieswindow.h"

#include "models/health/conditionfunctions.h"
#include "models/health/healthseries.h"
#include "models/health/samplereckoning.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace models {

namespace {

QString samplesWords(std::uint64_t count) {
    return count == 1 ? u"from 1 sample"_qs : u"from %1 samples"_qs.arg(count);
}

HealthAnswer ofNumber(double number, std::uint64_t samples) {
    return {Quantity{number, Unit::None}, samplesWords(samples)};
}

Instant beginOf(const SeriesWindow& checks, std::chrono::milliseconds window) {
    return {checks.until.nanoseconds - std::chrono::nanoseconds(window).count()};
}

class Window {
public:
    Window(const SeriesWindow& checks, const WindowQuestion& question)
        : m_checks(checks)
        , m_question(question)
        , m_from(beginOf(checks, question.window))
        , m_summary(checks.series.summary(m_from, checks.until)) {}

    [[nodiscard]] HealthAnswer answer() const {
        using Answer = HealthAnswer (Window::*)() const;
        static const std::map<QString, Answer> answers{
            {u"count"_qs, &Window::count},       {u"coverage"_qs, &Window::coverage},
            {u"success_rate"_qs, &Window::rate}, {u"error_rate"_qs, &Window::rate},
            {u"burn"_qs, &Window::burn},         {u"apdex"_qs, &Window::apdex},
        };
        const auto found = answers.find(m_question.function);
        return found == answers.end() ? latency() : (this->*found->second)();
    }

private:
    [[nodiscard]] std::uint64_t known() const { return m_summary.passed + m_summary.failed; }
    [[nodiscard]] HealthAnswer tooFew(std::uint64_t samples) const {
        if (samples == 0)
            return {Missing{u"No check of that time is known."_qs}, {}};
        return {
            Missing{u"There are %1 samples, and it takes %2."_qs.arg(samples).arg(m_checks.least)},
            {}};
    }
    [[nodiscard]] bool isEnough(std::uint64_t samples) const {
        return samples >= std::max<std::uint64_t>(1, m_checks.least);
    }

    [[nodiscard]] HealthAnswer count() const {
        return {Quantity{double(m_summary.checks()), Unit::None}, {}};
    }

    /// The share of the checks that were due of which it is known what they came to.
    [[nodiscard]] HealthAnswer coverage() const {
        const auto due = std::max<std::int64_t>(
            1, m_checks.every.count() > 0 ? m_question.window / m_checks.every : 1);
        const double share = std::min(1.0, double(known()) / double(due));
        return {Quantity{share, Unit::None},
                u"from %1 of %2 checks"_qs.arg(std::min<std::uint64_t>(known(), due)).arg(due)};
    }

    [[nodiscard]] double errorRate() const { return double(m_summary.failed) / double(known()); }

    [[nodiscard]] HealthAnswer rate() const {
        if (!isEnough(known()))
            return tooFew(known());
        const double errors = errorRate();
        return ofNumber(m_question.function == u"error_rate" ? errors : 1 - errors, known());
    }

    /// How many times faster than the objective allows it is being used up: Google's SRE workbook,
    /// "Alerting on SLOs".
    [[nodiscard]] HealthAnswer burn() const {
        const double allowed = 1 - m_question.number;
        if (allowed <= 0 || allowed >= 1)
            return {Missing{u"An objective lies between 0 % and 100 %."_qs}, {}};
        if (!isEnough(known()))
            return tooFew(known());
        return ofNumber(errorRate() / allowed, known());
    }

    /// (satisfied + tolerating / 2) / all, who tolerate being those that waited at most four times
    /// the threshold: the Apdex specification 1.1.
    [[nodiscard]] HealthAnswer apdex() const {
        const std::uint64_t all = m_summary.measured + m_summary.failed;
        if (!isEnough(all))
            return tooFew(all);
        const double threshold = std::chrono::duration<double>(m_question.threshold).count();
        const auto within = [this](double seconds) {
            return double(m_checks.series.countWithin(seconds, m_from, m_checks.until));
        };
        return ofNumber((within(threshold) + within(4 * threshold)) / 2 / double(all), all);
    }

    [[nodiscard]] HealthAnswer latency() const {
        if (m_summary.measured == 0)
            return {Missing{u"No latency was measured in that time."_qs}, {}};
        if (!isEnough(m_summary.measured))
            return tooFew(m_summary.measured);
        // They are kept as floats, and 100 ms is to be at most 100 ms.
        const auto seconds = [this](double value) {
            return HealthAnswer{Quantity{std::round(value * 1e6) / 1e6, Unit::Time},
                                samplesWords(m_summary.measured)};
        };
        if (m_question.function == u"avg")
            return seconds(m_summary.mean());
        if (m_question.function == u"min")
            return seconds(m_summary.least);
        if (m_question.function == u"max")
            return seconds(m_summary.most);
        const ConditionFunction* const function = conditionFunction(m_question.function);
        if (function == nullptr || !function->share)
            return {Missing{u"%1() is not known of a probe."_qs.arg(m_question.function)}, {}};
        const auto quantile = m_checks.series.quantile(*function->share, m_from, m_checks.until);
        if (!quantile)
            return {Missing{u"No latency was measured in that time."_qs}, {}};
        return seconds(quantile->seconds);
    }

    const SeriesWindow& m_checks;
    const WindowQuestion& m_question;
    Instant m_from;
    HealthSummary m_summary;
};

} // namespace

HealthAnswer answerOverTime(const SeriesWindow& checks, const WindowQuestion& question) {
    return Window(checks, question).answer();
}

HealthAnswer phaseOverTime(const SeriesWindow& checks, Phase phase,
                           const WindowQuestion& question) {
    const auto seconds =
        checks.phases == nullptr
            ? std::nullopt
            : checks.phases->times(phase, beginOf(checks, question.window), checks.until);
    if (!seconds)
        return {Missing{u"Of that time only averages of this phase are kept."_qs}, {}};
    if (question.function == u"count")
        return {Quantity{double(seconds->size()), Unit::None}, {}};
    if (seconds->empty())
        return {Missing{u"No check of that time had this phase."_qs}, {}};
    if (seconds->size() < checks.least)
        return {Missing{u"There are %1 samples, and it takes %2."_qs.arg(seconds->size())
                            .arg(checks.least)},
                {}};
    const auto number = reckoned(question.function, *seconds);
    if (!number)
        return {Missing{u"%1() is not known of a phase."_qs.arg(question.function)}, {}};
    return {Quantity{*number, Unit::Time}, samplesWords(seconds->size())};
}

HealthAnswer failuresOverTime(const SeriesWindow& checks, std::chrono::milliseconds window) {
    const HealthSummary summary = checks.series.summary(beginOf(checks, window), checks.until);
    const std::uint64_t known = summary.passed + summary.failed;
    if (known == 0)
        return {Missing{u"No check of that time is known."_qs}, {}};
    return ofNumber(double(summary.failed), known);
}

} // namespace models
