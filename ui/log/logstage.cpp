// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logstage.h"

#include "ui/log/bookmarktrack.h"
#include "ui/log/logcolumns.h"
#include "ui/log/markbar.h"
#include "ui/log/newlinespill.h"
#include "ui/log/siftingnote.h"

#include <QStackedLayout>

#include <algorithm>
#include <utility>

namespace ui {

LogStage::LogStage(app::LogKeeper& keeper, QWidget* parent)
    : QWidget(parent)
    , m_bookmarks(new LogBookmarks(keeper, this))
    , m_board(new LogBoard(keeper, this))
    , m_marks(new MarkBar)
    , m_view(new LogView)
    , m_columns(new LogColumns(keeper, *m_bookmarks))
    , m_stack(new QStackedLayout(this)) {
    m_view->setVerticalScrollBar(m_marks);
    m_view->setLines(m_board);
    m_track = new BookmarkTrack(*m_bookmarks, *m_board, *m_view, *m_marks);
    new NewLinesPill(*m_view);
    new SiftingNote(*m_board, *m_view);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_columns);
    connect(m_board, &LogBoard::resetting, this, [this] {
        if (!m_place)
            m_place = placeInSight();
    });
    connect(m_board, &LogBoard::reset, this, &LogStage::returnToPlace);
    // Older rows come later where there is much to sift: who went elsewhere meanwhile stays there.
    connect(m_board, &LogBoard::changed, this, [this] {
        if (!m_view->isFollowing())
            m_place.reset();
        returnToPlace();
    });
    connect(m_view, &LogView::currentRowChanged, this, &LogStage::hereChanged);
    connect(m_columns, &LogColumns::viewMade, this, [this](LogView* view) {
        connect(view, &LogView::currentRowChanged, this, &LogStage::hereChanged);
        Q_EMIT viewMade(view);
    });
    connect(m_columns, &LogColumns::leaderChanged, this, &LogStage::hereChanged);
}

LogStage::~LogStage() = default;

void LogStage::setSources(const QList<LogBoard::Source>& sources) {
    if (sources == m_board->sources())
        return;
    m_place = placeInSight();
    m_board->setSources(sources);
    if (m_arrangement == Arrangement::SideBySide)
        m_columns->setSources(sources);
}

void LogStage::setFilter(const models::LogFilter& filter,
                         const std::shared_ptr<const models::CompiledFilter>& compiled) {
    m_place = placeInSight();
    m_board->setFilter(filter, compiled);
    m_columns->setFilter(filter, compiled);
}

void LogStage::setContext(int lines) {
    m_board->setContext(lines);
    m_columns->setContext(lines);
}

void LogStage::setWrapping(LogView::Wrapping wrapping) {
    m_view->setWrapping(wrapping);
    m_columns->setWrapping(wrapping);
}

void LogStage::setHighlighter(const LogView::Highlighter& highlighter) {
    m_view->setHighlighter(highlighter);
    m_columns->setHighlighter(highlighter);
}

LogSpot LogStage::here() const {
    if (m_arrangement == Arrangement::SideBySide && m_columns->count() > 0)
        return m_columns->leader();
    return {m_board, m_view, m_track};
}

/// None where the end is followed.
std::optional<LogBoard::Place> LogStage::placeInSight() const {
    const auto [board, view, bookmarks] = here();
    if (view->isFollowing() || board->endRow() == board->firstRow())
        return std::nullopt;
    const qint64 current = view->currentRow();
    const bool isInSight = current >= view->topRow() && current < view->topRow() + view->pageRows();
    return board->placeOf(
        std::clamp(isInSight ? current : view->topRow(), board->firstRow(), board->endRow() - 1));
}

void LogStage::returnToPlace() {
    if (!m_place || !m_board->hasReached(*m_place))
        return;
    const LogBoard::Place place = *std::exchange(m_place, std::nullopt);
    m_board->find(place, [this](qint64 row) { m_view->goTo(row); });
}

/// Columns that nobody sees hold no lines.
void LogStage::setArrangement(Arrangement arrangement) {
    if (arrangement == m_arrangement)
        return;
    const std::optional<LogBoard::Place> place = placeInSight();
    m_arrangement = arrangement;
    if (arrangement == Arrangement::SideBySide) {
        m_stack->setCurrentWidget(m_columns); // how many there are depends on its width
        m_columns->setSources(m_board->sources());
        if (place)
            m_columns->goTo(*place);
    } else {
        m_stack->setCurrentWidget(m_view);
        m_columns->setSources({});
        if (place)
            m_board->find(*place, [this](qint64 row) { m_view->goTo(row); });
        else
            m_view->follow();
    }
    Q_EMIT arrangementChanged();
    Q_EMIT hereChanged();
    focusLines();
}

void LogStage::goTo(models::Instant at) {
    m_board->seek(at, [this](qint64 row) { goToRow(row); });
}

qint64 LogStage::currentRow() const {
    const auto [board, view, bookmarks] = here();
    const qint64 row = view->currentRow();
    if (row < board->firstRow() || row >= board->endRow())
        return -1;
    return board == m_board ? row : m_board->rowOf(board->lineIn(row));
}

void LogStage::goToRow(qint64 row) {
    if (row < m_board->firstRow() || row >= m_board->endRow())
        return;
    m_view->goTo(row);
    if (m_arrangement == Arrangement::SideBySide)
        m_columns->goTo(m_board->placeOf(row));
}

void LogStage::focusLines() {
    here().view->setFocus();
}

} // namespace ui
