// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/startsheet.h"

#include "ui/run/valuesform.h"
#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/card.h"
#include "ui/widgets/textlabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int sheetWidth = 520;
constexpr int mostRisks = 4;

QList<ValueField> fieldsOf(const models::RunState& preview) {
    QList<ValueField> fields;
    for (const models::VariableDeclaration& declared : preview.plan->variables) {
        // A value that the document gives without asking is not asked for again.
        if (declared.prompt.isEmpty() && !declared.secret)
            continue;
        ValueField field = fieldFor(preview, declared.name);
        field.required = false;
        if (!field.secret && preview.variables.contains(declared.name))
            field.initial = preview.variables.value(declared.name);
        fields.append(field);
    }
    return fields;
}

TextLabel* addLabel(QVBoxLayout& column, const QString& text, QWidget* buddy) {
    auto* label = new TextLabel(text, TextRole::Quiet, Colour::Quiet);
    label->setBuddy(buddy);
    column.addWidget(label);
    column.addWidget(buddy);
    return label;
}

} // namespace

StartSheet::StartSheet(const models::Workspace& workspace, const models::RunState& preview,
                       QWidget* parent)
    : QDialog(parent)
    , m_start(new ActionButton(tr("Start run"), ButtonKind::Filled)) {
    setObjectName(QStringLiteral("startSheet"));
    setWindowTitle(tr("Start run"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(sheetWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    column->setSpacing(space::s);
    auto* title =
        new TextLabel(tr("Start a run of %1").arg(preview.plan->runbook.title), TextRole::Title);
    title->setWordWrap(true);
    column->addWidget(title);
    const models::Progress progress = models::progressOf(preview, preview.plan->mainLane());
    auto* explanation = new TextLabel(
        tr("%1. The run keeps this version of the document, whatever happens to the file. "
           "Starting runs no command.")
            .arg(countText(progress.total, tr("step"))),
        TextRole::Body, Colour::Quiet);
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    column->addSpacing(space::xs);

    addEnvironment(*column, workspace, preview);
    addTarget(*column, workspace, preview);
    if (const QList<ValueField> fields = fieldsOf(preview); !fields.isEmpty()) {
        m_values = new ValuesForm(fields);
        connect(m_values, &ValuesForm::changed, this, &StartSheet::settle);
        column->addWidget(m_values);
    }
    if (!preview.plan->context.risks.isEmpty()) {
        auto* card = new Card(tr("Known risks"), Colour::Warn);
        for (const models::Risk& risk : preview.plan->context.risks.mid(0, mostRisks))
            card->addText(risk.text);
        column->addWidget(card);
    }
    auto* cancel = new ActionButton(tr("Cancel"), ButtonKind::Quiet);
    m_start->setObjectName(QStringLiteral("startRun"));
    m_start->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_start);
    column->addSpacing(space::s);
    column->addLayout(buttons);
    connect(cancel, &ActionButton::clicked, this, &QDialog::reject);
    connect(m_start, &ActionButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT startRequested(answer()); });
    settle();
}

void StartSheet::addEnvironment(QVBoxLayout& column, const models::Workspace& workspace,
                                const models::RunState& preview) {
    m_environment = new QComboBox;
    m_environment->setAccessibleName(tr("Environment"));
    for (const models::Environment& environment : workspace.environments)
        m_environment->addItem(environment.isProtected ? tr("%1 (protected)").arg(environment.name)
                                                       : environment.name,
                               environment.name);
    const QString& wanted = preview.plan->context.environment;
    if (m_environment->findData(wanted) < 0)
        m_environment->addItem(wanted, wanted);
    m_environment->setCurrentIndex(m_environment->findData(wanted));
    addLabel(column, tr("Environment"), m_environment);

    m_confirm = new QLineEdit;
    m_confirm->setObjectName(QStringLiteral("protectedName"));
    auto* label = addLabel(column, {}, m_confirm);
    const auto ask = [this, label, workspace] {
        const QString name = m_environment->currentData().toString();
        const models::Environment* environment = workspace.environment(name);
        const bool isProtected = environment && environment->isProtected;
        m_protectedName = isProtected ? name : QString();
        label->setText(tr("Type “%1” to start in this protected environment").arg(name));
        m_confirm->setAccessibleName(label->text());
        label->setVisible(isProtected);
        m_confirm->setVisible(isProtected);
        settle();
    };
    connect(m_environment, &QComboBox::currentIndexChanged, this, ask);
    connect(m_confirm, &QLineEdit::textChanged, this, &StartSheet::settle);
    ask();
}

void StartSheet::addTarget(QVBoxLayout& column, const models::Workspace& workspace,
                           const models::RunState& preview) {
    const models::Environment* environment =
        workspace.environment(preview.plan->context.environment);
    QStringList services = environment ? environment->serviceNames() : QStringList();
    if (services.isEmpty())
        services << QString();
    for (const QString& service : std::as_const(services)) {
        auto* edit = new QLineEdit(preview.plan->context.target.value(service));
        edit->setPlaceholderText(tr("Version or commit, may be left empty"));
        const QString words = service.isEmpty() ? tr("Target") : tr("Target of %1").arg(service);
        edit->setAccessibleName(words);
        addLabel(column, words, edit);
        m_target.insert(service, edit);
    }
}

StartSheet::Answer StartSheet::answer() const {
    Answer answer;
    answer.environment = m_environment->currentData().toString();
    for (auto it = m_target.cbegin(); it != m_target.cend(); ++it) {
        if (const QString version = it.value()->text().trimmed(); !version.isEmpty())
            answer.target.insert(it.key(), version);
    }
    if (m_values) {
        answer.variables = m_values->plainValues();
        answer.secrets = m_values->secretValues();
    }
    return answer;
}

void StartSheet::settle() {
    const bool isConfirmed =
        m_protectedName.isEmpty() || m_confirm->text().trimmed() == m_protectedName;
    m_start->setEnabled(isConfirmed && (!m_values || m_values->isComplete()));
}

} // namespace ui
