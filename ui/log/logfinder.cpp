// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logfinder.h"

#include "ui/log/findbar.h"
#include "ui/log/logstage.h"
#include "ui/log/markbar.h"

#include <algorithm>

namespace ui {

namespace {
constexpr qint64 markParts = 2048; ///< of the scroll bar
}

LogFinder::LogFinder(FindBar& bar, LogStage& stage, QObject* parent)
    : QObject(parent)
    , m_bar(bar)
    , m_stage(stage) {
    connect(&bar, &FindBar::previousRequested, this, [this] { goToHit(Direction::Previous); });
    connect(&bar, &FindBar::nextRequested, this, [this] { goToHit(Direction::Next); });
    connect(&stage.board(), &LogBoard::hitsChanged, this, &LogFinder::onHitsChanged);
    connect(&stage, &LogStage::hereChanged, this, &LogFinder::showCount);
}

/// Found is what the filter takes and the search as well.
void LogFinder::find(const models::LogFilter& filter) {
    const QString text = m_bar.text();
    if (text.isEmpty()) {
        m_stage.setHighlighter({});
        m_stage.board().setSearch(nullptr);
        return;
    }
    const models::LogPattern pattern{text, models::LogPattern::Syntax::Text,
                                     models::LiteralFinder::Case::Insensitive};
    const auto matcher = models::LogMatcher::compile(pattern);
    models::LogFilter found = filter;
    found.terms.append({pattern, models::LogFilter::Sense::Include});
    const auto compiled = models::CompiledFilter::compile(found);
    if (!matcher || !compiled) {
        Q_EMIT complained((matcher ? compiled.error() : matcher.error()).message);
        return;
    }
    m_stage.setHighlighter(
        [matcher = *matcher](QByteArrayView line) { return matcher->spans(line); });
    m_wanted = Wanted::AtOrAbove;
    m_stage.board().setSearch(*compiled);
}

void LogFinder::goToHit(Direction direction) {
    const LogBoard& board = m_stage.board();
    const qint64 current = m_stage.currentRow();
    if (direction == Direction::Previous) {
        m_wanted = Wanted::Above;
        goToWanted();
        return;
    }
    m_wanted = Wanted::None;
    m_stage.goToRow(board.hitAfter(current >= 0 ? current : board.endRow()));
}

void LogFinder::onHitsChanged() {
    markHits();
    goToWanted();
    showCount();
}

/// A mark for each part of the scroll bar that has a hit, however many there are.
void LogFinder::markHits() {
    const LogBoard& board = m_stage.board();
    const models::BlockList<qint64>& hits = board.hits();
    const qint64 first = board.firstRow();
    const qint64 count = board.endRow() - first;
    std::vector<double> shares;
    for (qint64 from = first; from < first + count;) {
        const size_t next = hits.lowerBound(from);
        if (next == hits.size())
            break;
        const double share = double(hits[next] - first) / double(count);
        shares.push_back(share);
        const auto part = static_cast<qint64>(share * markParts) + 1;
        from = std::max(hits[next] + 1, first + part * count / markParts);
    }
    m_stage.marks().setMarks(Colour::Warn, shares);
}

/// To the newest, or to the next above where the person is, round the begin: hits are found from
/// the end on, so that those above may be still to come.
void LogFinder::goToWanted() {
    const LogBoard& board = m_stage.board();
    if (m_wanted == Wanted::None || board.hits().empty())
        return;
    const qint64 current = m_stage.currentRow();
    qint64 from = board.endRow();
    if (current >= 0)
        from = m_wanted == Wanted::AtOrAbove ? current + 1 : current;
    if (board.hits()[0] >= from && board.isSearching())
        return;
    m_wanted = Wanted::None;
    m_stage.goToRow(board.hitBefore(from));
}

void LogFinder::showCount() {
    const LogBoard& board = m_stage.board();
    const models::BlockList<qint64>& hits = board.hits();
    const qint64 current = hits.empty() ? -1 : m_stage.currentRow();
    const size_t at = current < 0 ? hits.size() : hits.lowerBound(current);
    const bool isHit = at < hits.size() && hits[at] == current;
    m_bar.setHits({static_cast<qint64>(hits.size()), isHit ? static_cast<qint64>(at) + 1 : 0,
                   board.unsearchedLines(), !board.isSearching()});
}

} // namespace ui
