// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runrecord.h"

namespace app {

// One writer a format; see formatReport().
[[nodiscard]] QByteArray markdownReport(const RunRecord& record);
[[nodiscard]] QByteArray htmlReport(const RunRecord& record);
[[nodiscard]] QByteArray jsonReport(const RunRecord& record);
[[nodiscard]] QByteArray pdfReport(const RunRecord& record);

/// What is in an HTML report between its head and its end. timeline: where the picture stands.
[[nodiscard]] QString htmlBody(const RunRecord& record, const QString& timeline);

/// What the run was decided on, as plain text.
struct ReportTable {
    QString title;
    QStringList header;
    QList<QStringList> rows; ///< each as long as the header; may be empty where there is a remark
    QString remark;          ///< to be read before the rows
};
/// Versions, gates, triggers, the watch, the rollback, what was left running, and who decided what:
/// those that there are.
[[nodiscard]] QList<ReportTable> reportTables(const RunRecord& record);
/// One axis of time as an SVG element, which is well-formed XML whatever its words hold; empty
/// where nothing happened. https://www.w3.org/TR/SVG11/
/// style: CSS of its own, for what stands in no page that has one. Its classes are quiet, good, bad
/// and unsure of shapes, line, soft of words, and curve.
[[nodiscard]] QString timelineSvg(const models::RunTimeline& timeline, const QString& style = {});

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
