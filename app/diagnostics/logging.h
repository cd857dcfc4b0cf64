// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QString>

namespace app {

/// The program's own log: Qt categories in front, spdlog behind. Everything passes the secret
/// masker before it reaches a file or the terminal.
/// Call once from main; file is XDG_STATE_HOME/gantry/gantry.log, rotated at 5 MB, 3 kept, 0600.
void startLogging(const QString& level);
void stopLogging();

/// From now on this value is masked in the log, also base64 and URL-encoded. Thread-safe.
void maskInLog(const QString& secret);

} // namespace app
