// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostlink.h"
#include "ui/log/logevidence.h"

#include <QStringList>

namespace models {
struct Environment;
struct RunState;
} // namespace models

namespace ui {

/// Where the commands of this environment run, and how the hosts there are connected, for the
/// status line. Empty without an environment.
[[nodiscard]] QString placeWords(const models::Environment* environment,
                                 const QList<app::HostLink>& links);

/// Titles of the steps of this run whose command is under way.
[[nodiscard]] QStringList stepsUnderWay(const models::RunState* run);

/// What is to be said of the lines that are shown for a time; empty where that is all.
[[nodiscard]] QString linesOfStepWords(LogEvidence::Shown shown);

/// Whether a file of this name is a log, also one that was rotated or packed: "a.log", "a.log.1",
/// "a.log.zst", "a.gz".
[[nodiscard]] bool isLogName(const QString& path);

} // namespace ui
