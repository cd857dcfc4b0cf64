// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logtimeline.h"

#include "ui/log/histogramstrip.h"
#include "ui/log/logstage.h"
#include "ui/theme/preferences.h"
#include "ui/widgets/whenfinished.h"

#include <QAction>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QtConcurrentRun>

#include <algorithm>

namespace ui {

namespace {

constexpr std::chrono::milliseconds quickestPace{250};
constexpr qint64 restFactor = 10; ///< so much longer than it counted it rests
constexpr std::chrono::milliseconds selectingPause{150};
constexpr std::chrono::milliseconds lookingPause{40};
constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t longEnough = 20 * second; ///< for parts of a second to be no matter
const QString backdropKey = QStringLiteral("logs/backdrop");

/// What was drawn with a hand, as a person would say it.
models::LogFilter::TimeRange wholeSeconds(models::Instant from, models::Instant to) {
    if (to.nanoseconds - from.nanoseconds < longEnough)
        return {from, to};
    return {{from.nanoseconds / second * second},
            {(to.nanoseconds + second - 1) / second * second}};
}

} // namespace

LogTimeline::LogTimeline(LogStage& stage, HistogramStrip& strip, QObject* parent)
    : QObject(parent)
    , m_stage(stage)
    , m_board(stage.board())
    , m_strip(strip) {
    for (QTimer* timer : {&m_pace, &m_selecting, &m_looking})
        timer->setSingleShot(true);
    m_pace.setInterval(quickestPace);
    m_selecting.setInterval(selectingPause);
    m_looking.setInterval(lookingPause);
    connect(&m_pace, &QTimer::timeout, this, &LogTimeline::count);
    connect(&m_board, &LogBoard::settled, this, &LogTimeline::countSoon);
    connect(&strip, &HistogramStrip::bucketsWantedChanged, this, &LogTimeline::countSoon);
    connect(&strip, &HistogramStrip::selectionChanged, &m_selecting, qOverload<>(&QTimer::start));
    connect(&m_selecting, &QTimer::timeout, this, [this] {
        const std::optional<HistogramStrip::Range>& range = m_strip.selectedRange();
        Q_EMIT timesChosen(range ? Times(wholeSeconds(range->first, range->second)) : std::nullopt);
    });
    connect(&m_looking, &QTimer::timeout, this, &LogTimeline::showInSight);
    connect(&m_board, &LogBoard::changed, this, &LogTimeline::lookSoon);
    connect(&m_board, &LogBoard::reset, this, &LogTimeline::lookSoon);
    connect(&stage, &LogStage::arrangementChanged, this, &LogTimeline::lookSoon);
    connect(&stage, &LogStage::hereChanged, this, &LogTimeline::lookSoon);
    connect(&stage, &LogStage::viewMade, this, [this](LogView* view) { watch(*view); });
    watch(stage.view());
    auto* behind = new QAction(tr("Show all lines behind those of the filter"), &strip);
    behind->setCheckable(true);
    behind->setChecked(Preferences::instance().value(backdropKey, true).toBool());
    m_backdrop = behind->isChecked() ? Backdrop::On : Backdrop::Off;
    strip.addAction(behind);
    strip.setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(behind, &QAction::toggled, this,
            [this](bool isOn) { setBackdrop(isOn ? Backdrop::On : Backdrop::Off); });
}

void LogTimeline::watch(LogView& view) {
    const QScrollBar* const bar = view.verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, &LogTimeline::lookSoon);
    connect(bar, &QScrollBar::rangeChanged, this, &LogTimeline::lookSoon);
}

void LogTimeline::lookSoon() {
    if (!m_looking.isActive())
        m_looking.start();
}

void LogTimeline::setTimes(const Times& times) {
    if (m_selecting.isActive())
        return; // it is being selected
    if (!times) {
        m_strip.setSelectedRange({});
        return;
    }
    const bool isOpen = times->to.isNull();
    m_strip.setSelectedRange(HistogramStrip::Range(
        times->from,
        isOpen ? models::Instant{std::numeric_limits<std::int64_t>::max()} : times->to));
}

void LogTimeline::setBackdrop(Backdrop backdrop) {
    m_backdrop = backdrop;
    Preferences::instance().setValue(backdropKey, backdrop == Backdrop::On);
    countSoon();
}

void LogTimeline::countSoon() {
    if (!m_pace.isActive())
        m_pace.start();
}

void LogTimeline::count() {
    if (m_isCounting)
        return; // it looks again when it is done
    m_isCounting = true;
    const auto work = [rows = m_board.rows(), all = m_board.snapshots(),
                       isSifted = m_board.isSifted(), backdrop = m_backdrop,
                       wanted = m_strip.bucketsWanted()] {
        QElapsedTimer clock;
        clock.start();
        Counted counted;
        const auto [from, last] = models::timeRange(all);
        const models::Instant to{last.nanoseconds + 1};
        if (from.isNull())
            return counted;
        const QList<models::LogSnapshot> shown(rows.snapshots().begin(), rows.snapshots().end());
        counted.lines = isSifted ? models::histogram(rows, from, to, wanted)
                                 : models::histogram(shown, from, to, wanted);
        if (backdrop == Backdrop::On && (isSifted || shown.size() < all.size()))
            counted.backdrop = models::histogram(all, from, to, wanted);
        counted.milliseconds = clock.elapsed();
        return counted;
    };
    whenFinished(QtConcurrent::run(work), this, [this](const Counted& counted) { show(counted); });
}

/// Many rows take long to count: then it is done more seldom.
void LogTimeline::show(const Counted& counted) {
    m_isCounting = false;
    m_pace.setInterval(
        std::max(quickestPace, std::chrono::milliseconds(counted.milliseconds * restFactor)));
    m_strip.setBuckets(counted.lines.start, counted.lines.bucketLength, counted.lines.buckets,
                       counted.backdrop.buckets);
    showInSight();
}

void LogTimeline::showInSight() {
    const LogSpot here = m_stage.here();
    if (!here.view->isVisible()) {
        m_strip.setInSight({});
        return;
    }
    const qint64 end = std::min(here.view->topRow() + here.view->pageRows(), here.board->endRow());
    std::optional<HistogramStrip::Range> range;
    for (qint64 row = std::max(here.view->topRow(), here.board->firstRow()); row < end; ++row) {
        const models::Instant time = here.board->row(row).line.time;
        if (time.isNull())
            continue;
        if (!range)
            range = HistogramStrip::Range(time, time);
        range->first = std::min(range->first, time);
        range->second = std::max(range->second, time);
    }
    m_strip.setInSight(range);
}

} // namespace ui
