// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/sourcechooser.h"

#include "ui/log/sourcecolour.h"
#include "ui/log/stickymenu.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int tickSize = 12;

QIcon tickOf(int source) {
    QPixmap pixmap(tickSize, tickSize);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.fillRect(tickSize / 3, 0, tickSize / 3, tickSize, sourceColour(source));
    return pixmap;
}

/// A name as a menu shows it: an ampersand marks no key.
QString plainName(QString name) {
    return name.replace(u'&', QStringLiteral("&&"));
}

} // namespace

SourceChooser::SourceChooser(QWidget* parent)
    : QToolButton(parent)
    , m_menu(new StickyMenu(this)) {
    setObjectName(QStringLiteral("sourceChooser"));
    setText(tr("Sources"));
    setToolTip(tr("Show lines of these sources only"));
    setPopupMode(QToolButton::InstantPopup);
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &SourceChooser::fill);
}

void SourceChooser::setSources(const QStringList& names) {
    m_names = names;
    setEnabled(!names.isEmpty());
}

void SourceChooser::setChosen(const QStringList& names) {
    m_chosen = names;
    for (QAction* action : m_menu->actions()) {
        if (action->isCheckable())
            action->setChecked(m_chosen.contains(action->data().toString()));
    }
}

void SourceChooser::fill() {
    m_menu->clear();
    connect(m_menu->addAction(tr("All sources")), &QAction::triggered, this,
            [this] { Q_EMIT chosen({}); });
    m_menu->addSeparator();
    for (int i = 0; i < m_names.size(); ++i) {
        const QString name = m_names[i];
        QAction* action = m_menu->addAction(tickOf(i), plainName(name));
        action->setData(name);
        action->setCheckable(true);
        action->setChecked(m_chosen.contains(name));
        connect(action, &QAction::triggered, this, [this, name] { toggle(name); });
    }
}

void SourceChooser::toggle(const QString& name) {
    QStringList names = m_chosen;
    if (names.removeAll(name) == 0)
        names.append(name);
    Q_EMIT chosen(names);
}

} // namespace ui
