// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/rundriver.h"

#include "models/run/approvalrule.h"
#include "models/run/approvaltext.h"
#include "models/run/observations.h"
#include "ui/run/asksheet.h"
#include "ui/run/words.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/whenfinished.h"

#include <QApplication>
#include <QClipboard>
#include <QWidget>

namespace ui {

using models::RunOutcome;

RunDriver::RunDriver(app::RunService& service, QWidget& window)
    : QObject(&window)
    , m_service(service)
    , m_window(window) {}

bool RunDriver::perform(Act act, const models::RunState& state, int planIndex) {
    const models::RunId run = state.id;
    switch (act) {
    case Act::Resume:
        m_service.setPaused(run, false);
        return true;
    case Act::Pause:
        m_service.setPaused(run, true);
        return true;
    case Act::RunAll:
        m_service.runAll(run);
        return true;
    case Act::StopAll:
        m_service.stopRunningAll(run);
        return true;
    case Act::CopyStatus:
        QApplication::clipboard()->setText(app::RunService::statusText(state, presentInstant()));
        Q_EMIT statusMessage(tr("The status is on the clipboard."));
        return true;
    case Act::CloseRun: {
        const RunOutcome good = models::goodOutcome(state);
        askClose(state, good == RunOutcome::None ? RunOutcome::Failed : good);
        return true;
    }
    case Act::Abort:
        askClose(state, RunOutcome::Aborted);
        return true;
    case Act::LiftBlock:
        askUnblock(state.id, state.plan->context.environment,
                   state.releaseBlock ? state.releaseBlock->reason : QString(), m_window);
        return true;
    case Act::TakeBack:
        askTakeBack(state);
        return true;
    case Act::AcknowledgeTrigger:
        askAcknowledge(state);
        return true;
    case Act::EndWatch:
        askEndWatch(state);
        return true;
    default:
        break;
    }
    if (planIndex < 0 || planIndex >= state.plan->steps.size())
        return false;
    if (act == Act::RunSection) {
        m_service.runSection(run, state.plan->steps[planIndex].section);
        return true;
    }
    return performOnStep(act, state, state.plan->steps[planIndex].step, {});
}

void RunDriver::performOnHost(Act act, const models::RunState& state, int planIndex,
                              const QString& host) {
    if (planIndex >= 0 && planIndex < state.plan->steps.size())
        performOnStep(act, state, state.plan->steps[planIndex].step, host);
}

/// host: empty for the step as a whole.
bool RunDriver::performOnStep(Act act, const models::RunState& state, const models::Step& step,
                              const QString& host) {
    const models::RunId run = state.id;
    switch (act) {
    case Act::RunStep:
        m_service.startStep(run, step.id);
        return true;
    case Act::Retry:
        retry(state, step, host);
        return true;
    case Act::MarkDone:
    case Act::JudgePassed:
        m_service.confirmStep(run, step.id, true, {}, host);
        return true;
    case Act::Cancel:
        m_service.cancelStep(run, step.id);
        return true;
    case Act::Reopen:
        m_service.reopenStep(run, step.id);
        return true;
    case Act::CopyCommand:
        QApplication::clipboard()->setText(app::RunService::needs(state, step.id).terminalCommand);
        Q_EMIT statusMessage(tr("The command is on the clipboard."));
        return true;
    case Act::EditAndRun:
        askEdit(state, step);
        return true;
    case Act::Skip:
    case Act::MarkPassed:
    case Act::MarkFailed:
    case Act::JudgeFailed:
    case Act::PassGate:
    case Act::AddNote:
    case Act::SetOwner:
    case Act::AddCommand:
        askReason(act, run, step, host);
        return true;
    case Act::OverrideGate:
        askOverride(state, step);
        return true;
    case Act::AskApproval:
        m_service.requestApproval(run, step.id);
        return true;
    case Act::CopyRequest:
        copyRequest(state, step);
        return true;
    default:
        return false;
    }
}

/// The reason; in a protected environment then the other person.
void RunDriver::askOverride(const models::RunState& state, const models::Step& step) {
    const bool isProtected = state.plan->context.isProtected;
    const int index = state.plan->indexOf.value(step.id);
    const bool isSigned =
        isProtected && !models::isApproval(step) && !models::approversOf(state, index).isEmpty();
    const Question question{
        tr("Override the gate “%1”").arg(shortened(step.title, 90)),
        tr("Use this where the gate does not hold and the run goes on all the same."),
        tr("Reason"),
        {},
        isSigned      ? tr("Ask second person")
        : isProtected ? tr("Name second person…")
                      : tr("Override gate"),
        AnswerNeed::Required,
        AnswerForm::Lines,
        isProtected ? ButtonKind::Filled : ButtonKind::Danger};
    AskSheet::ask(&m_window, question, [this, state, isSigned, id = step.id](const QString& text) {
        if (isSigned)
            m_service.requestApproval(state.id, id, text);
        else if (state.plan->context.isProtected)
            askSecond(state, id, text);
        else
            m_service.overrideGate(state.id, id, text);
    });
}

void RunDriver::copyRequest(const models::RunState& state, const models::Step& step) {
    QApplication::clipboard()->setText(
        models::approvalRequestText(state, state.plan->indexOf.value(step.id)));
    Q_EMIT statusMessage(
        tr("The request is on the clipboard. It is signed with: gantry approve -"));
}

void RunDriver::askSign(const models::RunState& state, int planIndex, bool isGo) {
    if (planIndex < 0 || planIndex >= state.plan->steps.size())
        return;
    const models::Step& step = state.plan->steps[planIndex].step;
    const Question question{
        isGo ? tr("Sign a go for “%1”").arg(shortened(step.title, 90))
             : tr("Sign a no-go for “%1”").arg(shortened(step.title, 90)),
        tr("It is signed with your SSH key. Without a file, with the first key in ~/.ssh that is "
           "one of the people of gantry.yaml."),
        tr("Key file"),
        {},
        isGo ? tr("Sign go") : tr("Sign no-go"),
        AnswerNeed::Optional,
        AnswerForm::Line,
        isGo ? ButtonKind::Filled : ButtonKind::Danger};
    AskSheet::ask(&m_window, question,
                  [service = &m_service, run = state.id, id = step.id, isGo](const QString& file) {
                      service->signHere(run, id, isGo, {}, file.trimmed());
                  });
}

void RunDriver::askSecond(const models::RunState& state, const models::StepId& step,
                          const QString& reason) {
    const Question question{
        tr("Who agrees?"),
        tr("%1 is protected: a second person agrees to the override. The name is recorded, not "
           "verified.")
            .arg(state.plan->context.environment),
        tr("Name of the second person"),
        {},
        tr("Override gate"),
        AnswerNeed::Required,
        AnswerForm::Line,
        ButtonKind::Danger};
    AskSheet::ask(&m_window, question,
                  [service = &m_service, run = state.id, step, reason](const QString& name) {
                      service->overrideGate(run, step, reason, name);
                  });
}

void RunDriver::askTakeBack(const models::RunState& state) {
    if (!state.givenAway)
        return;
    const Question question{
        tr("Take the run back from %1").arg(shortened(state.givenAway->to, 60)),
        tr("Better: have it handed over to you. What %1 recorded since then cannot be taken in "
           "here afterwards, and both consoles could drive it: agree that only you do.")
            .arg(shortened(state.givenAway->to, 60)),
        tr("Reason"),
        {},
        tr("Take run back"),
        AnswerNeed::Required,
        AnswerForm::Lines,
        ButtonKind::Danger};
    AskSheet::ask(&m_window, question, [this, run = state.id](const QString& reason) {
        whenFinished(m_service.takeBack(run, reason), this,
                     [this](const models::Result<models::RunId>& taken) {
                         if (!taken)
                             Q_EMIT statusMessage(taken.error().message);
                     });
    });
}

void RunDriver::askAcknowledge(const models::RunState& state) {
    for (auto trigger = state.triggers.cbegin(); m_watch && trigger != state.triggers.cend();
         ++trigger) {
        if (!trigger->asks())
            continue;
        const QString name = trigger.key();
        const Question question{
            tr("Acknowledge “%1”").arg(shortened(name, 90)),
            tr("The run goes on although it holds. It asks again once it was over for a while."),
            tr("Reason"),
            {},
            tr("Acknowledge trigger")};
        AskSheet::ask(&m_window, question,
                      [watch = m_watch, run = state.id, name](const QString& text) {
                          watch->acknowledgeTrigger(run, name, text);
                      });
        return;
    }
}

void RunDriver::askEndWatch(const models::RunState& state) {
    if (!m_watch)
        return;
    const Question question{tr("End the watch"),
                            tr("What was not seen is not claimed: the run counts as succeeded "
                               "with deviations."),
                            tr("Reason"),
                            {},
                            tr("End watch")};
    AskSheet::ask(&m_window, question, [watch = m_watch, run = state.id](const QString& text) {
        watch->endWatch(run, text);
    });
}

void RunDriver::askReason(Act act, const models::RunId& run, const models::Step& step,
                          const QString& host) {
    const models::StepId id = step.id;
    app::RunService* service = &m_service;
    const QString title = host.isEmpty()
                              ? shortened(step.title, 90)
                              : tr("%1 · %2").arg(shortened(step.title, 60), shortened(host, 30));
    Question question;
    AskSheet::Done done;
    switch (act) {
    case Act::Skip:
        question = {tr("Skip “%1”").arg(title),
                    tr("The run is recorded with a deviation."),
                    tr("Reason"),
                    {},
                    tr("Skip step")};
        done = [=](const QString& text) { service->skipStep(run, id, text); };
        break;
    case Act::MarkPassed:
        question = {tr("Mark “%1” passed").arg(title),
                    tr("Say what shows that it is done. It stands in the report."),
                    tr("Evidence"),
                    {},
                    tr("Mark passed")};
        done = [=](const QString& text) { service->markPassed(run, id, text, host); };
        break;
    case Act::PassGate:
        question = {tr("Pass the gate “%1”").arg(title),
                    tr("What follows can then be taken."),
                    tr("Remark"),
                    {},
                    tr("Pass gate"),
                    AnswerNeed::Optional};
        done = [=](const QString& text) { service->confirmStep(run, id, true, text); };
        break;
    case Act::AddNote:
        question = {tr("Note on “%1”").arg(title), {}, tr("Note"), {}, tr("Add note")};
        done = [=](const QString& text) { service->addNote(run, id, text); };
        break;
    case Act::SetOwner:
        question = {tr("Owner of “%1”").arg(title),
                    {},
                    tr("Name"),
                    {},
                    tr("Set owner"),
                    AnswerNeed::Optional,
                    AnswerForm::Line};
        done = [=](const QString& text) { service->setOwner(run, id, text); };
        break;
    case Act::AddCommand:
        question = {tr("Run another command"),
                    tr("It becomes a step behind “%1” and starts at once. It is recorded as a "
                       "deviation.")
                        .arg(title),
                    tr("Command"),
                    {},
                    tr("Run command"),
                    AnswerNeed::Required,
                    AnswerForm::Code};
        done = [=](const QString& text) { service->addCommand(run, id, QString(), text); };
        break;
    default:
        question = {tr("Mark “%1” failed").arg(title),
                    {},
                    tr("What was seen"),
                    {},
                    tr("Mark failed"),
                    AnswerNeed::Required,
                    AnswerForm::Lines,
                    ButtonKind::Danger};
        done = [=](const QString& text) { service->confirmStep(run, id, false, text, host); };
        break;
    }
    AskSheet::ask(&m_window, question, std::move(done));
}

/// The same way as the last time; what is destructive is confirmed each time.
void RunDriver::retry(const models::RunState& state, const models::Step& step,
                      const QString& host) {
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    app::StartOptions options;
    if (!host.isEmpty())
        options.hosts = {host};
    const auto& attempts = state.step(step.id).attempts;
    if (!needs.choices.isEmpty() && !attempts.isEmpty() && !attempts.last().commands.isEmpty())
        options.choice = step.commands.value(attempts.last().commands.first()).choice;
    if (needs.confirmationText.isEmpty()) {
        m_service.startStep(state.id, step.id, options);
        return;
    }
    options.confirmed = true;
    const Question question{tr("Retry “%1”").arg(shortened(step.title, 90)),
                            tr("This step destroys or changes things for good."),
                            tr("Type “%1” to confirm").arg(needs.confirmationText),
                            {},
                            tr("Retry step"),
                            AnswerNeed::Required,
                            AnswerForm::Line,
                            ButtonKind::Danger,
                            needs.confirmationText};
    AskSheet::ask(&m_window, question,
                  [service = &m_service, run = state.id, id = step.id, options](const QString&) {
                      service->startStep(run, id, options);
                  });
}

void RunDriver::askEdit(const models::RunState& state, const models::Step& step) {
    QString script = app::RunService::resolve(state, step.id, {}).script;
    if (script.isEmpty() && !step.commands.isEmpty())
        script = step.commands.first().text;
    const Question question{
        tr("Edit and run once"),
        tr("The document is not changed. The run is recorded with a deviation."),
        tr("What runs"),
        script,
        tr("Run once"),
        AnswerNeed::Required,
        AnswerForm::Code};
    AskSheet::ask(&m_window, question,
                  [service = &m_service, run = state.id, id = step.id](const QString& text) {
                      app::StartOptions options;
                      options.editedScript = text;
                      // Typed by hand, it is confirmed by that.
                      options.confirmed = true;
                      service->startStep(run, id, options);
                  });
}

void RunDriver::askUnblock(const models::RunId& run, const QString& environment,
                           const QString& reason, QWidget& over) {
    const Question question{tr("Lift the block"),
                            tr("It was blocked because of this: %1. From now on it may go to %2 "
                               "again.")
                                .arg(reason, environment),
                            tr("Why it may go there again"),
                            {},
                            tr("Lift block")};
    AskSheet::ask(&over, question, [service = &m_service, run](const QString& answer) {
        service->unblockRelease(run, answer);
    });
}

void RunDriver::askClose(const models::RunState& state, RunOutcome outcome) {
    const bool isAbort = outcome == RunOutcome::Aborted;
    // That nobody saw whether a rollback worked is for whoever closes it to answer for.
    const bool isGood =
        outcome == RunOutcome::Succeeded || outcome == RunOutcome::SucceededWithDeviations;
    const Question question{isAbort ? tr("Abort this run") : tr("Close this run"),
                            tr("It is recorded as %1 and can only be read afterwards.")
                                .arg(models::runOutcomeName(outcome)),
                            tr("Remark"),
                            {},
                            isAbort ? tr("Abort run") : tr("Close run"),
                            isGood && models::isWatchSettled(state) ? AnswerNeed::Optional
                                                                    : AnswerNeed::Required,
                            AnswerForm::Lines,
                            isGood ? ButtonKind::Filled : ButtonKind::Danger};
    AskSheet::ask(&m_window, question,
                  [service = &m_service, run = state.id, outcome](const QString& text) {
                      service->close(run, outcome, text);
                  });
}

} // namespace ui
