// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logorigin.h"
#include "app/log/logsource.h"
#include "models/log/logline.h"

#include <chrono>
#include <optional>

/// What a stream says between its lines.
namespace app::logwords {

struct Remark {
    models::LogMarker::Kind kind = models::LogMarker::Kind::Gap;
    QString text;
};

/// The connection was away for so long. mayResume: what is read can be asked from where it was.
[[nodiscard]] Remark gap(LogFeed::Joint joint, std::chrono::milliseconds length, bool mayResume);
/// The runtime had stopped following and said nothing. isBroken: lines are missing.
[[nodiscard]] Remark silence(bool isBroken);
[[nodiscard]] Remark restarted(const QString& container);
/// The log does not reach back to where it was read to.
[[nodiscard]] Remark cutShort();
[[nodiscard]] Remark clockBack();
/// Times from here on are taken back by that, which may be negative or 0.
[[nodiscard]] Remark clockCorrected(const QString& host, std::chrono::nanoseconds ahead);
/// isRead: the old one's log was read to its end.
[[nodiscard]] Remark replaced(const QString& oldId, const QString& newId, bool isRead);
[[nodiscard]] Remark commandEnded(std::optional<int> exitStatus);
/// All lines of a span were read.
[[nodiscard]] Remark spanRead(const LogTimeSpan& span);
[[nodiscard]] Remark spanEmpty(const LogTimeSpan& span);
/// There are more lines in it than are read at most.
[[nodiscard]] Remark spanCutShort(qint64 most);
/// Without a status: it does not run.
[[nodiscard]] Remark containerStopped(const QString& container, std::optional<int> exitCode);

} // namespace app::logwords
