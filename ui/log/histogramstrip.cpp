// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/histogramstrip.h"

#include "ui/log/levelsign.h"
#include "ui/log/logwords.h"
#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace ui {

namespace {

using models::LogLevel;

constexpr int stripHeight = 48;
constexpr int bucketWidth = 4;
constexpr int bracketHeight = 3;
constexpr qreal calmStrength = 0.45;
constexpr qreal selectionStrength = 0.18;

/// From the bottom up. What is not grave is one calm colour: this is where people scan.
struct Band {
    LogLevel least;
    LogLevel most;
    Colour tone;
    qreal strength;
};
constexpr std::array<Band, 3> bands{
    {{LogLevel::Error, LogLevel::Fatal, Colour::Fail, 1},
     {LogLevel::Warning, LogLevel::Warning, Colour::Warn, 1},
     {LogLevel::None, LogLevel::Notice, Colour::Quiet, calmStrength}}};

std::int64_t countOfBand(const models::LevelCounts& counts, const Band& band) {
    std::int64_t sum = 0;
    for (auto level = static_cast<size_t>(band.least); level <= static_cast<size_t>(band.most);
         ++level)
        sum += counts[level];
    return sum;
}

std::int64_t linesOf(const models::LevelCounts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

} // namespace

HistogramStrip::HistogramStrip(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("logHistogram"));
    setAccessibleName(tr("Lines over time"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HistogramStrip::setBuckets(models::Instant start, std::int64_t length,
                                std::vector<models::LevelCounts> buckets) {
    const std::optional<Range> selected = selectedRange();
    m_start = start;
    m_length = length;
    m_buckets = std::move(buckets);
    m_cursor = std::min(m_cursor, count() - 1);
    m_selected.reset();
    if (selected) {
        const auto first = bucketOf(selected->first);
        const auto last = bucketOf({selected->second.nanoseconds - 1});
        if (first && last)
            m_selected = {*first, *last};
        else
            Q_EMIT selectionChanged();
    }
    update();
}

void HistogramStrip::setInSight(const std::optional<Range>& range) {
    m_inSight = range;
    update();
}

std::optional<HistogramStrip::Range> HistogramStrip::selectedRange() const {
    if (!m_selected)
        return std::nullopt;
    return Range(timeOf(m_selected->first), timeOf(m_selected->second + 1));
}

void HistogramStrip::clearSelection() {
    if (!m_selected)
        return;
    m_selected.reset();
    update();
    Q_EMIT selectionChanged();
}

int HistogramStrip::bucketsWanted() const {
    return std::max(1, width() / bucketWidth);
}

models::Instant HistogramStrip::timeOf(int bucket) const {
    return {m_start.nanoseconds + m_length * bucket};
}

std::optional<int> HistogramStrip::bucketOf(models::Instant at) const {
    if (m_buckets.empty() || m_length <= 0 || at.nanoseconds < m_start.nanoseconds)
        return std::nullopt;
    const std::int64_t bucket = (at.nanoseconds - m_start.nanoseconds) / m_length;
    return bucket < count() ? std::optional(static_cast<int>(bucket)) : std::nullopt;
}

int HistogramStrip::bucketAt(int x) const {
    return count() == 0 ? -1 : std::clamp(x * count() / std::max(1, width()), 0, count() - 1);
}

qreal HistogramStrip::leftOf(int bucket) const {
    return count() == 0 ? 0 : qreal(width()) * bucket / count();
}

void HistogramStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), colour(Colour::Line));
    std::int64_t most = 1;
    for (const models::LevelCounts& counts : m_buckets)
        most = std::max(most, linesOf(counts));
    const qreal room = height() - 1 - bracketHeight - space::xs;
    for (int bucket = 0; bucket < count(); ++bucket) {
        const QRectF column(leftOf(bucket), 0, std::max(1.0, leftOf(1) - 1), height() - 1);
        qreal bottom = column.bottom();
        for (const Band& band : bands) {
            const auto lines = static_cast<qreal>(countOfBand(m_buckets[bucket], band));
            if (lines == 0)
                continue;
            const qreal tall = std::max(1.0, room * lines / static_cast<qreal>(most));
            painter.fillRect(QRectF(column.left(), bottom - tall, column.width(), tall),
                             blend(colour(Colour::Surface), colour(band.tone), band.strength));
            bottom -= tall;
        }
    }
    if (m_selected) {
        QColor tint = colour(Colour::Accent);
        tint.setAlphaF(selectionStrength);
        const qreal left = leftOf(m_selected->first);
        painter.fillRect(QRectF(left, 0, leftOf(m_selected->second + 1) - left, height() - 1),
                         tint);
    }
    if (m_inSight && m_length > 0) {
        const auto place = [this](models::Instant at) {
            const qreal share = qreal(at.nanoseconds - m_start.nanoseconds) / qreal(m_length) /
                                std::max(1, count());
            return std::clamp(share, 0.0, 1.0) * width();
        };
        const qreal left = place(m_inSight->first);
        painter.fillRect(
            QRectF(left, 0, std::max(2.0, place(m_inSight->second) - left), bracketHeight),
            colour(Colour::Accent));
    }
    if (hasFocus() && m_cursor >= 0) {
        painter.setPen(QPen(colour(Colour::Accent), 2));
        painter.drawRect(QRectF(leftOf(m_cursor), 1, std::max(3.0, leftOf(1)), height() - 3));
    }
}

void HistogramStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    Q_EMIT bucketsWantedChanged();
}

void HistogramStrip::select(int first, int last) {
    const std::pair<int, int> wanted = std::minmax(first, last);
    if (m_selected == wanted)
        return;
    m_selected = wanted;
    update();
    Q_EMIT selectionChanged();
}

void HistogramStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || count() == 0)
        return;
    m_drag = Drag::Pressed;
    m_anchor = m_cursor = bucketAt(event->pos().x());
    update();
}

void HistogramStrip::mouseMoveEvent(QMouseEvent* event) {
    const int bucket = bucketAt(event->pos().x());
    if (m_drag == Drag::Pressed && bucket != m_anchor)
        m_drag = Drag::Selecting;
    if (m_drag == Drag::Selecting) {
        m_cursor = bucket;
        select(m_anchor, bucket);
    }
}

void HistogramStrip::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    const bool isClick = m_drag == Drag::Pressed;
    m_drag = Drag::None;
    if (!isClick)
        return;
    clearSelection();
    Q_EMIT momentChosen(timeOf(m_cursor));
}

void HistogramStrip::walkTo(int bucket, bool selecting) {
    m_cursor = std::clamp(bucket, 0, count() - 1);
    if (selecting)
        select(m_anchor, m_cursor);
    else
        m_anchor = m_cursor;
    setAccessibleDescription(wordsOf(m_cursor));
    update();
}

void HistogramStrip::keyPressEvent(QKeyEvent* event) {
    const bool selecting = event->modifiers().testFlag(Qt::ShiftModifier);
    if (count() == 0)
        QWidget::keyPressEvent(event);
    else if (event->key() == Qt::Key_Left)
        walkTo(m_cursor < 0 ? count() - 1 : m_cursor - 1, selecting);
    else if (event->key() == Qt::Key_Right)
        walkTo(m_cursor + 1, selecting);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_cursor >= 0)
        Q_EMIT momentChosen(timeOf(m_cursor));
    else if (event->key() == Qt::Key_Escape && m_selected)
        clearSelection();
    else
        QWidget::keyPressEvent(event);
}

QString HistogramStrip::wordsOf(int bucket) const {
    const models::LevelCounts& counts = m_buckets[bucket];
    QStringList parts{
        tr("%1 to %2").arg(formatClock(timeOf(bucket)), formatTime(timeOf(bucket + 1))),
        countOf(linesOf(counts), tr("%1 line"), tr("%L1 lines"))};
    for (const LogLevel level : {LogLevel::Fatal, LogLevel::Error, LogLevel::Warning}) {
        if (const std::int64_t lines = counts[static_cast<size_t>(level)]; lines > 0)
            parts.append(tr("%1: %2").arg(levelWord(level), QLocale().toString(qlonglong(lines))));
    }
    return parts.join(QStringLiteral(", "));
}

bool HistogramStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int bucket = bucketAt(help->pos().x());
        QToolTip::showText(help->globalPos(), bucket < 0 ? QString() : wordsOf(bucket), this);
        return true;
    }
    return QWidget::event(event);
}

QSize HistogramStrip::sizeHint() const {
    return {bucketWidth * 100, stripHeight};
}

} // namespace ui
