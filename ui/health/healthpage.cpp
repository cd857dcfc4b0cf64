// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/healthpage.h"

#include "ui/health/marklane.h"
#include "ui/health/marklegend.h"
#include "ui/health/rangebar.h"
#include "ui/health/timechart.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/agelabel.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/timeaxis.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/timegestures.h"
#include "ui/widgets/wording.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace std::chrono_literals;

/// Services answer one after the other: what comes in within this is one repaint.
constexpr auto settling = 100ms;

} // namespace

HealthPage::HealthPage(QWidget* parent)
    : QWidget(parent)
    , m_services(new QComboBox)
    , m_probes(new QComboBox)
    , m_sign(new GlyphSign)
    , m_state(new TextLabel)
    , m_age(new AgeLabel)
    , m_reason(new ElidedLabel({}, TextRole::Body, Colour::Quiet))
    , m_range(new RangeBar)
    , m_logs(new ActionButton(tr("Show log lines"), ButtonKind::Plain))
    , m_words(new ElidedLabel({}, TextRole::Body, Colour::Quiet))
    , m_lane(new MarkLane)
    , m_legend(new MarkLegend)
    , m_axis(new TimeAxis(TimeChart::margins))
    , m_empty(new EmptyState(QStringLiteral("office-chart-line"), {}))
    , m_gestures(new TimeGestures(TimeChart::margins, this)) {
    setObjectName(QStringLiteral("healthPage"));
    setFocusPolicy(Qt::StrongFocus);
    // A page of a stack that is in no window yet would be one itself.
    m_stack = new QStackedLayout;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addLayout(m_stack, 1);
    m_stack->addWidget(m_empty);
    auto* body = new QWidget;
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    rows->addWidget(makeTools());
    rows->addWidget(makeCharts(), 1);
    m_stack->addWidget(body);
    m_window.follow(presentInstant());
    connectParts();
    rebuild();
}

QWidget* HealthPage::makeHead() {
    m_services->setObjectName(QStringLiteral("healthServices"));
    m_services->setAccessibleName(tr("Service"));
    m_services->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_probes->setObjectName(QStringLiteral("healthProbes"));
    m_probes->setAccessibleName(tr("Probe"));
    m_probes->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* back = new ActionButton(tr("Back to environments"), ButtonKind::Quiet);
    back->setObjectName(QStringLiteral("leaveHealth"));
    connect(back, &ActionButton::clicked, this, &HealthPage::closeRequested);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::xl, space::l, space::xl, space::m);
    row->setSpacing(space::m);
    row->addWidget(new TextLabel(tr("Health"), TextRole::PageTitle));
    row->addWidget(m_services);
    row->addWidget(m_probes);
    m_reason->setObjectName(QStringLiteral("healthReason"));
    row->addWidget(m_sign);
    row->addWidget(m_state);
    row->addWidget(m_age);
    row->addWidget(m_reason, 1);
    row->addWidget(back);
    return head;
}

QWidget* HealthPage::makeTools() {
    auto* tools = new QWidget;
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(space::xl, 0, space::xl, space::s);
    row->setSpacing(space::xs);
    m_logs->setObjectName(QStringLiteral("showLogLines"));
    m_words->setObjectName(QStringLiteral("cursorWords"));
    row->addWidget(m_range);
    row->addSpacing(space::m);
    row->addWidget(m_words, 1);
    row->addWidget(m_logs);
    auto* save = new ActionButton(tr("Save charts…"), ButtonKind::Plain);
    save->setObjectName(QStringLiteral("saveCharts"));
    connect(save, &ActionButton::clicked, this, &HealthPage::saveCharts);
    row->addWidget(save);
    return tools;
}

QWidget* HealthPage::makeCharts() {
    m_plots = new QWidget;
    auto* column = new QVBoxLayout(m_plots);
    column->setContentsMargins(2, 2, 2, 2); // the focus ring is drawn there
    column->setSpacing(1);
    column->addWidget(m_lane);
    column->addWidget(m_legend);
    constexpr std::array stretches{3, 3, 2};
    for (const int stretch : stretches) {
        auto* chart = new TimeChart;
        m_charts.append(chart);
        column->addWidget(chart, stretch);
        m_gestures->watch(*chart->viewport());
    }
    column->addWidget(m_axis);
    m_gestures->watch(*m_lane);
    m_gestures->watch(*m_axis);
    return m_plots;
}

