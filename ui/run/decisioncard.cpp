// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/decisioncard.h"

#include "ui/run/valuesform.h"
#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/textlabel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ui {

using models::StepKind;
using models::StepStatus;

namespace {

constexpr int evidenceLines = 8;

QHBoxLayout* buttonRow(Card& card) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, space::xs, 0, 0);
    row->setSpacing(space::s);
    card.column().addLayout(row);
    return row;
}

QLineEdit* addLine(Card& card, const QString& label) {
    auto* words = new TextLabel(label, TextRole::Quiet, Colour::Quiet);
    auto* edit = new QLineEdit;
    edit->setAccessibleName(label);
    words->setBuddy(edit);
    card.column().addWidget(words);
    card.column().addWidget(edit);
    return edit;
}

bool isRequired(const models::Step& step) {
    return step.options.flag(QLatin1String("required"), false);
}

void addEvidence(Card& card, const QString& evidence) {
    if (evidence.isEmpty())
        return;
    auto* block = new MonoBlock(DecisionCard::tr("evidence"));
    block->setMaximumLines(evidenceLines);
    block->setWords(evidence);
    card.column().addWidget(block);
}

} // namespace

DecisionCard::DecisionCard(const QString& title, Colour tone)
    : Card(title, tone) {
    setObjectName(QStringLiteral("decisionCard"));
}

DecisionCard::Situation DecisionCard::situationOf(const models::RunState& state, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    Situation situation;
    situation.step = step.id;
    situation.status = models::effectiveStatus(state, planIndex);
    situation.attempts = int(state.step(step.id).attempts.size());
    if (situation.status == StepStatus::Pending || situation.status == StepStatus::Failed ||
        situation.status == StepStatus::Running) {
        const app::StepNeeds needs = app::RunService::needs(state, step.id);
        situation.asked = needs.variables + needs.secrets + needs.choices;
        situation.asked << needs.confirmationText << needs.terminalCommand;
    } else if (situation.status == StepStatus::Waiting) {
        situation.asked << QString::number(state.step(step.id).approvals);
    }
    return situation;
}

DecisionCard* DecisionCard::make(const models::RunState& state, int planIndex) {
    const models::PlanStep& placed = state.plan->steps[planIndex];
    const models::Step& step = placed.step;
    if (!placed.children.isEmpty() || !placed.applicable)
        return nullptr;
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    const bool needsValues = !needs.variables.isEmpty() || !needs.secrets.isEmpty();
    switch (models::effectiveStatus(state, planIndex)) {
    case StepStatus::Failed:
        return needsValues && !state.step(step.id).attempts.isEmpty() ? forValues(state, needs)
                                                                      : forFailure(state, step);
    case StepStatus::Running:
        return needs.secrets.isEmpty() ? nullptr : forValues(state, needs);
    case StepStatus::Unknown:
        return forUnknown(state, step);
    case StepStatus::Waiting:
        if (step.kind == StepKind::Approval)
            return forApproval(state, step);
        return state.step(step.id).waitUntil.isNull() ? forJudgement(step) : nullptr;
    case StepStatus::Pending:
        break;
    case StepStatus::Blocked:
    case StepStatus::Passed:
    case StepStatus::Skipped:
        return nullptr;
    }
    if (step.kind == StepKind::Approval)
        return forApproval(state, step);
    if (step.kind == StepKind::Gate)
        return forGate(step);
    if (needsValues)
        return forValues(state, needs);
    if (!needs.terminalCommand.isEmpty())
        return forTerminal(needs.terminalCommand);
    if (!needs.choices.isEmpty())
        return forChoice(needs);
    return needs.confirmationText.isEmpty() ? nullptr : forConfirmation(needs.confirmationText);
}

DecisionCard* DecisionCard::forValues(const models::RunState& state, const app::StepNeeds& needs) {
    auto* card = new DecisionCard(tr("This step needs values"), Colour::Accent);
    QList<ValueField> fields;
    for (const QString& name : needs.variables)
        fields.append(fieldFor(state, name));
    for (const QString& name : needs.secrets) {
        fields.append(fieldFor(state, name));
        fields.last().secret = true;
    }
    auto* form = new ValuesForm(fields);
    card->column().addWidget(form);
    auto* use = new ActionButton(tr("Use values"));
    use->setObjectName(QStringLiteral("useValues"));
    use->setEnabled(form->isComplete());
    QHBoxLayout* row = buttonRow(*card);
    row->addStretch();
    row->addWidget(use);
    const auto give = [card, form] {
        Q_EMIT card->valuesGiven(form->plainValues(), form->secretValues());
    };
    connect(form, &ValuesForm::changed, use, [use, form] { use->setEnabled(form->isComplete()); });
    connect(form, &ValuesForm::submitted, card, give);
    connect(use, &ActionButton::clicked, card, give);
    card->m_field = form;
    return card;
}

DecisionCard* DecisionCard::forChoice(const app::StepNeeds& needs) {
    auto* card = new DecisionCard(tr("Choose one way"), Colour::Accent);
    auto* group = new QButtonGroup(card);
    for (const QString& choice : needs.choices) {
        auto* radio = new QRadioButton(choice);
        group->addButton(radio, int(group->buttons().size()));
        card->column().addWidget(radio);
        card->m_field = card->m_field ? card->m_field : radio;
    }
    QLineEdit* typed = nullptr;
    if (!needs.confirmationText.isEmpty())
        typed = addLine(*card, tr("Type “%1” to confirm").arg(needs.confirmationText));
    auto* run = new ActionButton(tr("Run option"));
    run->setObjectName(QStringLiteral("runChoice"));
    run->setEnabled(false);
    QHBoxLayout* row = buttonRow(*card);
    row->addStretch();
    row->addWidget(run);
    const auto settle = [run, group, typed, wanted = needs.confirmationText] {
        run->setEnabled(group->checkedId() >= 0 && (!typed || typed->text().trimmed() == wanted));
    };
    connect(group, &QButtonGroup::idClicked, run, settle);
    if (typed)
        connect(typed, &QLineEdit::textChanged, run, settle);
    connect(run, &ActionButton::clicked, card, [card, group, typed, choices = needs.choices] {
        app::StartOptions options;
        options.choice = choices.value(group->checkedId());
        options.confirmed = typed != nullptr;
        Q_EMIT card->startRequested(options);
    });
    return card;
}

DecisionCard* DecisionCard::forConfirmation(const QString& words) {
    auto* card =
        new DecisionCard(tr("This step destroys or changes things for good"), Colour::Fail);
    QLineEdit* typed = addLine(*card, tr("Type “%1” to confirm").arg(words));
    typed->setObjectName(QStringLiteral("confirmField"));
    typed->setPlaceholderText(words);
    auto* run = new ActionButton(tr("Run step"), ButtonKind::Danger);
    run->setObjectName(QStringLiteral("runConfirmed"));
    run->setEnabled(false);
    QHBoxLayout* row = buttonRow(*card);
    row->addStretch();
    row->addWidget(run);
    const auto start = [card] {
        app::StartOptions options;
        options.confirmed = true;
        Q_EMIT card->startRequested(options);
    };
    connect(typed, &QLineEdit::textChanged, run,
            [run, words](const QString& text) { run->setEnabled(text.trimmed() == words); });
    connect(typed, &QLineEdit::returnPressed, card, [run, start] {
        if (run->isEnabled())
            start();
    });
    connect(run, &ActionButton::clicked, card, start);
    card->m_field = typed;
    return card;
}

DecisionCard* DecisionCard::forTerminal(const QString& command) {
    auto* card = new DecisionCard(tr("Run this in a terminal of your own"), Colour::Accent);
    card->addText(tr("It talks to a person, so it is not run here. Mark the step done afterwards."),
                  Colour::Quiet);
    auto* block = new MonoBlock(tr("command"));
    block->setWords(command);
    card->column().addWidget(block);
    card->addActs({Act::CopyCommand});
    return card;
}

DecisionCard* DecisionCard::forApproval(const models::RunState& state, const models::Step& step) {
    const models::StepState& stepState = state.step(step.id);
    const models::ApprovalRule rule = step.approval.value_or(models::ApprovalRule{});
    auto* card = new DecisionCard(
        tr("Approval: %1 of %2 given").arg(stepState.approvals).arg(rule.by), Colour::Waiting);
    if (!stepState.approvedBy.isEmpty())
        card->addText(tr("Approved by %1.").arg(stepState.approvedBy.join(QStringLiteral(", "))));
    card->addText(state.plan->context.isProtected
                      ? tr("A name typed here is recorded, not verified, and does not count in a "
                           "protected environment.")
                      : tr("A name typed here is recorded, not verified."),
                  Colour::Quiet);
    if (rule.notSelf)
        card->addText(tr("The person who started the run cannot approve."), Colour::Quiet);
    QLineEdit* name = addLine(*card, tr("Name of who approves"));
    name->setObjectName(QStringLiteral("approverName"));
    QLineEdit* remark = addLine(*card, tr("Remark"));
    auto* approve = new ActionButton(tr("Approve step"));
    approve->setObjectName(QStringLiteral("approveButton"));
    auto* reject = new ActionButton(tr("Reject step"), ButtonKind::Danger);
    QHBoxLayout* row = buttonRow(*card);
    row->addStretch();
    row->addWidget(reject);
    row->addWidget(approve);
    const auto settle = [approve, reject, name] {
        const bool hasName = !name->text().trimmed().isEmpty();
        approve->setEnabled(hasName);
        reject->setEnabled(hasName);
    };
    settle();
    connect(name, &QLineEdit::textChanged, card, settle);
    const auto give = [card, name, remark](bool approved) {
        Q_EMIT card->approvalGiven(approved, name->text().trimmed(), remark->text().trimmed());
    };
    connect(approve, &ActionButton::clicked, card, [give] { give(true); });
    connect(reject, &ActionButton::clicked, card, [give] { give(false); });
    card->m_field = name;
    return card;
}

DecisionCard* DecisionCard::forGate(const models::Step& step) {
    auto* card = new DecisionCard(tr("Gate: what follows waits for it"), Colour::Waiting);
    if (!step.condition.isEmpty()) {
        card->addText(tr("It asks for"), Colour::Quiet);
        addEvidence(*card, step.condition);
    }
    if (!step.requiresEnvironment.isEmpty())
        card->addText(tr("A passed run of the same version in %1 is asked for.")
                          .arg(step.requiresEnvironment));
    card->addActs({Act::PassGate, Act::OverrideGate});
    return card;
}

DecisionCard* DecisionCard::forFailure(const models::RunState& state, const models::Step& step) {
    const models::StepState& stepState = state.step(step.id);
    auto* card = new DecisionCard(tr("This step failed"), Colour::Fail);
    card->setObjectName(QStringLiteral("failureCard"));
    card->addText(stepState.reason);
    QList<Act> acts{stepState.attempts.isEmpty() ? Act::Reopen : Act::Retry};
    if (!isRequired(step))
        acts.append(Act::Skip);
    acts << Act::MarkPassed << Act::Abort;
    if (isRequired(step))
        card->addText(tr("The document requires this step. It cannot be skipped."), Colour::Quiet);
    card->addActs(acts);
    return card;
}

DecisionCard* DecisionCard::forUnknown(const models::RunState& state, const models::Step& step) {
    const models::StepState& stepState = state.step(step.id);
    auto* card = new DecisionCard(tr("Outcome unknown: what happened?"), Colour::Unknown);
    card->addText(stepState.reason);
    card->addText(
        tr("The command may or may not have run to its end. Look before you run it again."),
        Colour::Quiet);
    if (!stepState.attempts.isEmpty())
        addEvidence(*card, stepState.attempts.last().evidence);
    card->addActs({Act::MarkPassed, Act::JudgeFailed, Act::Retry});
    return card;
}

DecisionCard* DecisionCard::forJudgement(const models::Step& step) {
    auto* card = new DecisionCard(tr("Did it do what was expected?"), Colour::Waiting);
    for (const models::Expectation& expectation : step.expectations) {
        if (expectation.kind == models::ExpectationKind::Manual)
            card->addText(shortened(expectation.text, 400));
    }
    card->addActs({Act::JudgePassed, Act::JudgeFailed, Act::Retry});
    return card;
}

void DecisionCard::addActs(const QList<Act>& acts) {
    QHBoxLayout* row = nullptr;
    constexpr int inOneRow = 2;
    for (int i = 0; i < acts.size(); ++i) {
        if (i % inOneRow == 0) {
            row = buttonRow(*this);
            row->addStretch();
        }
        const Act act = acts[i];
        const bool isGrave = act == Act::Abort;
        auto* button =
            new ActionButton(actText(act), isGrave ? ButtonKind::Danger : ButtonKind::Plain);
        button->setObjectName(QStringLiteral("card:%1").arg(actText(act)));
        connect(button, &ActionButton::clicked, this, [this, act] { Q_EMIT actRequested(act); });
        row->insertWidget(row->count() - 1, button);
    }
}

void DecisionCard::focusField() {
    if (auto* form = qobject_cast<ValuesForm*>(m_field))
        form->focusFirst();
    else if (m_field)
        m_field->setFocus();
    else
        setFocus();
}

} // namespace ui
