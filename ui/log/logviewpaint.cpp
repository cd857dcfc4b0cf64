// SPDX-License-Identifier: GPL-3.0-or-later
// How the rows in sight get to the screen: grounds at once, glyphs gathered and drawn at the end.
#include "ui/log/glyphbatch.h"
#include "ui/log/levelsign.h"
#include "ui/log/linecells.h"
#include "ui/log/logview.h"
#include "ui/log/logwords.h"
#include "ui/log/sourcecolour.h"
#include "ui/theme/terminalcolour.h"
#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"

#include <QPainter>
#include <QPaintEvent>
#include <QScrollBar>

#include <algorithm>

namespace ui {

namespace {

constexpr int tickWidth = 3;
constexpr qreal flagHeight = 8;
constexpr qreal hitStrength = 0.22;
constexpr qreal markerStrength = 0.07;
/// So much is painted at a time, grounds and glyphs: waiting for pixels that the cache has lost
/// takes longer than painting them. Fewer would draw too few glyphs at once.
constexpr qreal bandPixels = 64 * 1024;

/// Grounds of neighbouring cells, filled at once where they are the same.
class GroundRun {
public:
    GroundRun(QPainter& painter, qreal left, qreal cell, int top, int height)
        : m_painter(painter)
        , m_left(left)
        , m_cell(cell)
        , m_top(top)
        , m_height(height) {}
    ~GroundRun() { end(); }
    Q_DISABLE_COPY_MOVE(GroundRun)

    /// column counts from the left of the view.
    void add(int column, int width, const QColor& ground) {
        if (ground == m_ground && column == m_end) {
            m_end += width;
            return;
        }
        end();
        m_ground = ground;
        m_begin = column;
        m_end = column + width;
    }

private:
    void end() {
        if (m_ground.isValid() && m_end > m_begin) {
            m_painter.fillRect(
                QRectF(m_left + m_begin * m_cell, m_top, (m_end - m_begin) * m_cell, m_height),
                m_ground);
        }
        m_begin = m_end = 0;
    }

    QPainter& m_painter;
    qreal m_left;
    qreal m_cell;
    int m_top;
    int m_height;
    QColor m_ground;
    int m_begin = 0;
    int m_end = 0;
};

/// Which of some ranges, in order, a byte is in; asked with growing bytes.
template <class Range, class Begin, class End>
class RangeWalk {
public:
    RangeWalk(const QList<Range>& ranges, Begin begin, End end)
        : m_at(ranges.cbegin())
        , m_last(ranges.cend())
        , m_begin(begin)
        , m_end(end) {}

    [[nodiscard]] const Range* at(qsizetype byte) {
        while (m_at != m_last && m_end(*m_at) <= byte)
            ++m_at;
        return m_at != m_last && m_begin(*m_at) <= byte ? &*m_at : nullptr;
    }

private:
    typename QList<Range>::const_iterator m_at;
    typename QList<Range>::const_iterator m_last;
    Begin m_begin;
    End m_end;
};

} // namespace

/// The theme's colours, looked up once a paint.
struct LogView::Inks {
    QColor surface = colour(Colour::Surface);
    QColor text = colour(Colour::Text);
    QColor quiet = colour(Colour::Quiet);
    QColor grave = colour(Colour::Fail);
    QColor selection = colour(Colour::Selection);
    QColor hit = blend(surface, colour(Colour::Warn), hitStrength);
    QColor current = colour(Colour::Hover);
    QColor line = colour(Colour::Line);
};

/// What a row's parts have in common.
struct LogView::RowPaint {
    using Hit = std::pair<qsizetype, qsizetype>;

