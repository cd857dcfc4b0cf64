// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/actionsheet.h"

#include "app/run/runservice.h"
#include "ui/run/valuesform.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/monoblock.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

namespace {
constexpr int sheetWidth = 520;
constexpr int mostLines = 8;
} // namespace

ActionSheet::ActionSheet(const models::RunState& preview, const models::StepId& step,
                         const QStringList& objections, QWidget* parent)
    : Sheet(QStringLiteral("actionSheet"), preview.plan->runbook.title, parent)
    , m_run(new ActionButton({}, ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    m_run->setText(windowTitle());
    addCommand(preview, step);
    addObjections(objections);
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
    column().addWidget(
        paragraph(tr("This runs at %1, in %2, as %3 has it. It is recorded as a run of its own.")
                      .arg(place, context.environment, context.runbookPath),
                  TextRole::Body, Colour::Quiet));
    auto* block = new MonoBlock(tr("Command"));
    block->setMaximumLines(mostLines);
    block->setLongLines(MonoBlock::LongLines::Wrapped);
    block->setWords(command.script.trimmed());
    column().addWidget(block);
}

void ActionSheet::addObjections(const QStringList& objections) {
    if (objections.isEmpty())
        return;
    for (const QString& objection : objections)
        column().addWidget(paragraph(objection, TextRole::Body, Colour::Fail));
    m_reason = new QLineEdit;
    m_reason->setObjectName(QStringLiteral("overrideReason"));
    m_reason->setPlaceholderText(tr("A reason, for the record"));
    connect(m_reason, &QLineEdit::textChanged, this, &ActionSheet::settle);
    addField(column(), tr("Why is it done all the same?"), m_reason);
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
    column().addWidget(m_values);
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
    m_typed = new QLineEdit;
    m_typed->setObjectName(QStringLiteral("actionTyped"));
    connect(m_typed, &QLineEdit::textChanged, this, &ActionSheet::settle);
    addField(column(), why.arg(m_toType), m_typed);
}

void ActionSheet::addButtons() {
    m_run->setObjectName(QStringLiteral("runAction"));
    addFoot(*m_run);
    connect(m_run, &ActionButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] {
        Q_EMIT confirmed(m_values ? m_values->plainValues() : QMap<QString, QString>(),
                         m_values ? m_values->secretValues() : QMap<QString, QString>(),
                         m_reason ? m_reason->text().trimmed() : QString());
    });
    if (m_reason)
        m_reason->setFocus();
    else if (m_values)
        m_values->focusFirst();
    else if (m_typed)
        m_typed->setFocus();
    else
        m_run->setFocus();
}

void ActionSheet::settle() {
    const bool isTyped = m_toType.isEmpty() || m_typed->text().trimmed() == m_toType;
    const bool isExplained = !m_reason || !m_reason->text().trimmed().isEmpty();
    m_run->setEnabled(isTyped && isExplained && (!m_values || m_values->isComplete()));
}

} // namespace ui
