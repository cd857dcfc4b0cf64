// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/trustline.h"

#include "app/workspace/openworkspace.h"
#include "ui/environment/distrustsheet.h"
#include "ui/environment/trustsheet.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"

#include <QHBoxLayout>

namespace ui {

TrustLine::TrustLine(QWidget* parent)
    : QWidget(parent)
    , m_words(new ElidedLabel({}, TextRole::Body, Colour::Quiet))
    , m_ask(new ActionButton({}, ButtonKind::Plain)) {
    setObjectName(QStringLiteral("trustLine"));
    m_ask->setObjectName(QStringLiteral("askTrust"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(space::m);
    row->addWidget(m_words, 1);
    row->addWidget(m_ask);
    connect(m_ask, &ActionButton::clicked, this, &TrustLine::ask);
    hide();
}

void TrustLine::showWorkspace(app::OpenWorkspace& workspace) {
    if (m_workspace != &workspace) {
        if (m_workspace != nullptr)
            disconnect(m_workspace, nullptr, this, nullptr);
        m_workspace = &workspace;
        connect(&workspace, &app::OpenWorkspace::changed, this, &TrustLine::settle);
    }
    settle();
}

void TrustLine::settle() {
    const QString asked = TrustSheet::countsOf(m_workspace->workspace());
    setVisible(m_workspace->state() != app::OpenWorkspace::State::Outlined && !asked.isEmpty());
    const bool isTrusted = m_workspace->isTrusted();
    m_words->setFullText(isTrusted ? tr("Trusted, so these run by themselves: %1").arg(asked)
                                   : tr("Not trusted, so these do not run: %1").arg(asked));
    m_ask->setText(isTrusted ? tr("Stop trusting workspace…") : tr("Review workspace…"));
}

void TrustLine::ask() {
    if (m_workspace == nullptr)
        return;
    if (m_workspace->isTrusted())
        DistrustSheet::ask(*m_workspace, window());
    else
        TrustSheet::ask(*m_workspace, window());
}

} // namespace ui
