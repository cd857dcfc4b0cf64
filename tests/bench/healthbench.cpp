// SPDX-License-Identifier: GPL-3.0-or-later
// What health costs: taking in a check, keeping 90 days of it, a quantile's error, a live tick of
// charts beside raw QtCharts, and a thousand services at a glance.
#include "app/diagnostics/stalls.h"
#include "app/workspace/openworkspaces.h"
#include "benchmark.h"
#include "models/health/healthseries.h"
#include "models/health/phaseseries.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/idleruns.h"
#include "tests/support/latencydistributions.h"
#include "ui/environment/environmentcolumn.h"
#include "ui/environment/environmentpage.h"
#include "ui/health/healthpicture.h"
#include "ui/health/timechart.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>

#include <algorithm>
#include <cmath>
#include <random>

namespace tests {

namespace {

using models::HealthSeries;
using models::Instant;
using models::Result;
using models::Verdict;
using namespace std::chrono_literals;

constexpr std::int64_t second = 1'000'000'000;
constexpr int day = 86'400;
/// Some midnight.
constexpr Instant start{20'000LL * day * second};
constexpr int lines = 8;
constexpr int ticks = 60;
constexpr QSize chartSize(1200, 400);
constexpr int services = 1'000;
constexpr int environments = 4;
constexpr double tickBudget = 8; ///< ms
constexpr double frameBudget = 1000 / 30.0;
constexpr double pushBudget = 50;    ///< ns
constexpr double errorBudget = 0.02; ///< of the exact value
constexpr double memoryBudget = 1e6; ///< bytes
constexpr double firstBudget = 300;  ///< ms
constexpr double updateBudget = 16;  ///< ms
constexpr double clickBudget = 100;  ///< ms

Instant after(std::int64_t seconds) {
    return {start.nanoseconds + seconds * second};
}

double latencyAt(int at, int line) {
    return 0.02 * (line + 1) * (1 + 0.5 * std::sin(at / 600.0) + (at % 97 == 0 ? 2 : 0));
}

std::chrono::nanoseconds took(double seconds) {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

Result<Measurements> measurePush() {
    constexpr int pushes = 2'000'000;
    constexpr int runs = 7;
    QList<double> times;
    for (int run = 0; run < runs; ++run) {
        HealthSeries series;
        times.append(1e6 / pushes * millisecondsOf([&series] {
                         for (int i = 0; i < pushes; ++i)
                             series.push(after(i), Verdict::Pass,
                                         std::chrono::nanoseconds(20'000'000 + i % 1'000 * 10'000));
                     }));
    }
    return Measurements{{QStringLiteral("health.push"), median(times), QStringLiteral("ns"),
                         QStringLiteral("budget 50 ns"), pushBudget, runs}};
}

/// Of the worst distribution, a check each 10 s for 90 days; with its phases.
Result<Measurements> measureMemory() {
    double worst = 0;
    for (const LatencyDistribution& distribution : latencyDistributions()) {
        HealthSeries series;
        models::PhaseSeries phases;
        std::mt19937 random(11);
        for (int at = 0; at < 90 * day; at += 10) {
            const auto latency = took(distribution.draw(random));
            series.push(after(at), Verdict::Pass, latency);
            phases.push(after(at), {1ms, 2ms, 3ms, latency, latency});
        }
        worst = std::max(worst, double(series.bytes() + phases.bytes()));
    }
    return Measurements{{QStringLiteral("health.series_memory"), worst, QStringLiteral("bytes"),
                         QStringLiteral("budget 1 MB"), memoryBudget,
                         int(latencyDistributions().size())}};
}

/// The worst over all distributions: of a window that is read from roll-ups.
Result<Measurements> measureError() {
    constexpr int every = 5;
    constexpr int checks = 30 * 3'600 / every;
    double worst = 0;
    for (const LatencyDistribution& distribution : latencyDistributions()) {
        HealthSeries series;
        std::vector<double> all;
        std::mt19937 random(7);
        for (int i = 0; i < checks; ++i) {
            all.push_back(distribution.draw(random));
            series.push(after(i * every), Verdict::Pass, took(all.back()));
        }
        const double exact = exactQuantile(all, 0.95);
        const auto found = series.quantile(0.95, start, after(checks * every));
        worst = std::max(worst, found ? std::abs(found->seconds - exact) / exact : 1.0);
    }
    return Measurements{{QStringLiteral("health.p95_error"), worst, QStringLiteral("ratio"),
                         QStringLiteral("budget 2 %"), errorBudget,
                         int(latencyDistributions().size())}};
}

/// A day of a check a second, of each of the lines.
std::vector<HealthSeries> fullDays() {
    std::vector<HealthSeries> all(lines);
    for (int line = 0; line < lines; ++line) {
        for (int at = 0; at < day; ++at)
            all[std::size_t(line)].push(after(at), Verdict::Pass, took(latencyAt(at, line)));
    }
    return all;
}

ui::ChartContent contentOf(const std::vector<HealthSeries>& all, const ui::TimeWindow& window) {
    ui::ChartContent content;
    const auto width = window.bucketWidth(chartSize.width());
    for (const HealthSeries& series : all) {
        models::LatencyTraces traces = models::latencyTraces(
            series.spans(window.from(), {window.until().nanoseconds + 1}, width), 1s);
        // The least and the most of a bucket, as one line up and down.
        models::TracePoints points;
        for (const models::RangePoint& point : traces.range) {
            points.push_back({point.at, point.least, point.begins});
            points.push_back({point.at, point.most, false});
        }
        content.lines.push_back({QStringLiteral("line"), QColor(Qt::blue), std::move(points)});
    }
    return content;
}

void paint(QWidget& widget) {
    QImage image(widget.size(), QImage::Format_ARGB32_Premultiplied);
    widget.render(&image);
}

/// As a chart is usually fed: every point of a day, the range, then the points, and painted.
double timeOfRawTick() {
    QChartView view;
    auto* chart = new QChart;
    view.setChart(chart);
    auto* time = new QValueAxis;
    auto* values = new QValueAxis;
    chart->addAxis(time, Qt::AlignBottom);
    chart->addAxis(values, Qt::AlignLeft);
    values->setRange(0, 1);
    QList<QLineSeries*> all;
    QList<QList<QPointF>> points(lines);
    for (int line = 0; line < lines; ++line) {
        for (int at = 0; at < day; ++at)
            points[line].append({double(at), latencyAt(at, line)});
        all.append(new QLineSeries);
        all.last()->replace(points[line]);
        chart->addSeries(all.last());
        all.last()->attachAxis(time);
        all.last()->attachAxis(values);
    }
    view.resize(chartSize);
    view.show();
    QApplication::processEvents();
    return millisecondsOf([&] {
        time->setRange(1, day + 1);
        for (int line = 0; line < lines; ++line)
            all[line]->replace(points[line]);
        paint(*view.viewport());
    });
}

Result<Measurements> measureTick() {
    ui::Theme::instance().install(*qApp);
    std::vector<HealthSeries> all = fullDays();
    ui::TimeChart chart;
    chart.resize(chartSize);
    chart.QWidget::show();
    ui::TimeWindow window;
    window.setLength(24h);
    QList<double> times;
    for (int tick = 0; tick < ticks; ++tick) {
        const int at = day + tick;
        times.append(millisecondsOf([&] {
            for (int line = 0; line < lines; ++line)
                all[std::size_t(line)].push(after(at), Verdict::Pass, took(latencyAt(at, line)));
            window.follow(after(at));
            chart.show(contentOf(all, window), window);
            paint(*chart.viewport());
        }));
    }
    const double raw = timeOfRawTick();
    const double ours = median(times);
    return Measurements{{QStringLiteral("health.chart_tick"), ours, QStringLiteral("ms"),
                         QStringLiteral("budget 8 ms"), tickBudget, ticks},
                        {QStringLiteral("health.chart_tick.raw"), ours, QStringLiteral("ms"),
                         QStringLiteral("QtCharts, setRange and replace"), raw, 1}};
}

Result<Measurements> measurePan() {
    ui::Theme::instance().install(*qApp);
    std::vector<HealthSeries> all(lines);
    for (int line = 0; line < lines; ++line) {
        for (int at = 0; at < 14 * day; at += 10)
            all[std::size_t(line)].push(after(at), Verdict::Pass, took(latencyAt(at, line)));
    }
    ui::TimeChart chart;
    chart.resize(chartSize);
    chart.QWidget::show();
    ui::TimeWindow window;
    window.setLength(24h * 7);
    const Instant now = after(14 * day);
    window.follow(now);
    double worst = 0;
    for (int frame = 0; frame < ticks; ++frame) {
        worst = std::max(worst, millisecondsOf([&] {
                             window.pan(frame < ticks / 2 ? -0.02 : 0.02, now);
                             chart.show(contentOf(all, window), window);
                             paint(*chart.viewport());
                         }));
    }
    return Measurements{{QStringLiteral("health.chart_pan"), worst, QStringLiteral("ms a frame"),
                         QStringLiteral("30 frames a second"), frameBudget, ticks}};
}

models::Workspace manyServices() {
    QByteArray yaml = "gantry: 1\nname: Many\nenvironments:\n";
    for (int environment = 0; environment < environments; ++environment) {
        yaml += "  e" + QByteArray::number(environment) + ": { services: {\n";
        for (int i = 0; i < services / environments; ++i) {
            const QByteArray n = QByteArray::number(i);
            yaml += "    service-" + n +
                    ": { health: { tcp: \"many.example.com:" + QByteArray::number(1'000 + i) +
                    "\", every: 10s } },\n";
        }
        yaml += "  } }\n";
    }
    models::Workspace workspace = models::parseWorkspace(yaml);
    workspace.root = QStringLiteral("/srv/many");
    return workspace;
}

/// Every service is looked at, as often as a quarter of an hour has room for.
void fill(const std::vector<FakeProber::Asked>& asked, int checks) {
    const Instant now{QDateTime::currentMSecsSinceEpoch() * 1'000'000};
    for (int check = checks; check > 0; --check) {
        for (const FakeProber::Asked& each : asked) {
            models::ProbeReply reply;
            reply.outcome = models::ProbeReply::Outcome::Answered;
            reply.at = {now.nanoseconds - check * 10 * second};
            reply.phases.connect = 2ms;
            reply.phases.total = 2ms;
            each.done(reply);
        }
    }
}

Result<Measurements> measureDashboard() {
    ui::Theme::instance().install(*qApp);
    FakeHealth health;
    const models::Workspace workspace = manyServices();
    health.trust.vouchFor(workspace.root);
    FakeLogService logs;
    app::WorkspaceService files;
    app::OpenWorkspaces open(files, health.parts(logs));
    app::HealthService& watched = open.take(workspace).health();
    for (const auto& service : watched.services())
        watched.probeNow(service);
    if (health.prober.asked.size() < services)
        return models::failure(models::ErrorCode::Internal,
                               QStringLiteral("not every service was asked"));
    // Answers lead to new questions: those are left open.
    const std::vector<FakeProber::Asked> asked = std::exchange(health.prober.asked, {});
    fill(asked, 90);
    IdleRuns runs(health.journal);
    std::unique_ptr<ui::EnvironmentPage> page;
    const double first = millisecondsOf([&] {
        page = std::make_unique<ui::EnvironmentPage>(open, runs.feed, runs.runbooks);
        page->resize(1440, 900);
        page->show();
        paint(*page);
    });
    QList<double> updates;
    QList<double> clicks;
    auto* column = page->findChild<ui::EnvironmentColumn*>();
    for (int run = 0; run < 20; ++run) {
        fill(asked, 1);
        updates.append(millisecondsOf([&] { page->settleNow(); }));
        clicks.append(millisecondsOf([&] {
            column->list().setCurrentIndex(column->list().model()->index(run + 1, 0));
            paint(*page);
        }));
    }
    return Measurements{
        {QStringLiteral("health.dashboard_first"), first, QStringLiteral("ms"),
         QStringLiteral("budget 300 ms"), firstBudget, 1},
        {QStringLiteral("health.dashboard_update"), median(updates), QStringLiteral("ms"),
         QStringLiteral("budget 16 ms"), updateBudget, int(updates.size())},
        {QStringLiteral("health.dashboard_click"), *std::max_element(clicks.begin(), clicks.end()),
         QStringLiteral("ms"), QStringLiteral("budget 100 ms"), clickBudget, int(clicks.size())}};
}

const Registration push(QStringLiteral("health"), QStringLiteral("health.push"), &measurePush);
const Registration memory(QStringLiteral("health"), QStringLiteral("health.series_memory"),
                          &measureMemory);
const Registration error(QStringLiteral("health"), QStringLiteral("health.p95_error"),
                         &measureError);
const Registration tick(QStringLiteral("health"), QStringLiteral("health.chart_tick"),
                        &measureTick);
const Registration pan(QStringLiteral("health"), QStringLiteral("health.chart_pan"), &measurePan);
const Registration dashboard(QStringLiteral("health"), QStringLiteral("health.dashboard"),
                             &measureDashboard);

} // namespace

} // namespace tests
