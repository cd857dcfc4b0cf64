// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
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

    /// What is not an intent (going somewhere, the pane, a report) is left alone: false.
    bool perform(Act act, const models::RunState& state, int planIndex);
    /// To one host alone, of a step that has several: what hostActs() gives.
    void performOnHost(Act act, const models::RunState& state, int planIndex, const QString& host);

Q_SIGNALS:
    void statusMessage(const QString& text);

private:
    bool performOnStep(Act act, const models::RunState& state, const models::Step& step,
                       const QString& host);
    void askReason(Act act, const models::RunId& run, const models::Step& step,
                   const QString& host);
    void retry(const models::RunState& state, const models::Step& step, const QString& host);
    void askEdit(const models::RunState& state, const models::Step& step);
    void askUnblock(const models::RunState& state);
    void askClose(const models::RunState& state, models::RunOutcome outcome);

    app::RunService& m_service;
    QWidget& m_window;
};

} // namespace ui
