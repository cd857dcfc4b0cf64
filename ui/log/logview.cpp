// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logview.h"

#include "ui/log/levelsign.h"
#include "ui/log/linecells.h"
#include "ui/theme/theme.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr qint64 longestBar = 1 << 30; ///< steps of the scroll bar, whose range is an int
constexpr int leastRows = 6;
constexpr int sideSteps = 4; ///< columns that one step to the side goes
constexpr std::chrono::milliseconds dragPace{40};

} // namespace

LogView::LogView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_normal(ui::font(TextRole::Mono))
    , m_bold(ui::font(TextRole::Mono, Emphasis::Strong))
    , m_dragTimer(std::make_unique<QTimer>()) {
    setObjectName(QStringLiteral("logView"));
    setAccessibleName(tr("Log"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    m_dragTimer->setInterval(dragPace);
    connect(m_dragTimer.get(), &QTimer::timeout, this, &LogView::dragOn);
    connect(&Theme::instance(), &Theme::changed, this, &LogView::onThemeChanged);
}

LogView::~LogView() = default;

void LogView::setLines(LogLines* lines) {
    if (m_lines == lines)
        return;
    if (m_lines)
        disconnect(m_lines, nullptr, this, nullptr);
    m_lines = lines;
    if (lines) {
        connect(lines, &LogLines::changed, this, &LogView::onChanged);
        connect(lines, &LogLines::inserted, this, &LogView::onInserted);
        connect(lines, &LogLines::reset, this, &LogView::onReset);
    }
    onReset();
}

void LogView::setWrapping(Wrapping wrapping) {
    m_wrapping = wrapping;
    m_topPart = 0;
    settle();
}

void LogView::setEmptyWords(const QString& words) {
    if (words == m_emptyWords)
        return;
    m_emptyWords = words;
    viewport()->update();
}

void LogView::setHighlighter(Highlighter highlighter) {
    m_highlighter = std::move(highlighter);
    viewport()->update();
}

void LogView::setBookmarkTest(BookmarkTest hasBookmark) {
    m_hasBookmark = std::move(hasBookmark);
    viewport()->update();
}

qint64 LogView::firstRow() const {
    return m_lines ? m_lines->firstRow() : 0;
}

qint64 LogView::endRow() const {
    return m_lines ? m_lines->endRow() : 0;
}

void LogView::onChanged() {
    if (m_cursor && m_cursor->row < firstRow())
        m_cursor.reset();
    settle();
    if (!m_isFollowing)
        Q_EMIT followingChanged();
}

void LogView::onInserted(qint64 row, qint64 count) {
    const auto push = [row, count](qint64& number) {
        if (number >= row)
            number += count;
    };
    push(m_top);
    push(m_anchor.row);
    if (m_cursor)
        push(m_cursor->row);
    if (row < m_seenEnd)
        m_seenEnd += count; // those at the end are new, however they came
    settle();
}

void LogView::onReset() {
    m_cursor.reset();
    m_anchor = {};
    m_widest = 0;
    m_top = firstRow();
    m_topPart = 0;
    m_isFollowing = true;
    m_isAtFoot = true;
    settle();
    Q_EMIT followingChanged();
    Q_EMIT selectionChanged();
}

void LogView::onThemeChanged() {
    m_normal = CellFont(ui::font(TextRole::Mono));
    m_bold = CellFont(ui::font(TextRole::Mono, Emphasis::Strong));
    m_canvas.forget();
    settle();
}

int LogView::gutterWidth() const {
    constexpr int clockCells = 12;
    return space::m + static_cast<int>(std::ceil(clockCells * m_normal.cellWidth())) + space::s +
           levelSignSize + space::s;
}

int LogView::textColumns() const {
    const int width = viewport()->width() - gutterWidth() - space::s;
    return std::max(1, static_cast<int>(width / m_normal.cellWidth()));
}

int LogView::firstColumn() const {
    return m_wrapping == Wrapping::On ? 0 : horizontalScrollBar()->value();
}

int LogView::pageRows() const {
    return std::max(1, viewport()->height() / lineHeight());
}

int LogView::partsOf(const LogRow& row) const {
    if (m_wrapping == Wrapping::Off || row.line.marker)
        return 1;
    const int columns = shapeOf(row.line.text).columns;
    return std::max(1, (columns + textColumns() - 1) / textColumns());
}

qint64 LogView::partsTo(qint64 row) const {
    const qint64 most = row - m_top + 1;
    if (m_wrapping == Wrapping::Off || most > pageRows())
        return most; // at least: enough to know that it is not in sight
    qint64 parts = -m_topPart;
    for (qint64 number = m_top; number <= row; ++number)
        parts += partsOf(m_lines->row(number));
    return parts;
}

bool LogView::isInSight(qint64 row) const {
    return (row > m_top || (row == m_top && m_topPart == 0)) && partsTo(row) <= pageRows();
}

/// Fits the scroll bars to the rows. What is in sight stays in sight, also when old rows go.
void LogView::settle() {
    const QScopedValueRollback settling(m_isSettling, true);
    if (m_top < firstRow())
        m_topPart = 0;
    m_top = std::clamp(m_top, firstRow(), std::max(firstRow(), endRow() - 1));
    if (m_isFollowing)
        scrollToEnd();
    const qint64 span = std::max<qint64>(0, endRow() - firstRow() - pageRows());
    m_scale = span / longestBar + 1;
    QScrollBar* bar = verticalScrollBar();
    bar->setPageStep(static_cast<int>(std::max<qint64>(1, pageRows() / m_scale)));
    bar->setRange(0, static_cast<int>(span / m_scale));
    showTop(m_isFollowing);
    QScrollBar* side = horizontalScrollBar();
    side->setSingleStep(sideSteps);
    side->setPageStep(textColumns());
    side->setRange(0, m_wrapping == Wrapping::On ? 0 : std::max(0, m_widest - textColumns()));
    viewport()->update();
}

void LogView::showTop(bool atEnd) {
    QScrollBar* bar = verticalScrollBar();
    bar->setValue(atEnd ? bar->maximum() : static_cast<int>((m_top - firstRow()) / m_scale));
}

/// The last row ends at the bottom.
void LogView::scrollToEnd() {
    if (m_wrapping == Wrapping::Off || !m_lines) {
        m_top = std::max(firstRow(), endRow() - pageRows());
        m_topPart = 0;
        return;
    }
    int room = pageRows();
    qint64 row = endRow();
    int parts = 0;
    while (room > 0 && row > firstRow()) {
        --row;
        parts = partsOf(m_lines->row(row));
        room -= parts;
    }
    m_top = row;
    m_topPart = std::min(std::max(0, -room), std::max(0, parts - 1));
}

void LogView::moveTop(qint64 row, int part) {
    const qint64 last = std::max(firstRow(), endRow() - pageRows());
    const bool isWrapped = m_wrapping == Wrapping::On;
    m_top = std::clamp(row, firstRow(), isWrapped ? std::max(firstRow(), endRow() - 1) : last);
    m_topPart = m_top == row ? part : 0;
    bool atEnd = m_top >= last;
    if (isWrapped && atEnd) {
        const std::pair wanted(m_top, m_topPart);
        scrollToEnd(); // tells where the end is; nothing scrolls past it
        atEnd = wanted >= std::pair(m_top, m_topPart);
        if (!atEnd)
            std::tie(m_top, m_topPart) = wanted;
    }
    const QScopedValueRollback settling(m_isSettling, true);
    m_isAtFoot = atEnd;
    setFollowing(atEnd);
    showTop(atEnd);
    viewport()->update();
}

void LogView::scrollBy(qint64 lines) {
    qint64 row = m_top;
    if (m_wrapping == Wrapping::Off || !m_lines || endRow() == firstRow()) {
        moveTop(row + lines, 0);
        return;
    }
    qint64 part = m_topPart + lines;
    while (part < 0 && row > firstRow())
        part += partsOf(m_lines->row(--row));
    while (row < endRow() - 1) {
        const int parts = partsOf(m_lines->row(row));
        if (part < parts)
            break;
        part -= parts;
        ++row;
    }
    moveTop(row, static_cast<int>(std::max<qint64>(0, part)));
}

void LogView::scrollContentsBy(int, int dy) {
    viewport()->update();
    if (m_isSettling || dy == 0)
        return;
    const QScrollBar* bar = verticalScrollBar();
    if (bar->value() >= bar->maximum())
        follow();
    else
        moveTop(firstRow() + bar->value() * m_scale, 0);
}

void LogView::setFollowing(bool following) {
    if (following == m_isFollowing)
        return;
    m_isFollowing = following;
    m_seenEnd = endRow();
    Q_EMIT followingChanged();
}

void LogView::follow() {
    m_isAtFoot = true;
    setFollowing(true);
    settle();
}

qint64 LogView::newRows() const {
    return m_isFollowing ? 0 : std::max<qint64>(0, endRow() - m_seenEnd);
}

void LogView::goTo(qint64 row) {
    if (row < firstRow() || row >= endRow())
        return;
    moveTo({row, 0}, Extend::No);
    if (!isInSight(row))
        moveTop(row - pageRows() / 2, 0);
}

void LogView::bringIntoSight(qint64 row) {
    if (isInSight(row))
        return;
    if (row <= m_top)
        moveTop(row, 0);
    else
        scrollBy(partsTo(row) - pageRows());
}

void LogView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    settle();
    if (!m_isFollowing)
        Q_EMIT followingChanged(); // what tells of new rows has another place
}

QSize LogView::sizeHint() const {
    return {480, leastRows * lineHeight()};
}

} // namespace ui
