// SPDX-License-Identifier: GPL-3.0-or-later
// What a person marks with mouse and keys in the output, and takes along.
#include "ui/run/outputbuffer.h"
#include "ui/run/outputview.h"
#include "ui/widgets/whenfinished.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {
constexpr qsizetype copiedAtOnce = 4'000; ///< pieces: of lines and their ends
} // namespace

OutputView::Position OutputView::positionAt(const QPoint& point) const {
    if (!m_buffer || m_buffer->isEmpty())
        return {};
    const qint64 number = topLine() + (point.y() - margin) / lineHeight();
    const qint64 line = std::clamp(number, m_buffer->firstLine(), m_buffer->endLine() - 1);
    const qreal x = point.x() - textLeft + horizontalScrollBar()->value();
    const int columns = int(m_buffer->line(line).styled.text.size());
    return {line, std::clamp(int(std::lround(x / cellWidth())), 0, columns)};
}

QStringList OutputView::copyPieces() const {
    if (!m_buffer || m_buffer->isEmpty())
        return {};
    // What was marked may have gone since.
    const Position begin{m_buffer->firstLine(), 0};
    const qint64 lastLine = m_buffer->endLine() - 1;
    const Position end{lastLine, int(m_buffer->line(lastLine).styled.text.size())};
    const auto [marked, markedTo] = std::minmax(m_anchor, m_cursor);
    if (marked == markedTo)
        return m_buffer->pieces(begin.line, end.line + 1);
    const Position from = std::clamp(marked, begin, end);
    const Position to = std::clamp(markedTo, begin, end);
    const QString& last = m_buffer->line(to.line).styled.text;
    if (from.line == to.line)
        return {last.mid(from.column, to.column - from.column)};
    QStringList pieces = m_buffer->pieces(from.line, to.line);
    pieces.first().remove(0, from.column);
    return pieces << last.left(to.column);
}

void OutputView::copy() {
    const QStringList pieces = copyPieces();
    if (pieces.size() <= copiedAtOnce) {
        QApplication::clipboard()->setText(pieces.join(QString()));
        return;
    }
    whenFinished(QtConcurrent::run([pieces] { return pieces.join(QString()); }), this,
                 [](const QString& text) { QApplication::clipboard()->setText(text); });
}

void OutputView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll) && m_buffer && !m_buffer->isEmpty()) {
        const qint64 last = m_buffer->endLine() - 1;
        m_anchor = {m_buffer->firstLine(), 0};
        m_cursor = {last, int(m_buffer->line(last).styled.text.size())};
        viewport()->update();
        return;
    }
    switch (event->key()) {
    case Qt::Key_End:
        scrollToEnd();
        return;
    case Qt::Key_Home:
        verticalScrollBar()->setValue(0);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void OutputView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_cursor = positionAt(event->pos());
    if (!event->modifiers().testFlag(Qt::ShiftModifier))
        m_anchor = m_cursor;
    viewport()->update();
}

void OutputView::mouseMoveEvent(QMouseEvent* event) {
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_cursor = positionAt(event->pos());
    if (event->pos().y() < 0 || event->pos().y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                      (event->pos().y() < 0 ? -1 : 1));
    viewport()->update();
}

void OutputView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!m_buffer || m_buffer->isEmpty())
        return;
    const Position at = positionAt(event->pos());
    const QString& text = m_buffer->line(at.line).styled.text;
    const auto isWord = [&text](int column) {
        return column >= 0 && column < text.size() && !text.at(column).isSpace();
    };
    int from = at.column;
    int to = at.column;
    while (isWord(from - 1))
        --from;
    while (isWord(to))
        ++to;
    m_anchor = {at.line, from};
    m_cursor = {at.line, to};
    viewport()->update();
}

} // namespace ui
