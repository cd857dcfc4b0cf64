// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logline.h"

#include <QByteArrayView>

namespace models {

/// How many bytes of a line are looked at for its level.
constexpr qsizetype levelWindow = 128;

/// The level that a line states near its beginning, None where it states none. The first statement
/// counts. Statements are
/// - the value behind a key level, lvl, severity, loglevel in JSON or logfmt: a word, or a number
///   as pino and bunyan write it;
/// - a word in capitals that stands alone: `2024-01-31 10:20:30 ERROR [main]`, `WARN  - `;
/// - a word of any case in brackets, `[error]`, or with a colon at the line's start, `warning:`;
/// - glog's letter with the date, `E0131 10:20:30`, and syslog's `<3>`.
///
/// stamp: so many bytes at the beginning are a time, as leadingStamp() gives them; they state none.
[[nodiscard]] LogLevel recogniseLevel(QByteArrayView text, qsizetype stamp = 0);

/// The level that a word names, whatever its case: "warn", "WARNING", "crit". None: no level.
[[nodiscard]] LogLevel levelOfWord(QByteArrayView word);

/// The word for a level in a filter and a legend: "warning"; "none" for None.
[[nodiscard]] QByteArrayView levelName(LogLevel level);

} // namespace models
