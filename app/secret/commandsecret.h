// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QFuture>
#include <QObject>

#include <chrono>

namespace app {

/// Runs a command line and gives the first lines it prints, without the line break at the end.
/// Arguments are split as QProcess::splitCommand() does; no shell reads them, nothing is expanded.
/// Neither the value nor what the command prints as errors is logged. context bounds its life.
[[nodiscard]] QFuture<models::Result<QString>>
secretFromCommand(const QString& commandLine, QObject* context,
                  std::chrono::milliseconds timeLimit = std::chrono::seconds(30));

} // namespace app
