// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QJsonArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace models {

/// One log line as it is kept in a run. Bytes that are no UTF-8 are U+FFFD in its text.
struct PinnedLine {
    Instant at; ///< null where the line said none
    QString source;
    QString text;

    bool operator==(const PinnedLine&) const = default;
};

/// Log lines that a person keeps with a step, or with the run, as evidence. The journal holds the
/// lines themselves: the log may be gone when somebody asks.
struct Pin {
    /// Every replay of the run reads them: what a person wants to show, not a log.
    static constexpr qsizetype mostLines = 1'000;
    static constexpr qsizetype mostCharacters = 128 * 1024;

    Instant at; ///< when it was pinned
    QString actor;
    QString remark;
    QList<PinnedLine> lines;

    bool operator==(const Pin&) const = default;
};

/// Why these lines cannot be pinned, and what to do; empty where they can.
[[nodiscard]] QString pinRefusal(const QList<PinnedLine>& lines);
/// The first and the last time among the lines; null where no line has one.
[[nodiscard]] std::pair<Instant, Instant> timesOf(const QList<PinnedLine>& lines);
/// Sources of the lines, each once, in order.
[[nodiscard]] QStringList sourcesOf(const QList<PinnedLine>& lines);
/// "12 lines of portal, worker, 2026-03-01 10:00:00.000 to 10:00:01.500 UTC"
[[nodiscard]] QString pinSummary(const Pin& pin);
/// The lines as text: time, source where there are several, and the line.
[[nodiscard]] QString pinText(const Pin& pin);

/// [{at, source, text}], as in EvidencePinned; at is absent where it is null.
[[nodiscard]] QJsonArray pinnedLinesToJson(const QList<PinnedLine>& lines);
[[nodiscard]] QList<PinnedLine> pinnedLinesFromJson(const QJsonArray& array);

} // namespace models
