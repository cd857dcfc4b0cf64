// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logbookmarks.h"

#include "ui/widgets/timeformat.h"

#include <algorithm>

namespace ui {

LogBookmarks::LogBookmarks(app::LogKeeper& keeper, QObject* parent)
    : QAbstractListModel(parent)
    , m_keeper(keeper) {
    connect(&keeper, &app::LogKeeper::grown, this, &LogBookmarks::check);
}

void LogBookmarks::toggle(const LogBookmark& bookmark) {
    const auto known =
        std::find_if(m_all.cbegin(), m_all.cend(),
                     [&bookmark](const LogBookmark& each) { return each.line == bookmark.line; });
    if (known != m_all.cend()) {
        remove(static_cast<int>(known - m_all.cbegin()));
        return;
    }
    const auto isEarlier = [](const LogBookmark& a, const LogBookmark& b) {
        return std::tuple(a.time, a.line.log, a.line.number) <
               std::tuple(b.time, b.line.log, b.line.number);
    };
    const auto at = std::upper_bound(m_all.cbegin(), m_all.cend(), bookmark, isEarlier);
    const auto index = static_cast<int>(at - m_all.cbegin());
    beginInsertRows({}, index, index);
    m_all.insert(index, bookmark);
    endInsertRows();
    Q_EMIT changed();
}

void LogBookmarks::remove(int index) {
    if (index < 0 || index >= m_all.size())
        return;
    beginRemoveRows({}, index, index);
    m_all.removeAt(index);
    endRemoveRows();
    Q_EMIT changed();
}

void LogBookmarks::setNote(int index, const QString& note) {
    if (index < 0 || index >= m_all.size() || m_all[index].note == note)
        return;
    m_all[index].note = note;
    Q_EMIT dataChanged(this->index(index), this->index(index));
    Q_EMIT changed();
}

void LogBookmarks::check() {
    int lostNow = 0;
    for (int i = 0; i < m_all.size(); ++i) {
        LogBookmark& bookmark = m_all[i];
        const models::LogSnapshot snapshot = m_keeper.snapshot(bookmark.line.log);
        const bool isKept = bookmark.line.number >= snapshot.firstLine() &&
                            bookmark.line.number < snapshot.lineCount();
        if (isKept || bookmark.state == LogBookmark::State::Gone)
            continue;
        bookmark.state = LogBookmark::State::Gone;
        ++lostNow;
        Q_EMIT dataChanged(index(i), index(i));
    }
    if (lostNow == 0)
        return;
    Q_EMIT changed();
    Q_EMIT lost(lostNow);
}

int LogBookmarks::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_all.size());
}

QVariant LogBookmarks::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const LogBookmark& bookmark = m_all[index.row()];
    return bookmark.note.isEmpty() ? bookmark.text : tr("%1: %2").arg(bookmark.note, bookmark.text);
}

} // namespace ui
