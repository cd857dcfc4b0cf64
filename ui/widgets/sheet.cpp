// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sheet.h"

#include "ui/widgets/actionbutton.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

Sheet::Sheet(const QString& name, const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_column(new QVBoxLayout(this)) {
    setObjectName(name);
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    m_column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    m_column->setSpacing(space::s);
    m_column->addWidget(paragraph(title, TextRole::Title));
}

void Sheet::addFoot(ActionButton& answer) {
    auto* cancel = new ActionButton(tr("Cancel"), ButtonKind::Quiet);
    connect(cancel, &ActionButton::clicked, this, &QDialog::reject);
    answer.setDefault(true);
    addButtons({cancel, &answer});
}

void Sheet::addButtons(const QList<QWidget*>& buttons) {
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addStretch();
    for (QWidget* button : buttons)
        row->addWidget(button);
    m_column->addSpacing(space::s);
    m_column->addLayout(row);
}

int Sheet::innerWidth(int width) {
    return width - 2 * space::xl;
}

void Sheet::fitTo(QSize most) {
    const QSize room =
        parentWidget() != nullptr ? most.boundedTo(parentWidget()->size() * 9 / 10) : most;
    m_column->activate();
    const int wanted = m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(room.width())
                                                     : m_column->totalSizeHint().height();
    const QSize fitting(room.width(), std::min(room.height(), wanted));
    resize(isVisible() ? fitting.expandedTo(size()) : fitting);
}

TextLabel* paragraph(const QString& text, TextRole role, Colour tone) {
    auto* label = new TextLabel(text, role, tone);
    label->setWordWrap(true);
    return label;
}

TextLabel* selectable(const QString& text, Colour tone) {
    TextLabel* const label = paragraph(text, TextRole::Body, tone);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

TextLabel* addField(QVBoxLayout& column, const QString& words, QWidget* field) {
    TextLabel* const label = paragraph(words, TextRole::Quiet, Colour::Quiet);
    label->setBuddy(field);
    label->setAlignment(Qt::AlignLeft | Qt::AlignBottom); // where it is given more than it needs
    field->setAccessibleName(words);
    auto* group = new QVBoxLayout;
    group->setContentsMargins(0, space::xs, 0, 0);
    group->setSpacing(space::xs);
    group->addWidget(label);
    group->addWidget(field);
    column.addLayout(group);
    return label;
}

} // namespace ui
