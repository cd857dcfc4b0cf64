// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

namespace models {

/// "Restart portal".
[[nodiscard]] QString actionTitle(ServiceActionKind kind, const QString& service);

/// The runbook of one step that does this to a service, in Markdown: the action has the
/// placeholders, secrets, confirmations and outcomes that the same command has in a runbook, and
/// the journal holds all of it. Pure.
[[nodiscard]] QByteArray actionDocument(const QString& title, const ServiceAction& action);

/// The plan of a run that does this to the service. Its runbook path is gantry.yaml, and its step
/// stands at the line there. NotFound, with the key to add, where the workspace names no command;
/// Unsupported where the command cannot be made a step. Pure.
[[nodiscard]] Result<Plan> actionPlan(const Workspace& workspace, const QString& environment,
                                      const QString& service, ServiceActionKind kind);

/// The step of such a plan that runs the command.
[[nodiscard]] StepId actionStep(const Plan& plan);

} // namespace models
