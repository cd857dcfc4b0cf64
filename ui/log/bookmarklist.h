// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/listpopup.h"

class QLineEdit;

namespace ui {

class LogBookmarks;
class TextLabel;

/// All bookmarks, over the page until one is chosen: Return goes to one, Delete removes it, and
/// what is typed below is its note.
class BookmarkList final : public ListPopup {
    Q_OBJECT

public:
    /// bookmarks outlive it.
    BookmarkList(LogBookmarks& bookmarks, QWidget* parent);

    /// Below this button.
    void open(const QWidget& button);

Q_SIGNALS:
    void chosen(int index);

protected:
    void chooseCurrent() override;
    void removeCurrent() override;

private:
    void settle();

    LogBookmarks& m_bookmarks;
    TextLabel* m_empty;
    QLineEdit* m_note;
};

} // namespace ui
