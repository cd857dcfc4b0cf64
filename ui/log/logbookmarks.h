// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "ui/log/logboard.h"

#include <QAbstractListModel>
#include <QList>

namespace ui {

/// A line that a person wants to find again, with what it said: lines go, bookmarks tell so.
struct LogBookmark {
    enum class State {
        Kept,
        Gone, ///< the line went past the memory limit, or its log was closed
    };

    LogBoard::Line line;
    QString source;
    models::Instant time;
    QString text; ///< its beginning; data, never mark-up
    QString note; ///< of a person
    State state = State::Kept;
};

/// The bookmarks of a log pane, in the order of their times. They hold on to lines, whatever filter
/// hides or numbers them.
class LogBookmarks final : public QAbstractListModel {
    Q_OBJECT

public:
    /// keeper outlives it.
    explicit LogBookmarks(app::LogKeeper& keeper, QObject* parent = nullptr);

    void toggle(const LogBookmark& bookmark);
    void remove(int index);
    void setNote(int index, const QString& note);
    [[nodiscard]] const QList<LogBookmark>& all() const { return m_all; }
    /// Looks which lines are still there.
    void check();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    /// Bookmarks came, went, or have another note or state.
    void changed();
    void lost(int count);

private:
    app::LogKeeper& m_keeper;
    QList<LogBookmark> m_all;
};

} // namespace ui
