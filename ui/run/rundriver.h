// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/golive/runwatch.h"
#include "app/run/runservice.h"
#include "ui/run/asksheet.h"
#include "ui/run/nextaction.h"

#include <QObject>

class QWidget;

namespace ui {

/// Turns what a person asks for into intents of the run service, asking what an intent needs first
/// (a reason, evidence, a text) without blocking the window.
class RunDriver final : public QObject {
    Q_OBJECT

public:
    /// window is where questions appear. Both outlive this.
    RunDriver(app::RunService& service, QWidget& window);

    /// From now on triggers can be acknowledged, and the watch ended. It outlives this.
    void observeWith(app::RunWatch& watch) { m_watch = &watch; }
    /// What is not an intent (going somewhere, the pane, a report) is left alone: false.
    bool perform(Act act, const models::RunState& state, int planIndex);
    /// To one host alone, of a step that has several: what hostActs() gives.
    void performOnHost(Act act, const models::RunState& state, int planIndex, const QString& host);

    /// With which key the request that stands at the step is signed here.
    void askSign(const models::RunState& state, int planIndex, bool isGo);
    /// Why what a run was about may go to its environment again; over: where that is asked.
    void askUnblock(const models::RunId& run, const QString& environment, const QString& reason,
                    QWidget& over);

Q_SIGNALS:
    void statusMessage(const QString& text);
    /// Nothing was asked: it could not be done now.
    void refused(const models::Error& error);

private:
    bool performOnStep(Act act, const models::RunState& state, const models::Step& step,
                       const QString& host);
    void askReason(Act act, const models::RunId& run, const models::Step& step,
                   const QString& host);
    void tell(Act act, const models::RunId& run, const models::StepId& step, const QString& host,
              const QString& text);
    void startAgain(const models::RunState& state, const models::Step& step,
                    app::StartOptions options);
    void askEdit(const models::RunState& state, const models::Step& step);
    void copyRequest(const models::RunState& state, const models::Step& step);
    void askOverride(const models::RunState& state, const models::Step& step);
    void askSecond(const models::RunId& run, const models::StepId& step, const QString& environment,
                   const QString& reason);
    void askTakeBack(const models::RunState& state);
    void askAcknowledge(const models::RunState& state);
    void askEndWatch(const models::RunState& state);
    void askClose(const models::RunState& state, models::RunOutcome outcome);
    void ask(const Question& question, AskSheet::Done done);

    app::RunService& m_service;
    app::RunWatch* m_watch = nullptr;
    QWidget& m_window;
};

} // namespace ui
