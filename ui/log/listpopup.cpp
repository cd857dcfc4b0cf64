// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/listpopup.h"

#include "ui/theme/theme.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/rowpaint.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>

#include <algorithm>

namespace ui {

namespace {
constexpr int leastWidth = 200;
constexpr int mostRows = 9;
constexpr int distance = 2; ///< from the button
} // namespace

void TwoLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    painter->save();
    rowpaint::ground(*painter, option);
    const auto [words, tone] = below(index);
    rowpaint::twoLines(*painter, option.rect.adjusted(space::m, 0, -space::m, 0),
                       index.data().toString(), words, tone);
    painter->restore();
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {leastWidth, rowpaint::twoLineHeight()};
}

void TwoLineDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                           const QModelIndex&) const {
    QRect rect = option.rect.adjusted(space::s, 0, -space::s, 0);
    const int tall = editor->sizeHint().height();
    rect.adjust(0, (rect.height() - tall) / 2, 0, 0);
    rect.setHeight(tall);
    editor->setGeometry(rect);
}

ListPopup::ListPopup(const QString& name, QAbstractItemModel& model, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_list(new RowList(name)) {
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(name);
    m_list->setModel(&model);
    m_list->setMostRows(mostRows);
    m_list->installEventFilter(this);
}

int ListPopup::current() const {
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void ListPopup::openBelow(const QWidget& button, Edge edge) {
    if (current() < 0)
        m_list->setCurrentIndex(m_list->model()->index(0, 0));
    adjustSize();
    const QRect screen = button.screen()->availableGeometry();
    const QRect frame = button.window()->geometry().intersected(screen);
    // Within the window where it fits, on the screen anyway.
    const bool fits = frame.width() >= width() && frame.height() >= height();
    const QRect room = fits ? frame : screen;
    QPoint at = button.mapToGlobal(QPoint(0, button.height() + distance));
    if (edge == Edge::Right)
        at.rx() += button.width() - width();
    at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
    at.setY(std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    move(at);
    show();
}

bool ListPopup::eventFilter(QObject* watched, QEvent* event) {
    // A key that the field of a new name in it leaves comes here as well.
    const QWidget* focus = QApplication::focusWidget();
    const bool isEditing = focus != nullptr && focus != m_list && m_list->isAncestorOf(focus);
    if (watched == m_list && event->type() == QEvent::KeyPress && !isEditing) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            chooseCurrent();
            return true;
        }
        if (key == Qt::Key_Delete) {
            removeCurrent();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui
