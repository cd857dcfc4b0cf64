// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/observations.h"
#include "ui/run/act.h"
#include "ui/run/asksheet.h"

/// What a person is asked before something is asked of a run: the words alone. What a runbook or a
/// host gave is shortened in them.
namespace ui::question {

/// Of Skip, MarkPassed, PassGate, AddNote, SetOwner and AddCommand; of any other act, why the step
/// failed. title: of the step, as stepTitle() has it.
[[nodiscard]] Question ofAct(Act act, const QString& title);
/// A step as questions name it. host: empty for the step as a whole.
[[nodiscard]] QString stepTitle(const models::Step& step, const QString& host = {});

/// Who agrees to an override: the second person of a protected environment signs, or is named.
enum class SecondPerson { None, Named, Signs };
[[nodiscard]] Question overrideGate(const QString& title, SecondPerson second);
[[nodiscard]] Question secondPerson(const QString& environment);
/// Which key file signs.
[[nodiscard]] Question sign(const QString& title, bool isGo);

/// words: to be typed as they are.
[[nodiscard]] Question retry(const QString& title, const QString& words);
[[nodiscard]] Question editAndRun(const QString& script);

[[nodiscard]] Question takeBack(const QString& heldBy);
[[nodiscard]] Question acknowledge(const models::HeldTrigger& trigger);
[[nodiscard]] Question endWatch();
[[nodiscard]] Question liftBlock(const QString& because, const QString& environment);
[[nodiscard]] Question close(const models::RunState& state, models::RunOutcome outcome);

} // namespace ui::question
