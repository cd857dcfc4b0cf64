// SPDX-License-Identifier: GPL-3.0-or-later
// How the rows in sight get to the screen.
#include "ui/log/cellcanvas.h"
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
#include <vector>

namespace ui {

namespace {

constexpr int tickWidth = 3;
constexpr qreal flagHeight = 8;
constexpr qreal hitStrength = 0.22;
constexpr qreal markerStrength = 0.07;
constexpr size_t knownStyles = 24; ///< more are seldom, and would take long to look through

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
    QColor marker = blend(surface, colour(Colour::Waiting), markerStrength);
    /// What programs' styles became in this paint: to find readable colours takes a while.
    struct Known {
        models::TextStyle style;
        QRgb ink;
        QRgb ground;
        CellStyle cell;
    };
    std::vector<Known> known;
};

/// What a row's parts have in common.
struct LogView::RowPaint {
    using Hit = std::pair<qsizetype, qsizetype>;

    const LogRow& row;
    LineShape shape;
    QList<Hit> hits;
    QColor ink;
    QColor ground;
    qsizetype selectedFrom = 0;
    qsizetype selectedTo = 0;
};

CellStyle LogView::styleOf(const models::LogSpan& span, const RowPaint& row, Inks& inks) {
    const QRgb plain = row.ink.rgb();
    const QRgb ground = row.ground.rgb();
    for (const Inks::Known& known : inks.known) {
        if (known.ink == plain && known.ground == ground && known.style == span.style)
            return known.cell;
    }
    const TerminalInk ink = terminalInk(span.style, row.ink, inks.surface);
    const CellStyle cell{ink.text.rgb(), ink.ground.isValid() ? ink.ground.rgb() : ground,
                         span.style.bold ? GlyphBatch::Weight::Bold : GlyphBatch::Weight::Normal};
    if (inks.known.size() < knownStyles)
        inks.known.push_back({span.style, plain, ground, cell});
    return cell;
}

void LogView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    Inks inks;
    if (!m_lines) {
        painter.fillRect(event->rect(), inks.surface);
        return;
    }
    const int widest = m_widest;
    int top = -m_topPart * lineHeight();
    // A last part that does not fit shows at the top what is cut, not at the end.
    if (m_isAtFoot && endRow() - firstRow() >= pageRows())
        top += viewport()->height() - pageRows() * lineHeight();
    painter.fillRect(0, 0, viewport()->width(), std::max(0, top), inks.surface);
    m_canvas.begin(painter, viewport()->width(), gutterWidth());
    for (qint64 row = m_top; row < endRow() && top < viewport()->height(); ++row)
        paintRow(inks, row, top);
    m_canvas.end();
    painter.fillRect(0, top, viewport()->width(), std::max(0, viewport()->height() - top),
                     inks.surface);
    if (endRow() == firstRow())
        paintEmptyWords(painter, inks);
    if (m_widest > widest && m_wrapping == Wrapping::Off)
        horizontalScrollBar()->setRange(0, std::max(0, m_widest - textColumns()));
}

void LogView::paintEmptyWords(QPainter& painter, const Inks& inks) const {
    const int border = viewport()->width() / 8;
    painter.setFont(font());
    painter.setPen(inks.quiet);
    painter.drawText(viewport()->rect().adjusted(border, 0, -border, 0),
                     Qt::AlignCenter | Qt::TextWrapAnywhere, m_emptyWords);
}

