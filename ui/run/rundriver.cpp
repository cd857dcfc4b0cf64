// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/rundriver.h"

#include "models/run/approvalrule.h"
#include "models/run/approvaltext.h"
#include "models/run/permission.h"
#include "ui/run/runquestions.h"
#include "ui/run/triggerwords.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/whenfinished.h"

#include <QApplication>
#include <QClipboard>
#include <QPointer>
#include <QWidget>

#include <utility>

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
    app::StartOptions again;
    if (!host.isEmpty())
        again.hosts = {host};
    switch (act) {
    case Act::RunStep:
        m_service.startStep(run, step.id);
        return true;
    case Act::Retry:
        startAgain(state, step, again);
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
    case Act::AskAgain:
        m_service.askAgain(run, step.id, host);
        return true;
    case Act::CopyCommand:
        QApplication::clipboard()->setText(app::RunService::needs(state, step.id).terminalCommand);
        Q_EMIT statusMessage(tr("The command is on the clipboard."));
        return true;
    case Act::EditAndRun:
        askEdit(state, step);
        return true;
    case Act::RunFresh:
        again.fresh = true;
        startAgain(state, step, again);
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
    using question::SecondPerson;
    const bool isSigned = !models::isApproval(step) &&
                          !models::approversOf(state, state.plan->indexOf.value(step.id)).isEmpty();
    const SecondPerson second = !state.plan->context.isProtected ? SecondPerson::None
                                : isSigned                       ? SecondPerson::Signs
                                                                 : SecondPerson::Named;
    ask(question::overrideGate(question::stepTitle(step), second),
        [this, second, run = state.id, id = step.id,
         environment = state.plan->context.environment](const QString& text) {
            if (second == SecondPerson::Signs)
                m_service.requestApproval(run, id, text);
            else if (second == SecondPerson::Named)
                askSecond(run, id, environment, text);
            else
                m_service.overrideGate(run, id, text);
        });
}

void RunDriver::askSecond(const models::RunId& run, const models::StepId& step,
                          const QString& environment, const QString& reason) {
    ask(question::secondPerson(environment), [this, run, step, reason](const QString& name) {
        m_service.overrideGate(run, step, reason, name);
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
    ask(question::sign(question::stepTitle(step), isGo),
        [this, run = state.id, id = step.id, isGo](const QString& file) {
            m_service.signHere(run, id, isGo, {}, file.trimmed());
        });
}

void RunDriver::askTakeBack(const models::RunState& state) {
    if (!state.givenAway)
        return;
    ask(question::takeBack(state.givenAway->to), [this, run = state.id](const QString& reason) {
        whenFinished(m_service.takeBack(run, reason), this,
                     [this](const models::Result<models::RunId>& taken) {
                         if (!taken)
                             Q_EMIT statusMessage(taken.error().message);
                     });
    });
}

/// About the one that the banner names.
void RunDriver::askAcknowledge(const models::RunState& state) {
    const QList<models::HeldTrigger> asking = askingTriggers(state);
    if (!m_watch || asking.isEmpty())
        return;
    ask(question::acknowledge(asking.first()),
        [this, run = state.id, name = asking.first().name](const QString& text) {
            m_watch->acknowledgeTrigger(run, name, text);
        });
}

void RunDriver::askEndWatch(const models::RunState& state) {
    if (!m_watch)
        return;
    ask(question::endWatch(),
        [this, run = state.id](const QString& text) { m_watch->endWatch(run, text); });
}

void RunDriver::askReason(Act act, const models::RunId& run, const models::Step& step,
                          const QString& host) {
    ask(question::ofAct(act, question::stepTitle(step, host)),
        [this, act, run, id = step.id, host](const QString& text) {
            tell(act, run, id, host, text);
        });
}

/// What askReason() was answered.
void RunDriver::tell(Act act, const models::RunId& run, const models::StepId& step,
                     const QString& host, const QString& text) {
    switch (act) {
    case Act::Skip:
        m_service.skipStep(run, step, text);
        break;
    case Act::MarkPassed:
        m_service.markPassed(run, step, text, host);
        break;
    case Act::PassGate:
        m_service.confirmStep(run, step, true, text);
        break;
    case Act::AddNote:
        m_service.addNote(run, step, text);
        break;
    case Act::SetOwner:
        m_service.setOwner(run, step, text);
        break;
    case Act::AddCommand:
        m_service.addCommand(run, step, QString(), text);
        break;
    default:
        m_service.confirmStep(run, step, false, text, host);
        break;
    }
}

/// The same way as the last time; what is destructive is confirmed each time.
void RunDriver::startAgain(const models::RunState& state, const models::Step& step,
                           app::StartOptions options) {
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    const auto& attempts = state.step(step.id).attempts;
    if (!needs.choices.isEmpty() && !attempts.isEmpty() && !attempts.last().commands.isEmpty())
        options.choice = step.commands.value(attempts.last().commands.first()).choice;
    if (needs.confirmationText.isEmpty()) {
        m_service.startStep(state.id, step.id, options);
        return;
    }
    options.confirmed = true;
    ask(question::retry(question::stepTitle(step), needs.confirmationText),
        [this, run = state.id, id = step.id, options](const QString&) {
            m_service.startStep(run, id, options);
        });
}

void RunDriver::askEdit(const models::RunState& state, const models::Step& step) {
    QString script = app::RunService::resolve(state, step.id, {}).script;
    if (script.isEmpty() && !step.commands.isEmpty())
        script = step.commands.first().text;
    ask(question::editAndRun(script), [this, run = state.id, id = step.id](const QString& text) {
        app::StartOptions options;
        options.editedScript = text;
        // Typed by hand, it is confirmed by that.
        options.confirmed = true;
        m_service.startStep(run, id, options);
    });
}

void RunDriver::askUnblock(const models::RunId& run, const QString& environment,
                           const QString& reason, QWidget& over) {
    AskSheet::ask(&over, question::liftBlock(reason, environment),
                  [service = &m_service, run](const QString& answer) {
                      service->unblockRelease(run, answer);
                  });
}

void RunDriver::askClose(const models::RunState& state, RunOutcome outcome) {
    if (const QString why = models::closingRefusal(state, outcome); !why.isEmpty()) {
        Q_EMIT refused({models::ErrorCode::Refused, why, {}});
        return;
    }
    ask(question::close(state, outcome), [this, run = state.id, outcome](const QString& text) {
        m_service.close(run, outcome, text);
    });
}

/// The sheet belongs to the window on top, which may be there longer than this.
void RunDriver::ask(const Question& question, AskSheet::Done done) {
    AskSheet::ask(&m_window, question,
                  [here = QPointer(this), done = std::move(done)](const QString& answer) {
                      if (here)
                          done(answer);
                  });
}

} // namespace ui
