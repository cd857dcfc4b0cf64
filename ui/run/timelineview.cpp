// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/timelineview.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeaxis.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/timegestures.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdlib>

namespace ui {

namespace {

constexpr double zoomOfAKey = 1.6;
constexpr double panOfAKey = 0.2;
constexpr int wordLines = 2;

/// "14:02:11 UTC, 12 s · PASS · words".
QString wordsOf(const models::TimelineRow& row, const models::TimelineSpan& span) {
    QString time = formatTime(span.from);
    if (span.to.isNull())
        time = TimelineView::tr("%1, goes on").arg(time);
    else if (span.to > span.from)
        time +=
            QStringLiteral(", ") + formatDuration(std::chrono::milliseconds(
                                       (span.to.nanoseconds - span.from.nanoseconds) / 1'000'000));
    QStringList parts{time, row.name};
    if (span.verdict)
        parts.append(models::verdictName(*span.verdict));
    parts.append(span.words);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

} // namespace

TimelineView::TimelineView(QWidget* parent)
    : QWidget(parent)
    , m_rows(new TimelineRows)
    , m_scroll(new QScrollArea)
    , m_axis(new TimeAxis(TimelineRows::margins))
    , m_gestures(new TimeGestures(TimelineRows::margins, this))
    , m_words(new TextLabel({}, TextRole::Quiet))
    , m_all(new ActionButton(tr("Show all of it"), ButtonKind::Plain))
    , m_step(new ActionButton(tr("Show step"), ButtonKind::Plain))
    , m_logs(new ActionButton(tr("Show logs"), ButtonKind::Plain)) {
    setObjectName(QStringLiteral("timelineView"));
    setFocusPolicy(Qt::StrongFocus);
    m_words->setObjectName(QStringLiteral("timelineWords"));
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setFixedHeight(wordLines * m_words->fontMetrics().lineSpacing() + space::s);
    m_logs->setToolTip(tr("Log lines of that time (Shift+Return)"));
    m_step->setToolTip(tr("Show the step (Return)"));
    m_all->setToolTip(tr("From the beginning to the end (Home)"));
    m_scroll->setWidget(m_rows);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* foot = new QWidget;
    auto* tools = new QHBoxLayout(foot);
    tools->setContentsMargins(space::m, space::xs, space::m, space::xs);
    tools->setSpacing(space::s);
    tools->addWidget(m_words, 1);
    for (ActionButton* button : {m_step, m_logs, m_all})
        tools->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_axis);
    column->addWidget(foot);
    connectParts();
    tell();
}

void TimelineView::connectParts() {
    m_gestures->watch(*m_rows);
    m_gestures->watch(*m_axis);
    connect(m_gestures, &TimeGestures::pointed, m_rows, &TimelineRows::setCursorTime);
    connect(m_gestures, &TimeGestures::left, this,
            [this] { m_rows->setCursorTime(models::Instant()); });
    connect(m_gestures, &TimeGestures::clicked, this, [this] {
        setFocus(Qt::MouseFocusReason);
        choose(m_rows->takePressed());
    });
    connect(m_gestures, &TimeGestures::zoomed, this, &TimelineView::zoom);
    connect(m_gestures, &TimeGestures::panned, this, [this](double share) {
        m_isWhole = false;
        m_window.pan(share, end());
        settle();
    });
    connect(m_gestures, &TimeGestures::brushed, this,
            [this](models::Instant from, models::Instant until) {
                m_isWhole = false;
                m_window.show(from, until, end());
                settle();
            });
    connect(m_all, &ActionButton::clicked, this, &TimelineView::showAll);
    connect(m_step, &ActionButton::clicked, this, [this] {
        if (const models::TimelineSpan* span = m_rows->chosenSpan())
            Q_EMIT stepRequested(span->step);
    });
    connect(m_logs, &ActionButton::clicked, this, [this] {
        if (const models::TimelineSpan* span = m_rows->chosenSpan())
            Q_EMIT logsRequested(span->from, span->to);
    });
}

void TimelineView::showTimeline(const models::RunTimeline& timeline, bool isOther) {
    m_timeline = timeline;
    if (isOther)
        choose(std::nullopt);
    if (isOther || m_isWhole) {
        showAll();
        return;
    }
    m_window.tick(end());
    settle();
}

models::Instant TimelineView::end() const {
    return m_timeline.to;
}

void TimelineView::showAll() {
    m_isWhole = true;
    m_window.show(m_timeline.from, end(), end());
    settle();
}

void TimelineView::zoom(double factor, models::Instant around) {
    m_isWhole = false;
    m_window.zoom(factor, around, end());
    settle();
}

void TimelineView::settle() {
    m_rows->show(m_timeline, m_window);
    m_axis->show(m_window);
    m_gestures->setWindow(m_window);
    m_all->setEnabled(!m_isWhole);
    tell();
}

void TimelineView::choose(const std::optional<TimelineRows::Place>& place) {
    m_rows->choose(place);
    if (place)
        m_scroll->ensureVisible(0, m_rows->middleOf(place->row));
    tell();
}

void TimelineView::tell() {
    const models::TimelineSpan* const span = m_rows->chosenSpan();
    m_words->setText(span ? wordsOf(m_timeline.rows[m_rows->chosen()->row], *span)
                     : m_timeline.rows.isEmpty()
                         ? tr("Nothing has happened yet.")
                         : tr("Choose something with the arrows or a click. The wheel zooms."));
    m_words->setTone(span ? Colour::Text : Colour::Quiet);
    m_step->setEnabled(span && !span->step.isEmpty());
    m_logs->setEnabled(span != nullptr);
}

void TimelineView::chooseNext(int by) {
    if (m_timeline.rows.isEmpty())
        return;
    TimelineRows::Place place = m_rows->chosen().value_or(TimelineRows::Place{0, -1});
    const qsizetype last = m_timeline.rows[place.row].spans.size() - 1;
    place.span = std::clamp<qsizetype>(place.span + by, 0, last);
    choose(place);
}

/// To what is nearest in time in the row above or below.
void TimelineView::chooseRow(int by) {
    const models::TimelineSpan* const span = m_rows->chosenSpan();
    if (!span) {
        chooseNext(1);
        return;
    }
    const models::Instant from = span->from;
    const qsizetype row =
        std::clamp<qsizetype>(m_rows->chosen()->row + by, 0, m_timeline.rows.size() - 1);
    const QList<models::TimelineSpan>& spans = m_timeline.rows[row].spans;
    const auto nearest = std::min_element(
        spans.cbegin(), spans.cend(),
        [from](const models::TimelineSpan& one, const models::TimelineSpan& other) {
            return std::abs(one.from.nanoseconds - from.nanoseconds) <
                   std::abs(other.from.nanoseconds - from.nanoseconds);
        });
    choose(TimelineRows::Place{row, nearest - spans.cbegin()});
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const bool isShifted = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto pan = [this](double share) {
        m_isWhole = false;
        m_window.pan(share, end());
        settle();
    };
    const models::TimelineSpan* const span = m_rows->chosenSpan();
    const models::Instant around = span ? span->from : m_window.timeOf(0.5);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int by = event->key() == Qt::Key_Left ? -1 : 1;
        isShifted ? pan(by * panOfAKey) : chooseNext(by);
        break;
    }
    case Qt::Key_Up:
        chooseRow(-1);
        break;
    case Qt::Key_Down:
        chooseRow(1);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1 / zoomOfAKey, around);
        break;
    case Qt::Key_Minus:
        zoom(zoomOfAKey, around);
        break;
    case Qt::Key_Home:
        showAll();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        (isShifted ? m_logs : m_step)->click();
        break;
    case Qt::Key_Escape:
        Q_EMIT leaveRequested();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

KeySection TimelineView::keys() {
    return {tr("Timeline"),
            {{tr("Go from one thing to the next"), tr("Left, Right")},
             {tr("Go to the row above, below"), tr("Up, Down")},
             {tr("Show its step"), tr("Return")},
             {tr("Show the log lines of its time"), tr("Shift+Return")},
             {tr("Show earlier, later"), tr("Shift+Left, Shift+Right")},
             {tr("Zoom in, out"), tr("+, -")},
             {tr("Show all of it"), tr("Home")},
             {tr("Go back to the steps"), tr("Escape")}}};
}

} // namespace ui