void LogView::paintRow(Inks& inks, qint64 number, int& top) {
    const LogRow row = m_lines->row(number);
    const bool hasBookmark = m_hasBookmark && m_hasBookmark(number);
    if (row.line.marker) {
        QPainter& painter = m_canvas.beginLine(top, inks.marker.rgb());
        painter.fillRect(0, top, viewport()->width(), lineHeight(), inks.marker);
        paintMarker(painter, *row.line.marker, top);
        if (hasBookmark)
            paintBookmark(painter, top);
        top += lineHeight();
        return;
    }
    RowPaint paint{row, shapeOf(row.line.text), {}, inks.text, inks.surface};
    m_widest = std::max(m_widest, paint.shape.columns);
    if (m_highlighter)
        paint.hits = m_highlighter(row.line.text);
    if (row.isContext)
        paint.ink = inks.quiet;
    else if (levelTone(row.line.level) == Colour::Fail)
        paint.ink = inks.grave;
    else if (row.line.level == models::LogLevel::Debug || row.line.level == models::LogLevel::Trace)
        paint.ink = inks.quiet;
    if (number == currentRow()) // whoever has the focus: a field goes from hit to hit, too
        paint.ground = inks.current;
    const auto [from, to] = selection();
    if (from != to && from.row <= number && number <= to.row) {
        paint.selectedFrom = from.row == number ? from.byte : 0;
        paint.selectedTo = to.row == number ? to.byte : row.line.text.size() + 1;
    }
    const int parts = partsOf(row);
    for (int part = 0; part < parts; ++part, top += lineHeight()) {
        if (top <= -lineHeight() || top >= viewport()->height())
            continue;
        QPainter& painter = m_canvas.beginLine(top, paint.ground.rgb());
        painter.fillRect(QRect(0, top, tickWidth, lineHeight()), sourceColour(row.source));
        if (part == 0)
            paintGutter(painter, inks, paint, top);
        if (part == 0 && hasBookmark)
            paintBookmark(painter, top);
        paintPart(inks, paint, part);
        if (part == 0 && row.isParted)
            painter.fillRect(0, top, viewport()->width(), 1, inks.line);
    }
}

void LogView::paintGutter(QPainter& painter, const Inks& inks, const RowPaint& row, int top) {
    const CellStyle style{inks.quiet.rgb(), row.ground.rgb()};
    m_canvas.beginCells(space::m);
    int column = 0;
    for (const char character : formatClock(row.row.line.time).toLatin1())
        m_canvas.put(column++, 1, static_cast<unsigned char>(character), style);
    m_canvas.endCells();
    const QRectF sign(gutterWidth() - space::s - levelSignSize,
                      top + (lineHeight() - levelSignSize) / 2.0, levelSignSize, levelSignSize);
    paintLevel(painter, sign, row.row.line.level);
}

void LogView::paintPart(Inks& inks, const RowPaint& row, int part) {
    const QByteArrayView text = row.row.line.text;
    const int first = firstColumn() + part * textColumns();
    const int last = first + textColumns() + (m_wrapping == Wrapping::On ? 0 : 1);
    RangeWalk spans(
        row.row.spans, [](const models::LogSpan& span) { return span.start; },
        [](const models::LogSpan& span) { return span.start + span.length; });
    RangeWalk hits(
        row.hits, [](const RowPaint::Hit& hit) { return hit.first; },
        [](const RowPaint::Hit& hit) { return hit.first + hit.second; });

    const CellStyle plain{row.ink.rgb(), row.ground.rgb()};
    const models::LogSpan* span = nullptr;
    CellStyle styled = plain;
    const bool canSkip = row.shape.isPlain && first < text.size();
    LineCells cells(text, canSkip ? first : 0, canSkip ? first : 0);
    LineCell cell;
    int end = first;
    m_canvas.beginText();
    while (cells.next(cell) && cell.column < last) {
        if (cell.column < first)
            continue;
        if (const models::LogSpan* now = spans.at(cell.byte); now != span) {
            span = now;
            styled = span ? styleOf(*span, row, inks) : plain;
        }
        CellStyle style = styled;
        if (cell.byte >= row.selectedFrom && cell.byte < row.selectedTo)
            style.ground = inks.selection.rgb();
        else if (hits.at(cell.byte))
            style.ground = inks.hit.rgb();
        m_canvas.put(cell.column - first, cell.width, cell.character, style);
        if (span && span->style.underline)
            m_canvas.rule(cell.column - first, cell.width, m_normal.baseline() + 2, style.ink);
        else if (span && span->style.strikeOut)
            m_canvas.rule(cell.column - first, cell.width, lineHeight() / 2.0, style.ink);
        end = cell.column + cell.width;
    }
    if (row.selectedTo > text.size() && end < last) // the line end is taken along
        m_canvas.put(end - first, 1, U' ', {plain.ink, inks.selection.rgb()});
    m_canvas.endCells();
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
