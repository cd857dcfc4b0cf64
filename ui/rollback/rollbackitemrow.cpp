// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/rollbackitemrow.h"

#include "ui/rollback/rollbackwords.h"
#include "ui/theme/theme.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/sheet.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QRadioButton>

namespace ui {

namespace {

constexpr int numberWidth = 28;
constexpr int mostLines = 3;

} // namespace

RollbackItemRow::RollbackItemRow(const models::RollbackItem& item, int number, QWidget* parent)
    : QWidget(parent) {
    const bool isLeftOut = item.need == models::Need::NotNeeded;
    auto* place = new TextLabel(number > 0 ? QString::number(number) : QStringLiteral("–"),
                                TextRole::Body, Colour::Quiet);
    place->setFixedWidth(numberWidth);
    auto* column = new QVBoxLayout;
    column->setSpacing(space::xs);
    auto* title = paragraph(item.title, TextRole::Body, isLeftOut ? Colour::Quiet : Colour::Text);
    if (!isLeftOut)
        title->setEmphasis(Emphasis::Strong);
    column->addWidget(title);
    column->addWidget(paragraph(rollbackItemWords(item), TextRole::Quiet, Colour::Quiet));
    if (!item.because.isEmpty())
        column->addWidget(
            paragraph(item.because, TextRole::Quiet,
                      item.need == models::Need::Asked ? Colour::Warn : Colour::Quiet));
    if (item.isConditional)
        addQuestion(item, *column);
    if (!isLeftOut && !item.script.isEmpty()) {
        auto* block = new MonoBlock(tr("Command of “%1”").arg(item.title));
        block->setMaximumLines(mostLines);
        block->setLongLines(MonoBlock::LongLines::Wrapped);
        block->setWords(item.script.trimmed());
        column->addWidget(block);
    }
    if (!item.problem.isEmpty())
        column->addWidget(paragraph(item.problem, TextRole::Body, Colour::Fail));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, space::s, 0, space::s);
    row->setSpacing(space::s);
    row->addWidget(place, 0, Qt::AlignTop);
    row->addLayout(column, 1);
}

void RollbackItemRow::addQuestion(const models::RollbackItem& item, QVBoxLayout& column) {
    auto* needed = new QRadioButton(tr("Needed"));
    auto* notNeeded = new QRadioButton(tr("Not needed"));
    needed->setObjectName(QStringLiteral("needed:%1").arg(item.source.text()));
    notNeeded->setObjectName(QStringLiteral("notNeeded:%1").arg(item.source.text()));
    needed->setAccessibleName(tr("“%1” is needed").arg(item.title));
    notNeeded->setAccessibleName(tr("“%1” is not needed").arg(item.title));
    needed->setChecked(item.need == models::Need::Needed);
    notNeeded->setChecked(item.need == models::Need::NotNeeded);
    auto* group = new QButtonGroup(this);
    group->addButton(needed);
    group->addButton(notNeeded);
    auto* choices = new QHBoxLayout;
    choices->setSpacing(space::l);
    choices->addWidget(needed);
    choices->addWidget(notNeeded);
    choices->addStretch();
    column.addLayout(choices);
    connect(needed, &QRadioButton::clicked, this,
            [this, source = item.source] { Q_EMIT decided(source, true); });
    connect(notNeeded, &QRadioButton::clicked, this,
            [this, source = item.source] { Q_EMIT decided(source, false); });
}

} // namespace ui
