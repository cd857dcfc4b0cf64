// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/healthpicture.h"

#include "ui/theme/theme.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/timeformat.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(HealthPicture)
};

/// Of fewer a p95 says little.
constexpr std::uint64_t fewSamples = 20;

QString phaseName(models::Phase phase) {
    switch (phase) {
    case models::Phase::Lookup:
        return Words::tr("lookup");
    case models::Phase::Connect:
        return Words::tr("connect");
    case models::Phase::Tls:
        return Words::tr("TLS");
    case models::Phase::FirstByte:
        return Words::tr("first byte");
    }
    return {};
}

/// Of the colours that terminals have, none of which is a state's.
QColor phaseColour(models::Phase phase) {
    static constexpr std::array<std::size_t, models::phaseCount> hues{6, 4, 5, 3};
    return Theme::instance().ansi()[hues[static_cast<std::size_t>(phase)]];
}

/// The nearest point of a line; null where it has none.
const models::TracePoint* nearest(const models::TracePoints& points, models::Instant at) {
    const auto distance = [at](const models::TracePoint& point) {
        return std::abs(point.at.nanoseconds - at.nanoseconds);
    };
    const auto found = std::min_element(
        points.begin(), points.end(),
        [&distance](const models::TracePoint& one, const models::TracePoint& other) {
            return distance(one) < distance(other);
        });
    return found == points.end() ? nullptr : &*found;
}

QString absenceOf(const models::ProbeHealth& probe, const HealthPicture& picture) {
    if (probe.series().isEmpty() && picture.spans.empty())
        return Words::tr("Nothing was checked yet.");
    if (picture.spans.empty())
        return Words::tr("No check came in this time. The newest is of %1.")
            .arg(formatDateTime(probe.series().newestAt()));
    return Words::tr("No check in this time passed and was measured.");
}

void readResults(const std::vector<models::HealthSpan>& spans, std::chrono::milliseconds bucket,
                 std::chrono::milliseconds every, std::vector<ChartColumn>& columns) {
    // A check stands for the time to the next one, as far as that came.
    const std::int64_t stretch = std::chrono::nanoseconds(std::max(bucket, every)).count();
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const models::HealthSpan& span = spans[i];
        const auto all = static_cast<double>(span.summary.checks());
        models::Instant end{std::max(span.last.nanoseconds, span.first.nanoseconds + stretch)};
        if (i + 1 < spans.size())
            end = std::min(end, spans[i + 1].first);
        else
            end = std::max(span.last, models::Instant{span.first.nanoseconds + 1});
        columns.push_back({span.first, end, static_cast<double>(span.summary.failed) / all,
                           static_cast<double>(span.summary.unknown) / all,
                           static_cast<double>(span.summary.passed) / all});
    }
}

void readPhases(const models::ProbeHealth& probe, const TimeWindow& window,
                HealthPicture& picture) {
    picture.phases.title = Words::tr("Latency by phase");
    auto traces = models::phaseTraces(probe.phases().spans(window.from(), window.until()),
                                      probe.probe().every);
    for (const models::Phase phase : models::phases)
        picture.phases.lines.push_back({phaseName(phase), phaseColour(phase),
                                        std::move(traces[static_cast<std::size_t>(phase)])});
    picture.phases.absence =
        picture.whole.measured == 0
            ? picture.latency.absence
            : Words::tr("This probe tells no phases: there is only its total.");
}