    const LogRow& row;
    LineShape shape;
    QList<Hit> hits;
    QColor ink;
    qsizetype selectedFrom = 0;
    qsizetype selectedTo = 0;
};

void LogView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const Inks inks;
    if (!m_lines) {
        painter.fillRect(event->rect(), inks.surface);
        return;
    }
    GlyphBatch batch(m_normal, m_bold);
    const int widest = m_widest;
    int top = -m_topPart * lineHeight();
    // A last part that does not fit shows at the top what is cut, not at the end that is followed.
    if (m_isFollowing && endRow() - firstRow() >= pageRows())
        top += viewport()->height() - pageRows() * lineHeight();
    painter.fillRect(0, 0, viewport()->width(), std::max(0, top), inks.surface);
    const qreal ratio = painter.deviceTransform().m11();
    const int band = static_cast<int>(bandPixels / (ratio * ratio * viewport()->width())) + 1;
    int drawn = top;
    for (qint64 row = m_top; row < endRow() && top < viewport()->height(); ++row) {
        paintRow(painter, batch, inks, row, top, 0);
        if (top - drawn > band) {
            batch.draw(painter);
            drawn = top;
        }
    }
    batch.draw(painter);
    painter.fillRect(0, top, viewport()->width(), std::max(0, viewport()->height() - top),
                     inks.surface);
    if (m_widest > widest && m_wrapping == Wrapping::Off)
        horizontalScrollBar()->setRange(0, std::max(0, m_widest - textColumns()));
}

void LogView::paintRow(QPainter& painter, GlyphBatch& batch, const Inks& inks, qint64 number,
                       int& top, int part) {
    const LogRow row = m_lines->row(number);
    const bool hasBookmark = m_hasBookmark && m_hasBookmark(number);
    if (row.line.marker) {
        paintMarker(painter, *row.line.marker, top);
        if (hasBookmark)
            paintBookmark(painter, top);
        top += lineHeight();
        return;
    }
    RowPaint paint{row, shapeOf(row.line.text), {}, inks.text};
    m_widest = std::max(m_widest, paint.shape.columns);
    if (m_highlighter)
        paint.hits = m_highlighter(row.line.text);
    if (row.isContext)
        paint.ink = inks.quiet;
    else if (levelTone(row.line.level) == Colour::Fail)
        paint.ink = inks.grave;
    else if (row.line.level == models::LogLevel::Debug || row.line.level == models::LogLevel::Trace)
        paint.ink = inks.quiet;
    const auto [from, to] = selection();
    if (from != to && from.row <= number && number <= to.row) {
        paint.selectedFrom = from.row == number ? from.byte : 0;
        paint.selectedTo = to.row == number ? to.byte : row.line.text.size() + 1;
    }
    const int parts = partsOf(row);
    painter.fillRect(0, top, viewport()->width(), parts * lineHeight(), inks.surface);
    if (number == currentRow() && hasFocus())
        painter.fillRect(0, top, viewport()->width(), parts * lineHeight(), inks.current);
    if (row.isParted)
        painter.fillRect(0, top, viewport()->width(), 1, inks.line);
    paintGutter(painter, batch, inks, row, top);
    if (hasBookmark)
        paintBookmark(painter, top);
    for (; part < parts; ++part) {
        if (top > -lineHeight() && top < viewport()->height())
            paintPart(painter, batch, inks, paint, part, top);
        top += lineHeight();
    }
}

void LogView::paintGutter(QPainter& painter, GlyphBatch& batch, const Inks& inks, const LogRow& row,
                          int top) const {
    painter.fillRect(QRect(0, top, tickWidth, lineHeight()), sourceColour(row.source));
    const QByteArray clock = formatClock(row.line.time).toLatin1();
    batch.add(QLatin1String(clock), QPointF(space::m, top + m_normal.baseline()), inks.quiet.rgba(),
              GlyphBatch::Weight::Normal);
    const QRectF sign(gutterWidth() - space::s - levelSignSize,
                      top + (lineHeight() - levelSignSize) / 2.0, levelSignSize, levelSignSize);
    paintLevel(painter, sign, row.line.level);
}

