// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does in the log with mouse and keys, and takes along.
#include "ui/log/linecells.h"
#include "ui/log/logview.h"
#include "ui/log/logwords.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace ui {

namespace {
constexpr int wheelRows = 3; ///< a notch of the wheel
constexpr int wheelNotch = 120;
constexpr qint64 mostCopiedRows = 200'000;
constexpr qsizetype mostCopiedBytes = 64 << 20;
} // namespace

std::pair<LogView::Place, LogView::Place> LogView::selection() const {
    const Place cursor = m_cursor.value_or(m_anchor);
    return {std::max(std::min(m_anchor, cursor), {firstRow(), 0}),
            std::max(std::max(m_anchor, cursor), {firstRow(), 0})};
}

bool LogView::hasSelection() const {
    const auto [from, to] = selection();
    return from != to;
}

std::optional<std::pair<qint64, qint64>> LogView::selectedRows() const {
    if (!m_cursor)
        return std::nullopt;
    const auto [from, to] = selection();
    // Where it ends before the first character of a row, nothing of that one is marked.
    const bool isBefore = from.row < to.row && to.byte == 0 && to.row < endRow() &&
                          !m_lines->row(to.row).line.text.isEmpty();
    return std::pair(from.row, isBefore ? to.row - 1 : to.row);
}

void LogView::selectAll() {
    if (endRow() == firstRow())
        return;
    const qint64 last = endRow() - 1;
    m_anchor = {firstRow(), 0};
    m_cursor = Place{last, m_lines->row(last).line.text.size()};
    viewport()->update();
    Q_EMIT selectionChanged();
}

void LogView::selectRows(qint64 first, qint64 last) {
    if (first < firstRow() || last >= endRow() || first > last)
        return;
    moveTo({first, 0}, Extend::No);
    moveTo({last, m_lines->row(last).line.text.size()}, Extend::Selection);
    if (!isInSight(first) || !isInSight(last))
        moveTop(first - pageRows() / 4, 0);
}

/// What of a row is selected, as it is copied.
QByteArray LogView::selectedBytes(const LogRow& row, qint64 number, Times times) const {
    const models::Instant at = row.line.marker ? row.line.marker->from : row.line.time;
    QByteArray bytes;
    if (times == Times::With && !at.isNull())
        bytes = at.toDateTime().toString(Qt::ISODateWithMs).toUtf8() + ' ';
    if (row.line.marker)
        return bytes + "-- " + markerWords(*row.line.marker).toUtf8() + " --";
    const auto [from, to] = selection();
    const QByteArrayView text = row.line.text;
    const qsizetype begin = from != to && number == from.row ? std::min(from.byte, text.size()) : 0;
    const qsizetype end =
        from != to && number == to.row ? std::min(to.byte, text.size()) : text.size();
    return bytes + text.sliced(begin, std::max<qsizetype>(0, end - begin)).toByteArray();
}

std::optional<QString> LogView::selectedText(Times times) const {
    if (!m_cursor || !m_lines)
        return QString();
    const auto [from, to] = selection();
    if (to.row - from.row >= mostCopiedRows)
        return std::nullopt;
    const qint64 last = selectedRows()->second;
    QByteArray text;
    for (qint64 number = from.row; number <= std::min(to.row, endRow() - 1); ++number) {
        if (number > from.row)
            text += '\n';
        if (number <= last)
            text += selectedBytes(m_lines->row(number), number, times);
        if (text.size() > mostCopiedBytes)
            return std::nullopt;
    }
    return QString::fromUtf8(text);
}

void LogView::copy(Times times) {
    if (!m_cursor)
        return;
    if (const std::optional<QString> text = selectedText(times)) {
        QApplication::clipboard()->setText(*text);
    } else {
        const auto [from, to] = selection();
        Q_EMIT copyRefused(to.row - from.row + 1);
    }
}

std::optional<LogView::Place> LogView::placeAt(const QPoint& point) const {
    if (!m_lines || endRow() == firstRow())
        return std::nullopt;
    qint64 row = m_top;
    int top = -m_topPart * lineHeight();
    if (m_isAtFoot && endRow() - firstRow() >= pageRows())
        top += viewport()->height() - pageRows() * lineHeight();
    int parts = partsOf(m_lines->row(row));
    while (row < endRow() - 1 && top + parts * lineHeight() <= point.y()) {
        top += parts * lineHeight();
        parts = partsOf(m_lines->row(++row));
    }
    const int part = std::clamp((point.y() - top) / lineHeight(), 0, parts - 1);
    const qreal x = point.x() - gutterWidth();
    const int column = firstColumn() + part * textColumns() +
                       std::max(0, static_cast<int>(x / m_normal.cellWidth() + 0.5));
    return Place{row, byteAt(m_lines->row(row).line.text, column)};
}

void LogView::moveTo(const Place& place, Extend extend) {
    const qint64 before = currentRow();
    m_cursor = place;
    if (extend == Extend::No)
        m_anchor = place;
    viewport()->update();
    if (before != place.row)
        Q_EMIT currentRowChanged(place.row);
    Q_EMIT selectionChanged();
}

/// What a person points at does not run away; nothing in sight moves.
void LogView::hold() {
    m_isAtFoot = m_isAtFoot && endRow() - firstRow() >= pageRows();
    setFollowing(false);
}

