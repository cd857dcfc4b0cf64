// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/bookmarktrack.h"

#include "ui/log/logview.h"
#include "ui/log/logwords.h"
#include "ui/log/markbar.h"

#include <algorithm>

namespace ui {

namespace {

constexpr qsizetype textSize = 300; ///< that is kept of a line
constexpr std::chrono::milliseconds marksPace{250};

} // namespace

BookmarkTrack::BookmarkTrack(LogBookmarks& bookmarks, LogBoard& board, LogView& view, MarkBar& bar)
    : QObject(&view)
    , m_bookmarks(bookmarks)
    , m_board(board)
    , m_view(view)
    , m_bar(bar) {
    m_pace.setSingleShot(true);
    m_pace.setInterval(marksPace);
    connect(&m_pace, &QTimer::timeout, this, &BookmarkTrack::showMarks);
    connect(&bookmarks, &LogBookmarks::changed, this, &BookmarkTrack::place);
    connect(&board, &LogBoard::reset, &bookmarks, &LogBookmarks::check);
    connect(&board, &LogBoard::reset, this, &BookmarkTrack::place);
    connect(&board, &LogBoard::inserted, this, &BookmarkTrack::push);
    connect(&board, &LogBoard::changed, this, [this] {
        if (!m_rows.empty() && !m_pace.isActive())
            m_pace.start();
    });
    connect(&view, &LogView::gutterClicked, this, &BookmarkTrack::toggle);
    view.setBookmarkTest([this](qint64 row) {
        return std::find(m_rows.begin(), m_rows.end(), row) != m_rows.end();
    });
    place();
}

void BookmarkTrack::toggle(qint64 row) {
    if (row < m_board.firstRow() || row >= m_board.endRow())
        return;
    const LogRow shown = m_board.row(row);
    LogBookmark bookmark;
    bookmark.line = m_board.lineIn(row);
    bookmark.source = m_board.sources()[shown.source].name;
    bookmark.time = shown.line.marker ? shown.line.marker->from : shown.line.time;
    const QByteArrayView text = shown.line.text;
    bookmark.text =
        shown.line.marker
            ? markerWords(*shown.line.marker)
            : QString::fromUtf8(text.first(std::min(text.size(), textSize))).simplified();
    m_bookmarks.toggle(bookmark);
}

void BookmarkTrack::place() {
    m_rows.clear();
    for (const LogBookmark& bookmark : m_bookmarks.all())
        m_rows.push_back(m_board.rowOf(bookmark.line));
    m_view.viewport()->update();
    showMarks();
}

/// Rows that came late stand before this one.
void BookmarkTrack::push(qint64 row, qint64 count) {
    for (qint64& each : m_rows) {
        if (each >= row)
            each += count;
    }
}

std::vector<qint64> BookmarkTrack::rowsShown() const {
    std::vector<qint64> rows;
    for (const qint64 row : m_rows) {
        if (row >= m_board.firstRow())
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

void BookmarkTrack::showMarks() {
    const auto count = double(std::max<qint64>(1, m_board.endRow() - m_board.firstRow()));
    std::vector<double> shares;
    for (const qint64 row : rowsShown())
        shares.push_back(double(row - m_board.firstRow()) / count);
    m_bar.setMarks(Colour::Accent, shares);
}

qint64 BookmarkTrack::next(qint64 row) const {
    const std::vector<qint64> rows = rowsShown();
    if (rows.empty())
        return -1;
    const auto next = std::upper_bound(rows.begin(), rows.end(), row);
    return next == rows.end() ? rows.front() : *next;
}

qint64 BookmarkTrack::previous(qint64 row) const {
    const std::vector<qint64> rows = rowsShown();
    if (rows.empty())
        return -1;
    const auto next = std::lower_bound(rows.begin(), rows.end(), row);
    return next == rows.begin() ? rows.back() : *std::prev(next);
}

QString BookmarkTrack::refusal(int index) const {
    const LogBookmark& bookmark = m_bookmarks.all()[index];
    if (bookmark.state == LogBookmark::State::Gone)
        return tr("This line is gone: its log was closed, or it went past the memory limit.");
    if (m_rows[static_cast<size_t>(index)] < 0)
        return tr("This line is not shown: the filter leaves it out, or %1 is not chosen.")
            .arg(bookmark.source);
    return {};
}

} // namespace ui
