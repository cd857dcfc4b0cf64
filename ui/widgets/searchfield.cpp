// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/searchfield.h"

#include "ui/theme/icon.h"

#include <QAction>
#include <QKeyEvent>
#include <QToolButton>

namespace ui {

SearchField::SearchField(const QString& placeholder, QWidget* parent)
    : QLineEdit(parent) {
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    addAction(icon(QStringLiteral("edit-find"), Colour::Quiet), QLineEdit::LeadingPosition)
        ->setText(placeholder);
    QAction* clear =
        addAction(icon(QStringLiteral("edit-clear"), Colour::Quiet), QLineEdit::TrailingPosition);
    clear->setText(tr("Clear"));
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clear,
            [clear](const QString& text) { clear->setVisible(!text.isEmpty()); });
    for (QToolButton* button : findChildren<QToolButton*>())
        button->setAccessibleName(button->text());
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        if (text().isEmpty())
            Q_EMIT left();
        else
            clear();
        return;
    }
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return ||
        event->key() == Qt::Key_Enter) {
        Q_EMIT listRequested();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace ui