void HealthPage::connectParts() {
    m_settling.setSingleShot(true);
    m_settling.setInterval(settling);
    connect(&m_settling, &QTimer::timeout, this, &HealthPage::settleNow);
    connect(&Clock::instance(), &Clock::ticked, this, [this] {
        if (isVisible() && m_window.isFollowing())
            settleNow();
    });
    connect(m_empty, &EmptyState::actionTriggered, this, &HealthPage::folderRequested);
    connect(m_services, &QComboBox::activated, this, &HealthPage::choose);
    connect(m_probes, &QComboBox::activated, this, &HealthPage::settleNow);
    connect(m_range, &RangeBar::lengthChosen, this, &HealthPage::setLength);
    connect(m_range, &RangeBar::nowRequested, this, &HealthPage::follow);
    connect(m_logs, &ActionButton::clicked, this, &HealthPage::showLogs);
    const auto point = [this](models::Instant at) {
        setCursorTime(at);
        Q_EMIT cursorMoved(at);
    };
    connect(m_gestures, &TimeGestures::pointed, this, point);
    connect(m_gestures, &TimeGestures::clicked, this, [this, point](models::Instant at) {
        setFocus(Qt::MouseFocusReason);
        point(at);
    });
    connect(m_gestures, &TimeGestures::zoomed, this, [this](double factor, models::Instant around) {
        change([=](TimeWindow& window, models::Instant now) { window.zoom(factor, around, now); });
    });
    connect(m_gestures, &TimeGestures::panned, this, [this](double share) {
        change([=](TimeWindow& window, models::Instant now) { window.pan(share, now); });
    });
    connect(m_gestures, &TimeGestures::brushing, this,
            [this](models::Instant from, models::Instant until) {
                for (TimeChart* chart : std::as_const(m_charts))
                    chart->setBrush(TimeChart::Range{from, until});
            });
    connect(
        m_gestures, &TimeGestures::brushed, this,
        [this](models::Instant from, models::Instant until) {
            for (TimeChart* chart : std::as_const(m_charts))
                chart->setBrush({});
            change([=](TimeWindow& window, models::Instant now) { window.show(from, until, now); });
        });
}

void HealthPage::showWorkspace(const app::EnvironmentWatch* watch) {
    if (m_health != nullptr)
        disconnect(m_health, nullptr, this, nullptr);
    m_watch = watch;
    m_health = watch != nullptr ? &watch->health() : nullptr;
    if (m_health != nullptr) {
        connect(m_health, &app::HealthService::rebuilt, this, &HealthPage::rebuild);
        connect(m_health, &app::HealthService::workspaceTaken, this, &HealthPage::rebuild);
        connect(m_health, &app::HealthService::observed, this, [this](std::size_t service) {
            if (&m_health->services()[service] == watched() && isVisible() &&
                !m_settling.isActive())
                m_settling.start();
        });
    }
    rebuild();
}

const std::vector<app::HealthService::Watched>& HealthPage::services() const {
    static const std::vector<app::HealthService::Watched> none;
    return m_health != nullptr ? m_health->services() : none;
}

const app::HealthService::Watched* HealthPage::watched() const {
    for (const app::HealthService::Watched& each : services()) {
        if (each.environment == m_environment && each.service == m_service)
            return &each;
    }
    return nullptr;
}

const models::ProbeHealth* HealthPage::probe() const {
    const app::HealthService::Watched* const service = watched();
    const auto chosen = static_cast<std::size_t>(std::max(0, m_probes->currentIndex()));
    return service == nullptr || chosen >= service->probes.size()
               ? nullptr
               : &m_health->probe(service->probes[chosen]);
}

/// Only what is probed has something to show.
void HealthPage::rebuild() {
    m_services->clear();
    int chosen = -1;
    for (const app::HealthService::Watched& each : services()) {
        if (each.probes.empty())
            continue;
        if (each.environment == m_environment && each.service == m_service)
            chosen = m_services->count();
        m_services->addItem(QStringLiteral("%1 · %2").arg(each.environment, each.service),
                            QStringList{each.environment, each.service});
    }
    const bool isEmpty = m_services->count() == 0;
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_services, m_probes, m_sign, m_state, m_age, m_reason})
        part->setHidden(isEmpty);
    const bool isNone = m_health == nullptr || m_health->workspace().root.isEmpty();
    m_empty->setAction(isNone ? tr("Open folder…") : QString());
    m_empty->setSentence(
        isNone ? tr("The health of a service over time is shown here. Open a workspace first.")
               : tr("%1 has no probes. Add them under \"health\" of a service in gantry.yaml.")
                     .arg(m_health->workspace().name));
    m_stack->setCurrentIndex(isEmpty ? 0 : 1);
    if (!isEmpty)
        choose(std::max(0, chosen));
}

void HealthPage::showService(const QString& environment, const QString& service) {
    const int index = m_services->findData(QStringList{environment, service});
    if (index >= 0)
        choose(index);
}

void HealthPage::choose(int index) {
    const QStringList names = m_services->itemData(index).toStringList();
    m_services->setCurrentIndex(index);
    m_environment = names.value(0);
    m_service = names.value(1);
    m_probes->clear();
    for (const std::size_t number : watched()->probes)
        m_probes->addItem(probeTitle(m_health->probe(number).probe()));
    m_probes->setVisible(m_probes->count() > 1);
    settleNow();
}

void HealthPage::setMarks(const TimeMarks& marks) {
    if (marks == m_marks)
        return;
    m_marks = marks;
    settleMarks();
}

void HealthPage::setLength(TimeWindow::Length length) {
    change([length](TimeWindow& window, models::Instant) { window.setLength(length); });
}

void HealthPage::follow() {
    change([](TimeWindow& window, models::Instant now) { window.follow(now); });
}

void HealthPage::change(const std::function<void(TimeWindow&, models::Instant)>& how) {
    how(m_window, presentInstant());
    settleNow();
}

void HealthPage::settleNow() {
    m_settling.stop();
    m_window.tick(presentInstant());
    settle();
}

void HealthPage::settle() {
    const models::ProbeHealth* const shown = probe();
    if (shown == nullptr)
        return;
    m_picture = pictureOf(*shown, m_window, TimeChart::margins.room(m_axis->width()));
    m_gestures->setWindow(m_window);
    m_charts[0]->show(m_picture.latency, m_window);
    m_charts[1]->show(m_picture.phases, m_window);
    m_charts[2]->show(m_picture.results, m_window);
    m_axis->show(m_window);
    settleMarks();
    const models::HealthStanding standing = m_health->standing(*watched(), presentInstant());
    m_state->setText(stateWord(standing.state));
    m_state->setTone(stateTone(standing.state));
    m_sign->setGlyph(stateGlyph(standing.state), stateTone(standing.state));
    // It may be another probe's than the one that is drawn.
    m_reason->setFullText(standing.state == models::HealthState::Passing ? QString()
                                                                         : standing.words);
    m_age->setMoment(shown->series().newestAt());
    m_range->showWindow(m_window);
    settleWords();
}

/// Of another environment nothing is told here.
void HealthPage::settleMarks() {
    TimeMarks marks;
    for (const TimeMark& mark : std::as_const(m_marks)) {
        if (mark.environment.isEmpty() || mark.environment == m_environment)
            marks.append(mark);
    }
    marks += burstMarks() + m_picture.changes;
    m_lane->show(marks, m_window);
    m_legend->setMarks(marks, m_window);
}

TimeMarks HealthPage::burstMarks() const {
    TimeMarks marks;
    const MarkSign sign = signOf(MarkKind::Burst);
    for (const models::LogTally* tally : m_watch->tallies(m_environment, m_service)) {
        for (qsizetype i = 0; i < tally->classes().size(); ++i) {
            for (const auto& burst : tally->bursts(i, m_window.from(), m_window.until()))
                marks.append({burst.from, burst.to, sign.glyph, sign.tone,
                              countOf(static_cast<qint64>(burst.lines), tr("%1 log line of %2"),
                                      tr("%1 log lines of %2"))
                                  .arg(tally->classes()[i]),
                              MarkKind::Burst, m_environment});
        }
    }
    return marks;
}

void HealthPage::settleWords() {
    m_logs->setEnabled(!m_cursor.isNull());
    if (m_window.from() <= m_cursor && m_cursor <= m_window.until()) {
        const QStringList marks = m_lane->wordsAt(m_cursor);
        m_words->setFullText(
            (QStringList{formatTime(m_cursor), m_picture.wordsAt(m_cursor)} + marks)
                .join(QStringLiteral(" · ")));
    } else {
        m_words->setFullText(tr("%1 passed, %2 failed, %3 unknown from %4")
                                 .arg(m_picture.whole.passed)
                                 .arg(m_picture.whole.failed)
                                 .arg(m_picture.whole.unknown)
                                 .arg(formatSpan(m_window.from(), m_window.until())));
    }
    setAccessibleDescription(m_words->fullText());
}

void HealthPage::setCursorTime(models::Instant at) {
    m_cursor = at;
    for (TimeChart* chart : std::as_const(m_charts))
        chart->setCursorTime(at);
    m_lane->setCursorTime(at);
    settleWords();
}

void HealthPage::showTime(models::Instant at) {
    if (at < m_window.from() || m_window.until() < at) {
        const std::int64_t half = m_window.length().count() / 2;
        change([&](TimeWindow& window, models::Instant now) {
            window.show({at.nanoseconds - half}, {at.nanoseconds + half}, now);
        });
    }
    setCursorTime(at);
}

void HealthPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    settleNow();
}

void HealthPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    settleNow();
}

} // namespace ui
