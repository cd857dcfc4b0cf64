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
constexpr qreal backdropStrength = 0.16;

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
                                std::vector<models::LevelCounts> buckets,
                                std::vector<models::LevelCounts> backdrop) {
    m_start = start;
    m_length = length;
    m_buckets = std::move(buckets);
    m_backdrop = std::move(backdrop);
    m_cursor = std::min(m_cursor, count() - 1);
    update();
}

void HistogramStrip::setInSight(const std::optional<Range>& range) {
    m_inSight = range;
    update();
}

void HistogramStrip::setSelectedRange(const std::optional<Range>& range) {
    m_selected = range;
    update();
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

qreal HistogramStrip::placeOf(models::Instant at) const {
    const qreal whole = qreal(m_length) * std::max(1, count());
    const qreal share = qreal(at.nanoseconds - m_start.nanoseconds) / std::max(1.0, whole);
    return std::clamp(share, 0.0, 1.0) * width();
}

int HistogramStrip::bucketAt(int x) const {
    return count() == 0 ? -1 : std::clamp(x * count() / std::max(1, width()), 0, count() - 1);
}

qreal HistogramStrip::leftOf(int bucket) const {
    return count() == 0 ? 0 : qreal(width()) * bucket / count();
}

/// On a scale of its own: where few of many lines are left, both can be seen.
void HistogramStrip::paintBackdrop(QPainter& painter) const {
    std::int64_t most = 1;
    for (const models::LevelCounts& counts : m_backdrop)
        most = std::max(most, linesOf(counts));
    const QColor pale = blend(colour(Colour::Surface), colour(Colour::Quiet), backdropStrength);
    const qreal room = height() - 1 - bracketHeight - space::xs;
    for (int bucket = 0; bucket < static_cast<int>(m_backdrop.size()); ++bucket) {
        const auto lines = static_cast<qreal>(linesOf(m_backdrop[static_cast<size_t>(bucket)]));
        const qreal tall = lines == 0 ? 0 : std::max(1.0, room * lines / static_cast<qreal>(most));
        painter.fillRect(QRectF(leftOf(bucket), height() - 1 - tall, leftOf(1), tall), pale);
    }
}

void HistogramStrip::paintColumns(QPainter& painter) const {
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
}

void HistogramStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), colour(Colour::Line));
    paintBackdrop(painter);
    paintColumns(painter);
    const auto span = [this](const Range& range, qreal least, qreal tall) {
        const qreal left = placeOf(range.first);
        return QRectF(left, 0, std::max(least, placeOf(range.second) - left), tall);
    };
    if (m_selected && count() > 0) {
        QColor tint = colour(Colour::Accent);
        tint.setAlphaF(selectionStrength);
        painter.fillRect(span(*m_selected, 1, height() - 1), tint);
    }
    if (m_inSight && count() > 0)
        painter.fillRect(span(*m_inSight, 2, bracketHeight), colour(Colour::Accent));
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
    const Range wanted(timeOf(std::min(first, last)), timeOf(std::max(first, last) + 1));
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
    if (isClick)
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
    if (static_cast<size_t>(bucket) < m_backdrop.size())
        parts.last() =
            tr("%1 of %L2")
                .arg(parts.last())
                .arg(static_cast<qlonglong>(linesOf(m_backdrop[static_cast<size_t>(bucket)])));
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