void readChanges(const models::ProbeHealth& probe, HealthPicture& picture) {
    const std::vector<models::StateChange> changes =
        models::stateChanges(picture.spans, probe.probe().every);
    // What it was when the window begins is no change.
    for (std::size_t i = 1; i < changes.size(); ++i) {
        const models::StateChange& change = changes[i];
        switch (change.verdict) {
        case models::Verdict::Pass:
            picture.changes.append({change.at,
                                    {},
                                    Glyph::Passed,
                                    Colour::Pass,
                                    Words::tr("checks pass"),
                                    MarkKind::Change});
            break;
        case models::Verdict::Fail:
            picture.changes.append({change.at,
                                    {},
                                    Glyph::Failed,
                                    Colour::Fail,
                                    Words::tr("checks fail"),
                                    MarkKind::Change});
            break;
        case models::Verdict::Unknown:
            picture.changes.append({change.at,
                                    {},
                                    Glyph::Unknown,
                                    Colour::Unknown,
                                    Words::tr("not known from here on"),
                                    MarkKind::Change});
            break;
        }
    }
}

} // namespace

const models::HealthSpan* HealthPicture::spanAt(models::Instant at) const {
    const auto behind = std::upper_bound(
        spans.begin(), spans.end(), at,
        [](models::Instant time, const models::HealthSpan& span) { return time < span.first; });
    return behind == spans.begin() ? nullptr : &*std::prev(behind);
}

QString HealthPicture::wordsAt(models::Instant at) const {
    const models::HealthSpan* const span = spanAt(at);
    const auto column = std::find_if(
        results.columns.begin(), results.columns.end(),
        [span](const ChartColumn& each) { return span != nullptr && each.first == span->first; });
    if (column == results.columns.end() || column->last < at)
        return Words::tr("no check");
    QStringList words;
    if (span->median)
        words.append(Words::tr("p50 %1").arg(latencyWords(*span->median)));
    if (span->p95)
        words.append(Words::tr("p95 %1").arg(latencyWords(*span->p95)));
    if (span->summary.measured > 1)
        words.append(Words::tr("%1 to %2")
                         .arg(latencyWords(span->summary.least), latencyWords(span->summary.most)));
    for (const ChartLine& line : phases.lines) {
        const models::TracePoint* const point = nearest(line.points, at);
        if (point != nullptr && span->summary.measured > 0)
            words.append(QStringLiteral("%1 %2").arg(line.name, latencyWords(point->value)));
    }
    words.append(Words::tr("%1 passed, %2 failed, %3 unknown")
                     .arg(span->summary.passed)
                     .arg(span->summary.failed)
                     .arg(span->summary.unknown));
    return words.join(QStringLiteral(" · "));
}

HealthPicture pictureOf(const models::ProbeHealth& probe, const TimeWindow& window, int pixels) {
    HealthPicture picture;
    picture.bucket = window.bucketWidth(pixels);
    // To the end of this millisecond, which checks are kept by.
    const models::Instant until{window.until().nanoseconds + 1'000'000};
    picture.spans = probe.series().spans(window.from(), until, picture.bucket);
    picture.whole = probe.series().summary(window.from(), until);
    const std::chrono::milliseconds every = probe.probe().every;

    models::LatencyTraces traces = models::latencyTraces(picture.spans, every);
    ChartContent& latency = picture.latency;
    latency.title = Words::tr("Latency of checks that passed");
    if (picture.whole.measured > 0 && picture.whole.measured < fewSamples)
        latency.title = Words::tr("%1 · from %2 checks, which is few")
                            .arg(latency.title)
                            .arg(picture.whole.measured);
    latency.absence = absenceOf(probe, picture);
    latency.range = std::move(traces.range);
    latency.rangeName = Words::tr("least to most");
    latency.lines.push_back({Words::tr("p50"), colour(Colour::Accent), std::move(traces.median)});
    latency.lines.push_back({Words::tr("p95"), colour(Colour::Waiting), std::move(traces.p95)});
    latency.limits = models::latencyLimits(probe.pass(), probe.probe().references);

    readPhases(probe, window, picture);
    picture.results.title = Words::tr("Results: failed from below, unknown hatched");
    picture.results.unit = ChartUnit::Share;
    picture.results.absence = picture.spans.empty() ? latency.absence : QString();
    readResults(picture.spans, picture.bucket, every, picture.results.columns);
    readChanges(probe, picture);
    return picture;
}

} // namespace ui
