// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "app/run/runrecord.h"

#include <QFuture>

#include <optional>

namespace app {

enum class ReportFormat { Markdown, Html, Json, Pdf };

/// "md", "html", "json" or "pdf".
[[nodiscard]] std::optional<ReportFormat> reportFormatFromName(const QString& name);

/// The record of a run as one self-contained file in UTF-8. Nothing that a document, a command or
/// a person wrote becomes mark-up in it.
/// PDF takes a program with QGuiApplication, for its fonts.
[[nodiscard]] QByteArray formatReport(const RunRecord& record, ReportFormat format);

/// Reads the run and its outputs from the journal and formats them, off the calling thread. Of each
/// output at most outputMaximum bytes are in it, and what was left out is said there. course: what
/// is known of the services' health beside it.
[[nodiscard]] QFuture<models::Result<QByteArray>>
makeReport(JournalStore& journal, const models::RunId& run, ReportFormat format,
           models::Instant writtenAt, const models::HealthCourse& course = {},
           qint64 outputMaximum = 16 * 1024);

} // namespace app
