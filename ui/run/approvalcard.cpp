// SPDX-License-Identifier: GPL-3.0-or-later
// The card of a step that people decide: what it asks for, who said what, and how to answer.
#include "models/run/approvalrule.h"
#include "models/run/approvaltext.h"
#include "ui/run/decisioncard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace ui {

using models::StepStatus;

namespace {

constexpr int pasteLines = 4;

QString titleOf(const models::StepState& standing, const models::ApprovalTerms& terms) {
    if (standing.request.expired)
        return DecisionCard::tr("The approval expired");
    if (standing.status == StepStatus::Failed)
        return DecisionCard::tr("No-go: what follows is held");
    return DecisionCard::tr("Approval: %1 of %2 given").arg(standing.approvals).arg(terms.by);
}

/// Whether what is said now can still count.
bool isOpen(const models::StepState& standing) {
    return !standing.request.expired;
}

QString protectionText(const models::RunState& state, int planIndex) {
    const QString impossible = models::approvalImpossible(state, planIndex);
    if (!impossible.isEmpty())
        return impossible;
    return state.plan->context.isProtected
               ? DecisionCard::tr("%1 is protected: only signed approvals count. %2 can sign.")
                     .arg(state.plan->context.environment,
                          models::approversOf(state, planIndex).join(QStringLiteral(", ")))
               : DecisionCard::tr("A name typed here is recorded, not verified.");
}

} // namespace

DecisionCard* DecisionCard::forApproval(const models::RunState& state, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    const models::StepState& standing = state.step(step.id);
    const models::ApprovalTerms terms = models::approvalTerms(*state.plan, step);
    const bool isOverride = !models::isApproval(step);
    const bool isLost = standing.status == StepStatus::Failed && !isOverride;
    auto* card = new DecisionCard(isOverride ? tr("Override asked: a second person signs")
                                             : titleOf(standing, terms),
                                  isLost ? Colour::Fail : Colour::Waiting);
    if (isOverride)
        card->addText(standing.request.reason);
    else
        card->addText(tr("It asks for %1.").arg(models::termsText(terms)));
    const bool isDeadEnd = !models::approvalImpossible(state, planIndex).isEmpty();
    card->addText(protectionText(state, planIndex), isDeadEnd ? Colour::Fail : Colour::Quiet);
    card->addSays(standing);
    if (!standing.request.deadline.isNull() && isOpen(standing))
        card->addText(tr("Open until %1.").arg(formatDateTime(standing.request.deadline)));
    if (!isOpen(standing)) {
        card->addText(tr("It was open until %1. What was said to it does not count any more.")
                          .arg(formatDateTime(standing.request.deadline)));
        return card;
    }
    if (standing.request.seq > 0 && !state.plan->context.people.isEmpty())
        card->addSignedAnswer();
    if (!state.plan->context.isProtected && !isOverride)
        card->addTypedAnswer();
    return card;
}

/// Each person once, with what makes it count or not.
void DecisionCard::addSays(const models::StepState& standing) {
    for (const models::Say& say : standing.says) {
        const QString how = say.verified ? tr("verified") : tr("recorded, not verified");
        QString text = say.isGo ? tr("Go by %1, %2, %3").arg(say.name, how, formatTime(say.at))
                                : tr("No-go by %1, %2, %3").arg(say.name, how, formatTime(say.at));
        if (!say.counts)
            text += tr("; it does not count");
        if (!say.remark.isEmpty())
            text += QStringLiteral(": ") + say.remark;
        addText(text, say.isGo ? (say.counts ? Colour::Pass : Colour::Quiet) : Colour::Fail);
    }
}

/// Taken as soon as the whole of it is there: nothing is to be pressed after it was pasted.
void DecisionCard::addSignedAnswer() {
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    const auto add = [this, buttons](const QString& text, auto act) {
        auto* button = new ActionButton(text);
        button->setObjectName(QStringLiteral("card:") + text);
        connect(button, &ActionButton::clicked, this, act);
        buttons->addWidget(button);
    };
    add(tr("Copy request"), [this] { Q_EMIT actRequested(Act::CopyRequest); });
    add(tr("Sign go…"), [this] { Q_EMIT signRequested(true); });
    add(tr("Sign no-go…"), [this] { Q_EMIT signRequested(false); });
    buttons->addStretch();
    column().addLayout(buttons);
    auto* words =
        new TextLabel(tr("Signed answer, as it came back"), TextRole::Quiet, Colour::Quiet);
    auto* pasted = new QPlainTextEdit;
    pasted->setObjectName(QStringLiteral("signedAnswer"));
    pasted->setAccessibleName(words->text());
    pasted->setTabChangesFocus(true);
    pasted->setFixedHeight(pasted->fontMetrics().lineSpacing() * pasteLines + space::l);
    words->setBuddy(pasted);
    column().addWidget(words);
    column().addWidget(pasted);
    connect(pasted, &QPlainTextEdit::textChanged, this, [this, pasted] {
        const QString text = pasted->toPlainText();
        if (!models::signedAnswerFrom(text))
            return; // still being put together
        pasted->clear();
        Q_EMIT answerPasted(text);
    });
    m_focusMissing = [pasted] { pasted->setFocus(); };
}

void DecisionCard::addTypedAnswer() {
    QLineEdit* const name = addLine(tr("Name of who decides"));
    name->setObjectName(QStringLiteral("approverName"));
    QLineEdit* const remark = addLine(tr("Remark, if there is one"));
    for (const QLineEdit* line : {name, remark})
        connect(line, &QLineEdit::returnPressed, this, [this] { answer(Act::Approve); });
    connect(name, &QLineEdit::textChanged, this, &DecisionCard::filledInChanged);
    m_isFilledIn = [name] { return !name->text().trimmed().isEmpty(); };
    m_focusMissing = [name] { name->setFocus(); };
    m_give = [this, name, remark](Act act) {
        Q_EMIT approvalGiven(act == Act::Approve, name->text().trimmed(), remark->text().trimmed());
    };
}

} // namespace ui
