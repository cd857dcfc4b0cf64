// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logbookmarks.h"
#include "ui/widgets/paletteentry.h"

#include <QList>
#include <QWidget>

#include <memory>

class QAction;
class QToolButton;

namespace ui {

class BannerWidget;
class BookmarkList;
class BookmarkTrack;
class LogInspector;
class LogSavingFlow;
class LogView;
class MarkBar;

/// The lines of a log pane with what a person does with them: looks at one in full, sets bookmarks,
/// copies, saves. Each of it is an action with a key, in the menu over the lines and in the
/// palette.
class LogDesk final : public QWidget {
    Q_OBJECT

public:
    /// keeper, board and bar outlive it; the view becomes its own.
    LogDesk(app::LogKeeper& keeper, LogBoard& board, LogView& view, MarkBar& bar, QWidget* parent);
    ~LogDesk() override;

    /// For the head of the pane.
    [[nodiscard]] QList<QToolButton*> buttons();
    [[nodiscard]] PaletteEntries paletteEntries() const;
    void saveLines();

private:
    void makeActions();
    QAction* add(const QString& words, const QList<QKeySequence>& keys, const char* name);
    void connectParts();
    void openBookmarks();
    void goToBookmark(int index);
    void inspect(qint64 row);
    void showInspector(bool isShown);
    bool say(const QString& words);

    LogBoard& m_board;
    LogView& m_view;
    LogBookmarks m_bookmarks;
    LogInspector* m_inspector;
    BannerWidget* m_banner;
    BookmarkList* m_list = nullptr; ///< once it was asked for
    QToolButton* m_bookmarksButton = nullptr;
    std::unique_ptr<BookmarkTrack> m_track;
    std::unique_ptr<LogSavingFlow> m_saving;

    QAction* m_copy = nullptr;
    QAction* m_copyWithTimes = nullptr;
    QAction* m_bookmark = nullptr;
    QAction* m_nextBookmark = nullptr;
    QAction* m_previousBookmark = nullptr;
    QAction* m_showBookmarks = nullptr;
    QAction* m_details = nullptr;
    QAction* m_save = nullptr;
};

} // namespace ui