void LogView::mousePressEvent(QMouseEvent* event) {
    const std::optional<Place> place = placeAt(event->pos());
    if (event->button() == Qt::RightButton && place) {
        // The menu is about what is under it.
        const auto [from, to] = selection();
        if (place->row < from.row || place->row > to.row)
            moveTo(*place, Extend::No);
        hold();
    }
    if (event->button() != Qt::LeftButton || !place)
        return;
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier) && m_cursor;
    moveTo(*place, extends ? Extend::Selection : Extend::No);
    hold();
    m_isDragging = true;
    m_pressedBeside.reset();
    if (!extends && event->pos().x() < gutterWidth() - space::s)
        m_pressedBeside = place->row;
}

void LogView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_isDragging)
        return;
    m_pointer = event->pos();
    if (const std::optional<Place> place = placeAt(m_pointer))
        moveTo(*place, Extend::Selection);
    const bool isOutside = m_pointer.y() < 0 || m_pointer.y() >= viewport()->height();
    if (isOutside != m_dragTimer->isActive())
        isOutside ? m_dragTimer->start() : m_dragTimer->stop();
}

/// Goes on marking beyond the edge, the faster the further the pointer is from it.
void LogView::dragOn() {
    const int beyond = m_pointer.y() < 0 ? m_pointer.y() : m_pointer.y() - viewport()->height();
    scrollBy(beyond / lineHeight() + (beyond < 0 ? -1 : 1));
    if (const std::optional<Place> place = placeAt(m_pointer))
        moveTo(*place, Extend::Selection);
}

void LogView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_isDragging = false;
    m_dragTimer->stop();
    const std::optional<Place> place = placeAt(event->pos());
    const std::optional<qint64> pressed = std::exchange(m_pressedBeside, std::nullopt);
    if (pressed && place && place->row == *pressed && event->pos().x() < gutterWidth() - space::s)
        Q_EMIT gutterClicked(*pressed);
}

void LogView::mouseDoubleClickEvent(QMouseEvent* event) {
    const std::optional<Place> place = placeAt(event->pos());
    if (event->button() != Qt::LeftButton || !place)
        return;
    const auto [begin, end] = wordAt(m_lines->row(place->row).line.text, place->byte);
    m_anchor = {place->row, begin};
    moveTo({place->row, end}, Extend::Selection);
}

void LogView::wheelEvent(QWheelEvent* event) {
    const QPoint turn = event->angleDelta();
    const bool isSideways =
        std::abs(turn.x()) > std::abs(turn.y()) || event->modifiers().testFlag(Qt::ShiftModifier);
    if (isSideways) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    const QPoint pixels = event->pixelDelta();
    const qreal rows = pixels.isNull() ? qreal(turn.y()) * wheelRows / wheelNotch
                                       : qreal(pixels.y()) / lineHeight();
    if (const int whole = static_cast<int>(rows); whole != 0)
        scrollBy(-whole);
    event->accept();
}

void LogView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        QScrollBar* side = horizontalScrollBar();
        const int step = event->key() == Qt::Key_Left ? -side->singleStep() : side->singleStep();
        side->setValue(side->value() + step);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT wholeLineRequested();
    } else if (event->key() == Qt::Key_B && event->modifiers() == Qt::NoModifier) {
        Q_EMIT bookmarkRequested();
    } else if (event->key() == Qt::Key_Escape) {
        Q_EMIT escaped();
        event->ignore(); // it may mean something around here, too
    } else if (event->key() == Qt::Key_End) {
        follow();
        if (endRow() > firstRow())
            moveTo({endRow() - 1, 0}, Extend::No);
    } else {
        moveByKey(*event);
    }
}

void LogView::moveByKey(const QKeyEvent& event) {
    qint64 step = 0;
    switch (event.key()) {
    case Qt::Key_Up:
        step = -1;
        break;
    case Qt::Key_Down:
        step = 1;
        break;
    case Qt::Key_PageUp:
        step = 1 - pageRows();
        break;
    case Qt::Key_PageDown:
        step = pageRows() - 1;
        break;
    case Qt::Key_Home:
        step = firstRow() - endRow() - pageRows(); // from wherever
        break;
    default:
        QAbstractScrollArea::keyPressEvent(const_cast<QKeyEvent*>(&event));
        return;
    }
    if (endRow() == firstRow())
        return;
    const qint64 from = m_cursor && isInSight(m_cursor->row) ? m_cursor->row
                        : step < 0                           ? m_top + pageRows()
                                                             : m_top - 1;
    const qint64 row = std::clamp(from + step, firstRow(), endRow() - 1);
    const bool extends = event.modifiers().testFlag(Qt::ShiftModifier) && m_cursor;
    if (extends)
        extendTo(row);
    else
        moveTo({row, 0}, Extend::No);
    if (extends || row < endRow() - 1)
        hold();
    bringIntoSight(row);
}

/// Keys take whole lines.
void LogView::extendTo(qint64 row) {
    const auto endOf = [this](qint64 number) {
        return Place{number, m_lines->row(number).line.text.size()};
    };
    const qint64 from = std::clamp(m_anchor.row, firstRow(), endRow() - 1);
    const bool isDown = row >= from;
    m_anchor = isDown ? Place{from, 0} : endOf(from);
    moveTo(isDown ? endOf(row) : Place{row, 0}, Extend::Selection);
}

void LogView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace ui
