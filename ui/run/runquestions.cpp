// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runquestions.h"

#include "ui/run/words.h"

#include <QCoreApplication>

namespace ui::question {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ui::RunQuestions", text);
}

} // namespace

Question ofAct(Act act, const QString& title) {
    switch (act) {
    case Act::Skip:
        return {tr("Skip “%1”").arg(title),
                tr("The run is recorded with a deviation."),
                tr("Reason"),
                {},
                tr("Skip step")};
    case Act::MarkPassed:
        return {tr("Mark “%1” passed").arg(title),
                tr("Say what shows that it is done. It stands in the report."),
                tr("Evidence"),
                {},
                tr("Mark passed")};
    case Act::PassGate:
        return {tr("Pass the gate “%1”").arg(title),
                tr("What follows can then be taken."),
                tr("Remark"),
                {},
                tr("Pass gate"),
                AnswerNeed::Optional};
    case Act::AddNote:
        return {tr("Note on “%1”").arg(title), {}, tr("Note"), {}, tr("Add note")};
    case Act::SetOwner:
        return {tr("Owner of “%1”").arg(title),
                {},
                tr("Name"),
                {},
                tr("Set owner"),
                AnswerNeed::Optional,
                AnswerForm::Line};
    case Act::AddCommand:
        return {tr("Run another command"),
                tr("It becomes a step behind “%1” and starts at once. It is recorded as a "
                   "deviation.")
                    .arg(title),
                tr("Command"),
                {},
                tr("Run command"),
                AnswerNeed::Required,
                AnswerForm::Code};
    default:
        return {tr("Mark “%1” failed").arg(title),
                {},
                tr("What was seen"),
                {},
                tr("Mark failed"),
                AnswerNeed::Required,
                AnswerForm::Lines,
                ButtonKind::Danger};
    }
}

QString stepTitle(const models::Step& step, const QString& host) {
    return host.isEmpty() ? shortened(step.title, 90)
                          : tr("%1 · %2").arg(shortened(step.title, 60), shortened(host, 30));
}

Question overrideGate(const QString& title, SecondPerson second) {
    return {tr("Override the gate “%1”").arg(title),
            tr("Use this where the gate does not hold and the run goes on all the same."),
            tr("Reason"),
            {},
            second == SecondPerson::Signs   ? tr("Ask second person")
            : second == SecondPerson::Named ? tr("Name second person…")
                                            : tr("Override gate"),
            AnswerNeed::Required,
            AnswerForm::Lines,
            second == SecondPerson::None ? ButtonKind::Danger : ButtonKind::Filled};
}

Question secondPerson(const QString& environment) {
    return {tr("Who agrees?"),
            tr("%1 is protected: a second person agrees to the override. The name is recorded, not "
               "verified.")
                .arg(environment),
            tr("Name of the second person"),
            {},
            tr("Override gate"),
            AnswerNeed::Required,
            AnswerForm::Line,
            ButtonKind::Danger};
}

Question sign(const QString& title, bool isGo) {
    return {isGo ? tr("Sign a go for “%1”").arg(title) : tr("Sign a no-go for “%1”").arg(title),
            tr("It is signed with your SSH key. Without a file, with the first key in ~/.ssh that "
               "is one of the people of gantry.yaml."),
            tr("Key file"),
            {},
            isGo ? tr("Sign go") : tr("Sign no-go"),
            AnswerNeed::Optional,
            AnswerForm::Line,
            isGo ? ButtonKind::Filled : ButtonKind::Danger};
}

Question retry(const QString& title, const QString& words) {
    return {tr("Retry “%1”").arg(title),
            tr("This step destroys or changes things for good."),
            tr("Type “%1” to confirm").arg(words),
            {},
            tr("Retry step"),
            AnswerNeed::Required,
            AnswerForm::Line,
            ButtonKind::Danger,
            words};
}

Question editAndRun(const QString& script) {
    return {tr("Edit and run once"),
            tr("The document is not changed. The run is recorded with a deviation."),
            tr("What runs"),
            script,
            tr("Run once"),
            AnswerNeed::Required,
            AnswerForm::Code};
}

Question takeBack(const QString& heldBy) {
    const QString name = shortened(heldBy, 60);
    return {tr("Take the run back from %1").arg(name),
            tr("Better: have it handed over to you. What %1 recorded since then cannot be taken in "
               "here afterwards, and both consoles could drive it: agree that only you do.")
                .arg(name),
            tr("Reason"),
            {},
            tr("Take run back"),
            AnswerNeed::Required,
            AnswerForm::Lines,
            ButtonKind::Danger};
}

Question acknowledge(const models::HeldTrigger& trigger) {
    return {
        tr("Acknowledge “%1”").arg(shortened(trigger.name, 90)),
        tr("It %1. The run goes on all the same, and it asks again once it was over for a while.")
            .arg(models::triggerHoldsWords(trigger.severity)),
        tr("Reason"),
        {},
        tr("Acknowledge trigger")};
}

Question endWatch() {
    return {tr("End the watch"),
            tr("What was not seen is not claimed: the run counts as succeeded with deviations."),
            tr("Reason"),
            {},
            tr("End watch")};
}

Question liftBlock(const QString& because, const QString& environment) {
    return {tr("Lift the block"),
            tr("It was blocked because of this: %1. From now on it may go to %2 again.")
                .arg(because, environment),
            tr("Why it may go there again"),
            {},
            tr("Lift block")};
}

Question close(const models::RunState& state, models::RunOutcome outcome) {
    const bool isAbort = outcome == models::RunOutcome::Aborted;
    // That nobody saw whether a rollback worked is for whoever closes it to answer for.
    const bool isGood = outcome == models::RunOutcome::Succeeded ||
                        outcome == models::RunOutcome::SucceededWithDeviations;
    return {isAbort ? tr("Abort this run") : tr("Close this run"),
            tr("It is recorded as %1 and can only be read afterwards.")
                .arg(models::runOutcomeName(outcome)),
            tr("Remark"),
            {},
            isAbort ? tr("Abort run") : tr("Close run"),
            isGood && models::isWatchSettled(state) ? AnswerNeed::Optional : AnswerNeed::Required,
            AnswerForm::Lines,
            isGood ? ButtonKind::Filled : ButtonKind::Danger};
}

} // namespace ui::question
