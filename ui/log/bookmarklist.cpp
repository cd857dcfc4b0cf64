// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/bookmarklist.h"

#include "ui/log/logbookmarks.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int listWidth = 460;
constexpr int mostRows = 9;

/// "portal · 14:02:11 UTC", and that the line is gone.
QString placeOf(const LogBookmark& bookmark) {
    QString words = bookmark.source;
    if (const QString time = formatTime(bookmark.time); !time.isEmpty())
        words += QStringLiteral(" · ") + time;
    if (bookmark.state == LogBookmark::State::Gone)
        words += QStringLiteral(" · ") + BookmarkList::tr("the line is gone");
    return words;
}

class Delegate final : public QStyledItemDelegate {
public:
    Delegate(const LogBookmarks& bookmarks, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_bookmarks(bookmarks) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        rowpaint::ground(*painter, option);
        const LogBookmark& bookmark = m_bookmarks.all()[index.row()];
        rowpaint::twoLines(*painter, option.rect.adjusted(space::m, 0, -space::m, 0),
                           index.data().toString(), placeOf(bookmark),
                           bookmark.state == LogBookmark::State::Gone ? Colour::Warn
                                                                      : Colour::Quiet);
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {listWidth, rowpaint::twoLineHeight()};
    }

private:
    const LogBookmarks& m_bookmarks;
};

} // namespace

BookmarkList::BookmarkList(LogBookmarks& bookmarks, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_bookmarks(bookmarks)
    , m_empty(new TextLabel(tr("Press B on a line, or click beside it, to find it again here."),
                            TextRole::Body, Colour::Quiet))
    , m_list(new RowList(tr("Bookmarks")))
    , m_note(new QLineEdit) {
    setObjectName(QStringLiteral("bookmarkList"));
    setFrameShape(QFrame::StyledPanel);
    setFixedWidth(listWidth);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(space::m, space::s, space::m, space::s);
    m_list->setObjectName(QStringLiteral("bookmarks"));
    m_list->setModel(&bookmarks);
    m_list->setItemDelegate(new Delegate(bookmarks, m_list));
    m_list->setMostRows(mostRows);
    m_list->installEventFilter(this);
    m_note->setObjectName(QStringLiteral("bookmarkNote"));
    m_note->setPlaceholderText(tr("Note on this line"));
    m_note->setAccessibleName(tr("Note on this line"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::xs, space::xs, space::xs, space::xs);
    column->setSpacing(space::xs);
    column->addWidget(m_empty);
    column->addWidget(m_list);
    column->addWidget(m_note);
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT chosen(index.row()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &BookmarkList::settle);
    connect(&bookmarks, &LogBookmarks::changed, this, &BookmarkList::settle);
    connect(m_note, &QLineEdit::textEdited, this,
            [this](const QString& note) { m_bookmarks.setNote(current(), note); });
    connect(m_note, &QLineEdit::returnPressed, this, &BookmarkList::choose);
}

int BookmarkList::current() const {
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void BookmarkList::openAt(const QPoint& corner) {
    if (current() < 0)
        m_list->setCurrentIndex(m_bookmarks.index(0));
    settle();
    adjustSize();
    const QRect room = screen()->availableGeometry();
    move(std::max(room.left(), corner.x() - width()),
         std::min(corner.y(), room.bottom() - height()));
    show();
    m_list->setFocus();
}

/// A click leaves it open for a note; Return is done with it.
void BookmarkList::choose() {
    hide();
    Q_EMIT chosen(current());
}

void BookmarkList::settle() {
    const bool hasAny = !m_bookmarks.all().isEmpty();
    m_empty->setVisible(!hasAny);
    m_list->setVisible(hasAny);
    m_note->setVisible(hasAny);
    m_note->setEnabled(current() >= 0);
    const QString note = current() < 0 ? QString() : m_bookmarks.all()[current()].note;
    if (m_note->text() != note)
        m_note->setText(note);
}

bool BookmarkList::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            choose();
            return true;
        }
        if (key == Qt::Key_Delete) {
            m_bookmarks.remove(current());
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui
