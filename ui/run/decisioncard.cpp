// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/decisioncard.h"

#include "models/run/approvalrule.h"
#include "models/run/hosts.h"
#include "models/run/observations.h"
#include "models/run/permission.h"
#include "models/run/rollbackplan.h"
#include "ui/run/evidence.h"
#include "ui/run/gatereadings.h"
#include "ui/run/valuesform.h"
#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/textlabel.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ui {

using models::StepKind;
using models::StepStatus;

namespace {

constexpr int evidenceLines = 8;

bool isRequired(const models::Step& step) {
    return step.options.flag(QLatin1String("required"), false);
}

void addEvidence(Card& card, const QString& evidence) {
    if (evidence.isEmpty())
        return;
    auto* block = new MonoBlock(DecisionCard::tr("evidence"));
    block->setMaximumLines(evidenceLines);
    block->setLongLines(MonoBlock::LongLines::Wrapped);
    block->setWords(evidence);
    card.column().addWidget(block);
}

/// What somebody says who chooses this of an outcome that nobody saw.
QString meaningOf(Act act) {
    switch (act) {
    case Act::MarkPassed:
        return DecisionCard::tr("It did what it should.");
    case Act::JudgeFailed:
        return DecisionCard::tr("It did not.");
    case Act::Retry:
        return DecisionCard::tr("A second time does no harm.");
    case Act::Skip:
        return DecisionCard::tr("It is not needed now.");
    case Act::RunFresh:
        return DecisionCard::tr("What the steps before left is not needed.");
    case Act::RollBack:
        return DecisionCard::tr("Go back to what was there before.");
    default:
        return {};
    }
}

} // namespace

DecisionCard::DecisionCard(const QString& title, Colour tone)
    : Card(title, tone) {
    setObjectName(QStringLiteral("decisionCard"));
}

QLineEdit* DecisionCard::addLine(const QString& label) {
    auto* words = new TextLabel(label, TextRole::Quiet, Colour::Quiet);
    auto* edit = new QLineEdit;
    edit->setAccessibleName(label);
    words->setBuddy(edit);
    column().addWidget(words);
    column().addWidget(edit);
    return edit;
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
    }
    if (situation.status == StepStatus::Failed || situation.status == StepStatus::Unknown)
        situation.asked << state.step(step.id).reason;
    for (const models::Say& say : state.step(step.id).says)
        situation.asked << say.name << say.at.toString();
    situation.asked << QString::number(state.step(step.id).request.seq);
    if (situation.status == StepStatus::Waiting) {
        situation.asked << state.gates.value(step.id).deadline.toString();
    }
    return situation;
}

DecisionCard* DecisionCard::make(const models::RunState& state, int planIndex) {
    const models::PlanStep& placed = state.plan->steps[planIndex];
    const models::Step& step = placed.step;
    if (!placed.children.isEmpty() || !placed.applicable)
        return nullptr;
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    const StepStatus status = models::effectiveStatus(state, planIndex);
    if (state.step(step.id).request.seq > 0 && !models::isApproval(step) &&
        status != StepStatus::Blocked && status != StepStatus::Passed &&
        status != StepStatus::Skipped)
        return forApproval(state, planIndex); // a gate that is to be overridden
    const bool needsValues = !needs.variables.isEmpty() || !needs.secrets.isEmpty();
    switch (status) {
    case StepStatus::Failed:
        if (models::isApproval(step))
            return forApproval(state, planIndex);
        return needsValues && !state.step(step.id).attempts.isEmpty() ? forValues(state, needs)
                                                                      : forFailure(state, step);
    case StepStatus::Running:
        return needs.secrets.isEmpty() ? nullptr : forValues(state, needs);
    case StepStatus::Unknown:
        return forUnknown(state, planIndex);
    case StepStatus::Waiting:
        if (models::isApproval(step))
            return forApproval(state, planIndex);
        if (state.gates.contains(step.id))
            return forObserved(state, step);
        return state.step(step.id).waitUntil.isNull() ? forJudgement(state.step(step.id)) : nullptr;
    case StepStatus::Pending:
        break;
    case StepStatus::Blocked:
    case StepStatus::Passed:
    case StepStatus::Skipped:
        return nullptr;
    }
    if (models::isApproval(step))
        return forApproval(state, planIndex);
    if (models::isObserved(step))
        return forObserved(state, step);
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
    card->m_isFilledIn = [form] { return form->isComplete(); };
    card->m_focusMissing = [form] { form->focusFirst(); };
    card->m_give = [card, form](Act) {
        Q_EMIT card->valuesGiven(form->plainValues(), form->secretValues());
    };
    connect(form, &ValuesForm::changed, card, &DecisionCard::filledInChanged);
    connect(form, &ValuesForm::submitted, card, [card] { card->answer(Act::GiveValues); });
    return card;
}

DecisionCard* DecisionCard::forChoice(const app::StepNeeds& needs) {
    auto* card = new DecisionCard(tr("Choose one way"), Colour::Accent);
    auto* group = new QButtonGroup(card);
    for (const QString& choice : needs.choices) {
        auto* radio = new QRadioButton(choice);
        radio->setObjectName(QStringLiteral("choice:") + choice);
        group->addButton(radio, int(group->buttons().size()));
        card->column().addWidget(radio);
    }
    QLineEdit* typed = nullptr;
    if (!needs.confirmationText.isEmpty()) {
        typed = card->addLine(tr("Type “%1” to confirm").arg(needs.confirmationText));
        connect(typed, &QLineEdit::textChanged, card, &DecisionCard::filledInChanged);
        connect(typed, &QLineEdit::returnPressed, card, [card] { card->answer(Act::Choose); });
    }
    connect(group, &QButtonGroup::idClicked, card, &DecisionCard::filledInChanged);
    card->m_isFilledIn = [group, typed, wanted = needs.confirmationText] {
        return group->checkedId() >= 0 && (!typed || typed->text().trimmed() == wanted);
    };
    card->m_focusMissing = [group, typed] {
        if (group->checkedId() >= 0 && typed)
            typed->setFocus();
        else
            group->button(0)->setFocus();
    };
    card->m_give = [card, group, typed, choices = needs.choices](Act) {
        app::StartOptions options;
        options.choice = choices.value(group->checkedId());
        options.confirmed = typed != nullptr;
        Q_EMIT card->startRequested(options);
    };
    return card;
}

DecisionCard* DecisionCard::forConfirmation(const QString& words) {
    auto* card =
        new DecisionCard(tr("This step destroys or changes things for good"), Colour::Fail);
    QLineEdit* typed = card->addLine(tr("Type “%1” to confirm").arg(words));
    typed->setObjectName(QStringLiteral("confirmField"));
    connect(typed, &QLineEdit::textChanged, card, &DecisionCard::filledInChanged);
    connect(typed, &QLineEdit::returnPressed, card, [card] { card->answer(Act::ConfirmTyped); });
    card->m_isFilledIn = [typed, words] { return typed->text().trimmed() == words; };
    card->m_focusMissing = [typed] { typed->setFocus(); };
    card->m_give = [card](Act) {
        app::StartOptions options;
        options.confirmed = true;
        Q_EMIT card->startRequested(options);
    };
    return card;
}

DecisionCard* DecisionCard::forTerminal(const QString& command) {
    auto* card = new DecisionCard(tr("Run this in a terminal of your own"), Colour::Accent);
    card->addText(tr("It talks to a person, so it is not run here. Mark the step done afterwards."),
                  Colour::Quiet);
    auto* block = new MonoBlock(tr("command"));
    block->setWords(command);
    card->column().addWidget(block);
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
    card->addText(tr("Pass it with what was seen, or override it with a reason."), Colour::Quiet);
    return card;
}

DecisionCard* DecisionCard::forObserved(const models::RunState& state, const models::Step& step) {
    auto* card = new DecisionCard(step.kind == StepKind::Gate
                                      ? tr("Gate: what follows waits until this is seen")
                                      : tr("Check: decided by what is seen"),
                                  Colour::Waiting);
    if (step.condition.isEmpty())
        card->addText(tr("A passed run of the same version in %1.").arg(step.requiresEnvironment));
    else
        addEvidence(*card, step.condition);
    card->m_step = step.id;
    if (state.gates.contains(step.id)) {
        card->m_readings = new GateReadings;
        card->column().addWidget(card->m_readings);
        card->showState(state);
    } else {
        card->addText(tr("It is read as soon as everything before it is done."), Colour::Quiet);
    }
    return card;
}

void DecisionCard::showState(const models::RunState& state) {
    if (m_readings && state.gates.contains(m_step))
        m_readings->showRecorded(state.gates[m_step]);
}

