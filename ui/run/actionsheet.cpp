// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/actionsheet.h"

#include "app/run/runservice.h"
#include "ui/run/valuesform.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/textlabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int sheetWidth = 520;
constexpr int mostLines = 8;

TextLabel* paragraph(const QString& text, TextRole role, Colour tone) {
    auto* label = new TextLabel(text, role, tone);
    label->setWordWrap(true);
    return label;
}

QVBoxLayout& columnOf(QDialog& dialog) {
    return *static_cast<QVBoxLayout*>(dialog.layout());
}

} // namespace

ActionSheet::ActionSheet(const models::RunState& preview, const models::StepId& step,
                         QWidget* parent)
    : QDialog(parent)
    , m_run(new ActionButton({}, ButtonKind::Filled)) {
    const QString& title = preview.plan->runbook.title;
    setObjectName(QStringLiteral("actionSheet"));
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(sheetWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    column->setSpacing(space::s);
    column->addWidget(paragraph(title, TextRole::Title, Colour::Text));
    m_run->setText(title);
    addCommand(preview, step);
    addValues(preview, step);
    addTyping(preview, step);
    addButtons();
    settle();
}

void ActionSheet::addCommand(const models::RunState& preview, const models::StepId& step) {
    const app::ResolvedCommand command = app::RunService::resolve(preview, step, {});
    const models::PlanContext& context = preview.plan->context;
    const QString place = command.place.isEmpty()
                              ? preview.plan->find(step)->step.options.text(QLatin1String("on"))
                              : command.place;
    columnOf(*this).addWidget(
        paragraph(tr("This runs at %1, in %2, as %3 has it. It is recorded as a run of its own.")
                      .arg(place, context.environment, context.runbookPath),
                  TextRole::Body, Colour::Quiet));
    auto* block = new MonoBlock(tr("Command"));
    block->setMaximumLines(mostLines);
    block->setLongLines(MonoBlock::LongLines::Wrapped);
    block->setWords(command.script.trimmed());
    columnOf(*this).addWidget(block);
}

void ActionSheet::addValues(const models::RunState& preview, const models::StepId& step) {
    const app::StepNeeds needs = app::RunService::needs(preview, step);
    QList<ValueField> fields;
    for (const QString& name : needs.variables)
        fields.append(fieldFor(preview, name));
    for (const QString& name : needs.secrets) {
        ValueField field = fieldFor(preview, name);
        field.secret = true;
        fields.append(field);
    }
    if (fields.isEmpty())
        return;
    for (ValueField& field : fields)
        field.required = true;
    m_values = new ValuesForm(fields);
    connect(m_values, &ValuesForm::changed, this, &ActionSheet::settle);
    columnOf(*this).addWidget(m_values);
}

void ActionSheet::addTyping(const models::RunState& preview, const models::StepId& step) {
    const models::PlanContext& context = preview.plan->context;
    m_toType = app::RunService::needs(preview, step).confirmationText;
    const bool isDestructive = !m_toType.isEmpty();
    if (m_toType.isEmpty() && context.isProtected)
        m_toType = context.environment;
    if (m_toType.isEmpty())
        return;
    if (isDestructive)
        m_run->setKind(ButtonKind::Danger);
    const QString why = isDestructive
                            ? tr("This destroys or changes things for good. Type “%1” to confirm")
                            : tr("Type “%1” to do this in a protected environment");
    auto* label = paragraph(why.arg(m_toType), TextRole::Quiet, Colour::Quiet);
    m_typed = new QLineEdit;
    m_typed->setObjectName(QStringLiteral("actionTyped"));
    m_typed->setAccessibleName(label->text());
    label->setBuddy(m_typed);
    connect(m_typed, &QLineEdit::textChanged, this, &ActionSheet::settle);
    columnOf(*this).addWidget(label);
    columnOf(*this).addWidget(m_typed);
}

void ActionSheet::addButtons() {
    auto* cancel = new ActionButton(tr("Cancel"), ButtonKind::Quiet);
    m_run->setObjectName(QStringLiteral("runAction"));
    m_run->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_run);
    columnOf(*this).addSpacing(space::s);
    columnOf(*this).addLayout(buttons);
    connect(cancel, &ActionButton::clicked, this, &QDialog::reject);
    connect(m_run, &ActionButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] {
        Q_EMIT confirmed(m_values ? m_values->plainValues() : QMap<QString, QString>(),
                         m_values ? m_values->secretValues() : QMap<QString, QString>());
    });
    if (m_values)
        m_values->focusFirst();
    else if (m_typed)
        m_typed->setFocus();
    else
        m_run->setFocus();
}

void ActionSheet::settle() {
    const bool isTyped = m_toType.isEmpty() || m_typed->text().trimmed() == m_toType;
    m_run->setEnabled(isTyped && (!m_values || m_values->isComplete()));
}

} // namespace ui
