// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/contractpanel.h"

#include "ui/environment/contractwords.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {

ContractPanel::ContractPanel(QWidget* parent)
    : QWidget(parent)
    , m_chip(new Chip)
    , m_summary(new TextLabel)
    , m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("contractPanel"));
    setAccessibleName(tr("Contract of the service"));
    m_column->setContentsMargins({});
    m_column->setSpacing(space::xs);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::s);
    head->addWidget(m_chip);
    m_summary->setWordWrap(true);
    head->addWidget(m_summary, 1);
    m_column->addLayout(head);
}

void ContractPanel::addLine(const QString& words, Colour tone) {
    if (m_used == m_lines.size()) {
        auto* made = selectable({});
        m_lines.append(made);
        m_column->addWidget(made);
    }
    TextLabel* const line = m_lines[m_used++];
    line->setText(words);
    line->setTone(tone);
    line->show();
}

void ContractPanel::showStanding(const models::ContractStanding& standing, models::Instant now) {
    m_chip->setText(tr("Contract: %1").arg(contractWord(standing.verdict)));
    m_chip->setTone(verdictTone(standing.verdict));
    m_chip->setGlyph(verdictGlyph(standing.verdict));
    QString words = standing.words;
    if (!standing.at.isNull())
        words += QStringLiteral(" · ") + formatAge(standing.at, now);
    m_summary->setText(words);
    m_used = 0;
    for (const models::ContractReading& place : standing.places) {
        if (standing.places.size() > 1 || !place.problem.isEmpty())
            addLine(place.problem.isEmpty()
                        ? place.place
                        : QStringLiteral("%1: %2").arg(place.place, place.problem),
                    Colour::Quiet);
        if (!place.problem.isEmpty())
            continue;
        for (const models::VariableReading& variable : place.variables)
            addLine(QStringLiteral("%1 · %2  %3")
                        .arg(variable.name, contractWord(variable.verdict), variable.why),
                    verdictTone(variable.verdict));
    }
    for (qsizetype i = m_used; i < m_lines.size(); ++i)
        m_lines[i]->hide();
}

} // namespace ui
