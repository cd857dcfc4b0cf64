// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/bookmarklist.h"

#include "ui/log/logbookmarks.h"
#include "ui/theme/theme.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int listWidth = 460;

/// "portal · 14:02:11 UTC", and that the line is gone.
QString placeOf(const LogBookmark& bookmark) {
    QString words = bookmark.source;
    if (const QString time = formatTime(bookmark.time); !time.isEmpty())
        words += QStringLiteral(" · ") + time;
    if (bookmark.state == LogBookmark::State::Gone)
        words += QStringLiteral(" · ") + BookmarkList::tr("the line is gone");
    return words;
}

class BookmarkDelegate final : public TwoLineDelegate {
public:
    BookmarkDelegate(const LogBookmarks& bookmarks, QObject* parent)
        : TwoLineDelegate(parent)
        , m_bookmarks(bookmarks) {}

protected:
    [[nodiscard]] std::pair<QString, Colour> below(const QModelIndex& index) const override {
        const LogBookmark& bookmark = m_bookmarks.all()[index.row()];
        return {placeOf(bookmark),
                bookmark.state == LogBookmark::State::Gone ? Colour::Warn : Colour::Quiet};
    }

private:
    const LogBookmarks& m_bookmarks;
};

} // namespace

BookmarkList::BookmarkList(LogBookmarks& bookmarks, QWidget* parent)
    : ListPopup(tr("Bookmarks"), bookmarks, parent)
    , m_bookmarks(bookmarks)
    , m_empty(new TextLabel(tr("Press B on a line, or click beside it, to find it again here."),
                            TextRole::Body, Colour::Quiet))
    , m_note(new QLineEdit) {
    setObjectName(QStringLiteral("bookmarkList"));
    setFixedWidth(listWidth);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(space::m, space::s, space::m, space::s);
    list().setObjectName(QStringLiteral("bookmarks"));
    list().setItemDelegate(new BookmarkDelegate(bookmarks, &list()));
    m_note->setObjectName(QStringLiteral("bookmarkNote"));
    m_note->setPlaceholderText(tr("Note on this line"));
    m_note->setAccessibleName(tr("Note on this line"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::xs, space::xs, space::xs, space::xs);
    column->setSpacing(space::xs);
    column->addWidget(m_empty);
    column->addWidget(&list());
    column->addWidget(m_note);
    connect(&list(), &QListView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT chosen(index.row()); });
    connect(list().selectionModel(), &QItemSelectionModel::currentChanged, this,
            &BookmarkList::settle);
    connect(&bookmarks, &LogBookmarks::changed, this, &BookmarkList::settle);
    connect(m_note, &QLineEdit::textEdited, this,
            [this](const QString& note) { m_bookmarks.setNote(current(), note); });
    connect(m_note, &QLineEdit::returnPressed, this, &BookmarkList::chooseCurrent);
}

void BookmarkList::open(const QWidget& button) {
    settle();
    openBelow(button, Edge::Right);
    list().setFocus();
}

/// A click leaves it open for a note; Return is done with it.
void BookmarkList::chooseCurrent() {
    hide();
    Q_EMIT chosen(current());
}

void BookmarkList::removeCurrent() {
    m_bookmarks.remove(current());
}

void BookmarkList::settle() {
    const bool hasAny = !m_bookmarks.all().isEmpty();
    m_empty->setVisible(!hasAny);
    list().setVisible(hasAny);
    m_note->setVisible(hasAny);
    m_note->setEnabled(current() >= 0);
    const QString note = current() < 0 ? QString() : m_bookmarks.all()[current()].note;
    if (m_note->text() != note)
        m_note->setText(note);
}

} // namespace ui
