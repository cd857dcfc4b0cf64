// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/paletteentry.h"

#include <QList>
#include <QWidget>

#include <memory>

class QAction;
class QToolButton;

namespace ui {

class BannerWidget;
class BookmarkList;
class LogInspector;
class LogSavingFlow;
class LogStage;
class LogView;

/// The lines of a log pane with what a person does with them: looks at one in full, sets bookmarks,
/// copies, saves. Each of it is an action with a key, in the menu over the lines and in the
/// palette, and about the lines that the person is at.
class LogDesk final : public QWidget {
    Q_OBJECT

public:
    /// The stage becomes its own.
    LogDesk(LogStage& stage, QWidget* parent);
    ~LogDesk() override;

    /// For the head of the pane.
    [[nodiscard]] QList<QToolButton*> buttons();
    [[nodiscard]] PaletteEntries paletteEntries() const;
    void saveLines();

private:
    void makeActions();
    QAction* add(const QString& words, const QList<QKeySequence>& keys, const char* name);
    void connectParts();
    void connectActions();
    /// Lines that the actions are for, too.
    void serve(LogView& view);
    void openBookmarks();
    void goToBookmark(int index);
    void inspect();
    void showInspector(bool isShown);
    bool say(const QString& words);

    LogStage& m_stage;
    LogInspector* m_inspector;
    BannerWidget* m_banner;
    BookmarkList* m_list = nullptr; ///< once it was asked for
    QToolButton* m_bookmarksButton = nullptr;
    std::unique_ptr<LogSavingFlow> m_saving;

    QList<QAction*> m_actions; ///< in the order of the menu
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
