// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/serviceactions.h"

#include "models/environment/actionplan.h"
#include "ui/log/flowlayout.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QMenu>
#include <QVBoxLayout>

namespace ui {

ServiceActions::ServiceActions(QWidget* parent)
    : QWidget(parent)
    , m_buttons(new FlowLayout)
    , m_hint(new TextLabel({}, TextRole::Quiet, Colour::Quiet)) {
    setObjectName(QStringLiteral("serviceActions"));
    m_hint->setObjectName(QStringLiteral("actionHint"));
    m_hint->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::s);
    m_buttons->setSpacing(space::xs);
    column->addLayout(m_buttons);
    column->addWidget(m_hint);
    hide();
}

QString ServiceActions::titleOf(models::ServiceActionKind kind, const QString& service) {
    return models::actionTitle(kind, service) + QStringLiteral("…");
}

void ServiceActions::clear() {
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

void ServiceActions::showService(const std::optional<models::Service>& service) {
    setVisible(service.has_value());
    if (service == m_service)
        return;
    m_service = service;
    clear();
    if (!service)
        return;
    for (const models::ServiceActionKind kind : models::serviceActionKinds) {
        if (!service->actions.contains(kind))
            continue;
        const QString title = titleOf(kind, service->name);
        auto* button = new ActionButton(title.section(u' ', 0, 0) + QStringLiteral("…"));
        button->setObjectName(QString(models::serviceActionKey(kind)) + QStringLiteral("Service"));
        button->setAccessibleName(title);
        button->setToolTip(plainToolTip(service->actions[kind].command));
        connect(button, &ActionButton::clicked, this,
                [this, name = service->name, kind] { Q_EMIT requested(name, kind); });
        m_buttons->addWidget(button);
    }
    m_hint->setText(hint());
    m_hint->setVisible(!m_hint->text().isEmpty());
}

/// What is not there is not offered; a person learns how to have it.
QString ServiceActions::hint() const {
    QStringList missing;
    for (const models::ServiceActionKind kind : models::serviceActionKinds) {
        if (!m_service->actions.contains(kind))
            missing.append(QString(models::serviceActionKey(kind)));
    }
    if (missing.isEmpty())
        return {};
    return m_service->actions.isEmpty()
               ? tr("To restart it from here, add “actions” with %1 to %2 in gantry.yaml.")
                     .arg(missing.join(QStringLiteral(", ")), m_service->name)
               : tr("Add %1 to the “actions” of %2 in gantry.yaml to have them here too.")
                     .arg(missing.join(QStringLiteral(", ")), m_service->name);
}

void ServiceActions::fill(QMenu& menu) {
    if (!m_service)
        return;
    for (const models::ServiceActionKind kind : models::serviceActionKinds) {
        if (!m_service->actions.contains(kind))
            continue;
        QString words = titleOf(kind, m_service->name);
        words.replace(u'&', QStringLiteral("&&"));
        menu.addAction(words, this,
                       [this, name = m_service->name, kind] { Q_EMIT requested(name, kind); });
    }
    if (m_service->actions.isEmpty())
        menu.addAction(tr("No actions in gantry.yaml for it"))->setEnabled(false);
}

} // namespace ui
