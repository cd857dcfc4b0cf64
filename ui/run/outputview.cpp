// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/outputview.h"

#include "ui/run/outputbuffer.h"
#include "ui/run/styledtext.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {
constexpr int leastLines = 6;
} // namespace

OutputView::OutputView(QWidget* parent)
    : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("outputView"));
    setAccessibleName(tr("Output"));
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    connect(&m_seeker, &OutputSearch::finished, this, &OutputView::showHit);
    setFrameShape(QFrame::NoFrame);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        settleScroll();
        viewport()->update();
    });
}

void OutputView::setBuffer(OutputBuffer* buffer) {
    if (m_buffer == buffer)
        return;
    if (m_buffer)
        disconnect(m_buffer, nullptr, this, nullptr);
    m_buffer = buffer;
    m_seeker.stop();
    m_hit = -1;
    m_anchor = m_cursor = {};
    m_isFollowing = true;
    m_firstShown = buffer ? buffer->firstLine() : 0;
    if (buffer)
        connect(buffer, &OutputBuffer::changed, this, &OutputView::onBufferChanged);
    settleScroll();
    viewport()->update();
    Q_EMIT followingChanged();
}

int OutputView::lineHeight() const {
    return int(std::ceil(QFontMetricsF(ui::font(TextRole::Mono)).height())) + 2;
}

qreal OutputView::cellWidth() const {
    return QFontMetricsF(ui::font(TextRole::Mono)).horizontalAdvance(QLatin1Char('M'));
}

int OutputView::visibleLines() const {
    return std::max(1, (viewport()->height() - 2 * margin) / lineHeight());
}

qint64 OutputView::topLine() const {
    return m_firstShown + verticalScrollBar()->value();
}

qint64 OutputView::newLines() const {
    return m_buffer && !m_isFollowing ? std::max<qint64>(0, m_buffer->endLine() - m_seenEnd) : 0;
}

void OutputView::onBufferChanged() {
    settleScroll();
    viewport()->update();
    if (!m_isFollowing)
        Q_EMIT followingChanged();
}

/// Fits the scroll bars to the buffer. What is in sight stays in sight, also when old lines go.
void OutputView::settleScroll() {
    const QScopedValueRollback settling(m_isSettling, true);
    const qint64 first = m_buffer ? m_buffer->firstLine() : 0;
    const qint64 count = m_buffer ? m_buffer->endLine() - first : 0;
    const qint64 top = topLine();
    m_firstShown = first;
    QScrollBar* bar = verticalScrollBar();
    bar->setPageStep(visibleLines());
    bar->setRange(0, int(std::max<qint64>(0, count - visibleLines())));
    bar->setValue(m_isFollowing ? bar->maximum() : int(std::max<qint64>(0, top - first)));
    const qreal width = (m_buffer ? m_buffer->longestLine() : 0) * cellWidth() + textLeft + margin;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(int(cellWidth() * 4));
    horizontalScrollBar()->setRange(0, std::max(0, int(width) - viewport()->width()));
}

void OutputView::scrollContentsBy(int, int) {
    viewport()->update();
    if (m_isSettling)
        return;
    const bool isAtEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    if (isAtEnd == m_isFollowing)
        return;
    m_isFollowing = isAtEnd;
    m_seenEnd = m_buffer ? m_buffer->endLine() : 0;
    Q_EMIT followingChanged();
}

void OutputView::scrollToEnd() {
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    if (!m_isFollowing) {
        m_isFollowing = true;
        Q_EMIT followingChanged();
    }
}

void OutputView::setSearch(const QString& text) {
    m_search = text;
    m_seeker.stop();
    m_hit = -1;
    viewport()->update();
}

void OutputView::goToHit(int step) {
    if (!m_buffer) {
        Q_EMIT hitSought(false);
        return;
    }
    const qint64 from =
        m_hit >= 0 ? m_hit + step : (step > 0 ? topLine() : m_buffer->endLine() - 1);
    const qint64 wrapped = from >= m_buffer->endLine()    ? m_buffer->firstLine()
                           : from < m_buffer->firstLine() ? m_buffer->endLine() - 1
                                                          : from;
    m_seeker.start(m_buffer, m_search, wrapped, step);
}

void OutputView::showHit(qint64 line) {
    m_hit = line;
    if (m_hit >= 0 && (m_hit < topLine() || m_hit >= topLine() + visibleLines()))
        verticalScrollBar()->setValue(int(m_hit - m_firstShown) - visibleLines() / 2);
    viewport()->update();
    Q_EMIT hitSought(m_hit >= 0);
}

QSize OutputView::sizeHint() const {
    return {320, leastLines * lineHeight() + 2 * margin};
}

void OutputView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colour(Colour::Window));
    if (m_buffer) {
        painter.setFont(ui::font(TextRole::Mono));
        const int height = lineHeight();
        const qint64 top = topLine();
        const qint64 end = std::min(m_buffer->endLine(), top + visibleLines() + 2);
        for (qint64 number = std::max(top, m_buffer->firstLine()); number < end; ++number) {
            const QRectF rect(0, margin + int(number - top) * height, viewport()->width(), height);
            paintMarks(painter, rect, number);
            paintLine(painter, rect, number);
        }
    }
    if (hasFocus()) {
        painter.setPen(QPen(colour(Colour::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void OutputView::paintMarks(QPainter& painter, const QRectF& rect, qint64 number) const {
    const QString& text = m_buffer->line(number).styled.text;
    const qreal left = textLeft - horizontalScrollBar()->value();
    const auto mark = [&](qsizetype from, qsizetype to, const QColor& tone) {
        painter.fillRect(QRectF(left + from * cellWidth(), rect.top(),
                                std::max<qreal>(2, (to - from) * cellWidth()), rect.height()),
                         tone);
    };
    const auto [from, to] = std::minmax(m_anchor, m_cursor);
    if (from != to && number >= from.line && number <= to.line)
        mark(number == from.line ? from.column : 0, number == to.line ? to.column : text.size(),
             blend(colour(Colour::Window), colour(Colour::Accent), 0.3));
    if (m_search.isEmpty())
        return;
    for (qsizetype at = text.indexOf(m_search, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(m_search, at + m_search.size(), Qt::CaseInsensitive))
        mark(at, at + m_search.size(),
             blend(colour(Colour::Window), colour(Colour::Warn), number == m_hit ? 0.55 : 0.3));
}

void OutputView::paintLine(QPainter& painter, const QRectF& rect, qint64 number) const {
    const OutputBuffer::Line& line = m_buffer->line(number);
    if (line.stream == 1)
        painter.fillRect(QRectF(margin, rect.top(), edgeWidth, rect.height()),
                         colour(Colour::Warn));
    painter.save();
    painter.setClipRect(QRectF(textLeft, rect.top(), rect.width() - textLeft, rect.height()));
    const int scrolled = horizontalScrollBar()->value();
    // Only what is in sight: a line can be 16,384 characters long.
    const int firstColumn = int(scrolled / cellWidth());
    const int columns = int(rect.width() / cellWidth()) + 2;
    paintStyledLine(painter, QPointF(textLeft - scrolled, rect.top()), rect.height(), cellWidth(),
                    line.styled, firstColumn, columns);
    painter.restore();
}

void OutputView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    settleScroll();
}

void OutputView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void OutputView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace ui