void LogView::paintPart(QPainter& painter, GlyphBatch& batch, const Inks& inks, const RowPaint& row,
                        int part, int top) const {
    const QByteArrayView text = row.row.line.text;
    const int first = firstColumn() + part * textColumns();
    const int last = first + textColumns() + (m_wrapping == Wrapping::On ? 0 : 1);
    const qreal left = gutterWidth();
    const qreal cellWidth = m_normal.cellWidth();
    GroundRun grounds(painter, left, cellWidth, top, lineHeight());
    RangeWalk spans(
        row.row.spans, [](const models::LogSpan& span) { return span.start; },
        [](const models::LogSpan& span) { return span.start + span.length; });
    RangeWalk hits(
        row.hits, [](const RowPaint::Hit& hit) { return hit.first; },
        [](const RowPaint::Hit& hit) { return hit.first + hit.second; });

    const models::LogSpan* span = nullptr;
    TerminalInk ink{row.ink, {}};
    auto weight = GlyphBatch::Weight::Normal;
    const bool canSkip = row.shape.isPlain && first < text.size();
    LineCells cells(text, canSkip ? first : 0, canSkip ? first : 0);
    LineCell cell;
    int end = first;
    while (cells.next(cell) && cell.column < last) {
        if (cell.column < first)
            continue;
        if (const models::LogSpan* now = spans.at(cell.byte); now != span) {
            span = now;
            ink = span ? terminalInk(span->style, row.ink, inks.surface) : TerminalInk{row.ink, {}};
            weight =
                span && span->style.bold ? GlyphBatch::Weight::Bold : GlyphBatch::Weight::Normal;
        }
        const bool isSelected = cell.byte >= row.selectedFrom && cell.byte < row.selectedTo;
        const QColor ground = isSelected           ? inks.selection
                              : hits.at(cell.byte) ? inks.hit
                                                   : ink.ground;
        grounds.add(cell.column - first, cell.width, ground);
        const QPointF at(left + (cell.column - first) * cellWidth, top + m_normal.baseline());
        batch.add(cell.character, at, ink.text.rgba(), weight);
        if (span && (span->style.underline || span->style.strikeOut)) {
            const qreal y = span->style.underline ? at.y() + 2 : top + lineHeight() / 2.0;
            painter.fillRect(QRectF(at.x(), y, cell.width * cellWidth, 1), ink.text);
        }
        end = cell.column + cell.width;
    }
    if (row.selectedTo > text.size() && end < last)
        grounds.add(end - first, 1, inks.selection); // the line end is taken along
}

/// A small flag between the source's tick and the clock.
void LogView::paintBookmark(QPainter& painter, int top) const {
    const qreal middle = top + lineHeight() / 2.0;
    const qreal left = tickWidth + 1;
    const qreal right = space::m - 1;
    const QPolygonF flag({{left, middle - flagHeight / 2},
                          {right - 3, middle - flagHeight / 2},
                          {right, middle},
                          {right - 3, middle + flagHeight / 2},
                          {left, middle + flagHeight / 2}});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Colour::Accent));
    painter.drawPolygon(flag);
    painter.restore();
}

void LogView::paintMarker(QPainter& painter, const models::LogMarker& marker, int top) const {
    const QRect rect(0, top, viewport()->width(), lineHeight());
    const QColor tone = colour(Colour::Waiting);
    painter.fillRect(rect, blend(colour(Colour::Surface), tone, markerStrength));
    painter.fillRect(QRect(0, top, tickWidth, lineHeight()), tone);
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(tone);
    const QRect words = rect.adjusted(gutterWidth(), 0, -space::s, 0);
    const QString text =
        painter.fontMetrics().elidedText(markerWords(marker), Qt::ElideRight, words.width());
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    const QByteArray clock = formatClock(marker.from).toLatin1();
    painter.setFont(m_normal.font());
    painter.drawText(rect.adjusted(space::m, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QString::fromLatin1(clock));
}

} // namespace ui
