// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/risksheet.h"

#include "ui/widgets/actionbutton.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr QSize usualSize(640, 420);

} // namespace

RiskSheet::RiskSheet(const QString& environment, const QList<KnownRisk>& risks, QWidget* parent)
    : Sheet(QStringLiteral("riskSheet"), tr("Risks of %1").arg(environment), parent) {
    resize(usualSize);
    column().addWidget(paragraph(
        tr("They are acknowledged in a run, one by one, under \"Go or no-go…\". No run that is "
           "open here says who did.")));
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, space::m, 0);
    rows->setSpacing(space::s);
    for (qsizetype i = 0; i < risks.size(); ++i) {
        const KnownRisk& risk = risks[i];
        if (i == 0 || risk.source != risks[i - 1].source) {
            auto* head = new QHBoxLayout;
            auto* source = paragraph(risk.source, TextRole::Quiet, Colour::Quiet);
            head->addWidget(source, 1);
            rows->addLayout(head);
            if (!risk.runbook.isEmpty()) {
                auto* open = new ActionButton(tr("Open runbook"), ButtonKind::Plain);
                open->setAccessibleName(tr("Open runbook %1").arg(risk.source));
                head->addWidget(open);
                connect(open, &ActionButton::clicked, this, [this, path = risk.runbook] {
                    accept();
                    Q_EMIT runbookRequested(path);
                });
            }
        }
        rows->addWidget(selectable(risk.text));
    }
    rows->addStretch(1);
    auto* area = new QScrollArea;
    area->setAccessibleName(tr("Risks"));
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    column().addWidget(area, 1);
    auto* close = new ActionButton(tr("Close list"));
    close->setDefault(true);
    connect(close, &ActionButton::clicked, this, &QDialog::reject);
    addButtons({close});
}

} // namespace ui
