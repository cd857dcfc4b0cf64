// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

namespace app {

// One writer a format; see formatReport().
[[nodiscard]] QByteArray markdownReport(const RunRecord& record);
[[nodiscard]] QByteArray htmlReport(const RunRecord& record);
[[nodiscard]] QByteArray jsonReport(const RunRecord& record);

/// Rows of name and value at the head of a report, as plain text.
[[nodiscard]] QList<QPair<QString, QString>> reportSummary(const RunRecord& record);
/// One sentence about the chain.
[[nodiscard]] QString chainSentence(const RunRecord& record);
/// "Release of the shop": the runbook's title, else its path.
[[nodiscard]] QString reportTitle(const RunRecord& record);
/// Values with "name = value"; secrets by name, "(secret)".
[[nodiscard]] QList<QPair<QString, QString>> reportVariables(const RunRecord& record);
/// "passed: HTTP status is 200 · observed 200"
[[nodiscard]] QString expectationSentence(const models::ExpectationResult& result);
/// "passed · attempt 2 · exit status 0 · 1.20 s"
[[nodiscard]] QString hostSentence(const models::HostProgress& host);
/// Of pinned lines: how many of what, when, who pinned them and why.
[[nodiscard]] QString pinSentence(const models::Pin& pin);
/// Of an attempt: result, place, times, who.
[[nodiscard]] QString attemptSentence(const AttemptRecordText& attempt);

} // namespace app
