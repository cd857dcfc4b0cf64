// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/event.h"

#include <functional>

/// What a person asks of a run: each is decided on the state as it is when its turn comes, and is
/// nothing but the events to record, or the reason why not.
namespace app {

using Decision = models::Result<QList<models::EventDraft>>;

struct Intent {
    models::StepId step;
    std::function<Decision(const models::RunState&)> decide;
};

namespace intent {

[[nodiscard]] Intent setVariables(const QMap<QString, QString>& values);
[[nodiscard]] Intent startStep(const models::StepId& step, const StartOptions& options,
                               models::Instant now);
[[nodiscard]] Intent cancelStep(const models::StepId& step);
[[nodiscard]] Intent sendInput(const models::StepId& step, qint64 size);
[[nodiscard]] Intent confirmStep(const models::StepId& step, bool passed, const QString& remark);
[[nodiscard]] Intent skipStep(const models::StepId& step, const QString& reason);
[[nodiscard]] Intent markPassed(const models::StepId& step, const QString& evidence);
[[nodiscard]] Intent reopenStep(const models::StepId& step);
[[nodiscard]] Intent overrideGate(const models::StepId& step, const QString& reason);
[[nodiscard]] Intent approve(const models::StepId& step, bool approved, const QString& name,
                             const QString& remark);
[[nodiscard]] Intent setOwner(const models::StepId& step, const QString& owner);
[[nodiscard]] Intent addNote(const models::StepId& step, const QString& text);
/// The new step starts with it.
[[nodiscard]] Intent addCommand(const models::StepId& after, const QString& shell,
                                const QString& script);
[[nodiscard]] Intent setPaused(bool paused);
[[nodiscard]] Intent close(models::RunOutcome outcome, const QString& reason);

} // namespace intent

/// What the step still needs; shared by the window, the engine and the automatic runner.
[[nodiscard]] StepNeeds needsOf(const models::RunState& state, int planIndex);

} // namespace app
