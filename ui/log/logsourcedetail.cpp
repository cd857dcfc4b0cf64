// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourcedetail.h"

#include "ui/widgets/clock.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/timeformat.h"

#include <QFormLayout>
#include <QVBoxLayout>

namespace ui {

LogSourceDetail::LogSourceDetail(QWidget* parent)
    : QFrame(parent)
    , m_title(new ElidedLabel({}, TextRole::Body))
    , m_form(new QFormLayout)
    , m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("logSourceDetail"));
    setAccessibleName(tr("Details of the source"));
    m_column->setContentsMargins(space::m, space::s, space::m, space::s);
    m_column->setSpacing(space::s);
    m_title->setEmphasis(Emphasis::Strong);
    m_title->setElideMode(Qt::ElideMiddle);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_form->setHorizontalSpacing(space::m);
    m_form->setVerticalSpacing(2);
    m_column->addWidget(m_title);
    m_column->addLayout(m_form);
    connect(&Clock::instance(), &Clock::ticked, this, [this] {
        if (isVisible())
            settle();
    });
}

void LogSourceDetail::showRow(const LogSourceRow& row) {
    m_row = row;
    m_title->setFullText(row.title);
    settle();
}

/// Ages change each second: what is the same stays as it is, and with it a person's selection.
void LogSourceDetail::settle() {
    const QList<SourceFact> facts = sourceFacts(m_row, presentInstant());
    const bool isOfSameNames =
        facts.size() == m_facts.size() &&
        std::equal(facts.cbegin(), facts.cend(), m_facts.cbegin(),
                   [](const SourceFact& a, const SourceFact& b) { return a.name == b.name; });
    if (!isOfSameNames)
        fill(facts);
    for (int i = 0; i < int(facts.size()); ++i) {
        auto* value =
            static_cast<ElidedLabel*>(m_form->itemAt(i, QFormLayout::FieldRole)->widget());
        if (value->fullText() != facts[i].value)
            value->setFullText(facts[i].value);
    }
    m_facts = facts;
}

void LogSourceDetail::fill(const QList<SourceFact>& facts) {
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    for (const SourceFact& fact : facts) {
        auto* value = new ElidedLabel({}, TextRole::Quiet);
        value->setElideMode(Qt::ElideMiddle);
        // What it says is as wide as there is room for, and makes none.
        value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        m_form->addRow(new TextLabel(fact.name, TextRole::Quiet, Colour::Quiet), value);
    }
}

} // namespace ui
