// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLineEdit;

namespace ui {

class LogBookmarks;
class RowList;
class TextLabel;

/// All bookmarks, over the page until one is chosen: Return goes to one, Delete removes it, and
/// what is typed below is its note.
class BookmarkList final : public QFrame {
    Q_OBJECT

public:
    /// bookmarks outlive it.
    BookmarkList(LogBookmarks& bookmarks, QWidget* parent);

    /// Opens with its upper right corner there.
    void openAt(const QPoint& corner);

Q_SIGNALS:
    void chosen(int index);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] int current() const;
    void choose();
    void settle();

    LogBookmarks& m_bookmarks;
    TextLabel* m_empty;
    RowList* m_list;
    QLineEdit* m_note;
};

} // namespace ui