void DecisionCard::showStanding(const models::GateStanding& standing) {
    if (m_readings)
        m_readings->showStanding(standing);
}

DecisionCard* DecisionCard::forFailure(const models::RunState& state, const models::Step& step) {
    const models::StepState& stepState = state.step(step.id);
    auto* card = new DecisionCard(tr("This step failed"), Colour::Fail);
    card->setObjectName(QStringLiteral("failureCard"));
    card->tellReason(stepState);
    // What each of several hosts did stands beside its name.
    if (!stepState.attempts.isEmpty() && !models::hasSeveralHosts(step)) {
        for (const QString& sentence : unmetExpectations(stepState.attempts.last())) {
            if (sentence != stepState.reason)
                card->addText(sentence);
        }
    }
    if (isRequired(step))
        card->addText(tr("The document requires this step. It cannot be skipped."), Colour::Quiet);
    QList<Act> acts;
    if (models::lostSession(stepState)) {
        app::StartOptions fresh;
        fresh.fresh = true;
        card->addText(tr("In a fresh shell it begins in %1, with the values of the run and nothing "
                         "that the steps before left.")
                          .arg(app::RunService::resolve(state, step.id, fresh).workingDirectory),
                      Colour::Quiet);
        acts.append(Act::RunFresh);
    }
    if (models::rollbackRefusal(state).isEmpty())
        acts.append(Act::RollBack);
    if (!acts.isEmpty())
        card->addChoices(acts);
    return card;
}

DecisionCard* DecisionCard::forUnknown(const models::RunState& state, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    const models::StepState& stepState = state.step(step.id);
    auto* card = new DecisionCard(tr("Outcome unknown: what happened?"), Colour::Unknown);
    card->tellReason(stepState);
    if (!stepState.attempts.isEmpty() && !models::hasSeveralHosts(step)) {
        const Evidence evidence = evidenceOf(stepState.attempts.last());
        for (const QString& fact : evidence.facts)
            card->addText(fact, Colour::Quiet);
        addEvidence(*card, evidence.verbatim);
    }
    if (models::refusal(state, planIndex, models::StepIntent::AskAgain).isEmpty())
        card->addText(tr("The host may still know: ask it again first. Nothing is started by "
                         "asking."));
    card->addText(tr("Look before you run it again: it may have done all, a part or nothing."));
    QList<Act> acts{Act::MarkPassed, Act::JudgeFailed, Act::Retry};
    if (!isRequired(step))
        acts.append(Act::Skip);
    if (models::rollbackRefusal(state).isEmpty())
        acts.append(Act::RollBack);
    card->addChoices(acts);
    return card;
}

DecisionCard* DecisionCard::forJudgement(const models::StepState& stepState) {
    auto* card = new DecisionCard(tr("Did it do what was expected?"), Colour::Waiting);
    card->tellReason(stepState);
    card->addText(tr("Compare what is expected with what was observed, then judge."),
                  Colour::Quiet);
    return card;
}

void DecisionCard::tellReason(const models::StepState& stepState) {
    addText(stepState.reason);
    m_tellsReason = true;
}

/// Each on a line with what it stands for.
void DecisionCard::addChoices(const QList<Act>& acts) {
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, space::xs, 0, 0);
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(space::s);
    grid->setColumnStretch(0, 1);
    QWidget* first = nullptr;
    for (const Act act : acts) {
        auto* words = new TextLabel(meaningOf(act), TextRole::Body);
        words->setWordWrap(true);
        auto* button = new ActionButton(actText(act));
        button->setObjectName(QStringLiteral("card:%1").arg(actText(act)));
        connect(button, &ActionButton::clicked, this, [this, act] { Q_EMIT actRequested(act); });
        const int row = grid->rowCount();
        grid->addWidget(words, row, 0);
        grid->addWidget(button, row, 1);
        first = first ? first : button;
    }
    column().addLayout(grid);
    m_focusMissing = [first] { first->setFocus(Qt::TabFocusReason); };
}

bool DecisionCard::isFilledIn() const {
    return !m_isFilledIn || m_isFilledIn();
}

void DecisionCard::answer(Act act) {
    if (m_give && isFilledIn())
        m_give(act);
    else if (m_focusMissing)
        m_focusMissing();
    else
        setFocus();
}

} // namespace ui
