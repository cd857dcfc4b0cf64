// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/report.h"

#include "app/run/reportformats.h"

#include <QHash>

namespace app {

namespace {

using models::AttemptKey;
using models::Result;
using Bytes = Result<QByteArray>;

/// Every attempt that recorded output, by its events.
QList<AttemptKey> attemptsWithOutput(const StoredRun& stored) {
    QList<AttemptKey> attempts;
    for (const models::Event& event : stored.events) {
        if (event.kind != models::EventKind::OutputRecorded)
            continue;
        const AttemptKey key{event.run,
                             models::StepId(event.payload.value(QLatin1String("step")).toString()),
                             event.payload.value(QLatin1String("attempt")).toInt()};
        if (!attempts.contains(key))
            attempts.append(key);
    }
    return attempts;
}

QByteArray shown(const QFuture<Bytes>& answer) {
    if (answer.resultCount() == 0) // the journal was closed meanwhile
        return QByteArrayLiteral("[not read]");
    const Bytes output = answer.result();
    return output ? *output : QByteArray("[" + output.error().message.toUtf8() + "]");
}

} // namespace

std::optional<ReportFormat> reportFormatFromName(const QString& name) {
    if (name == QLatin1String("md"))
        return ReportFormat::Markdown;
    if (name == QLatin1String("html"))
        return ReportFormat::Html;
    if (name == QLatin1String("json"))
        return ReportFormat::Json;
    if (name == QLatin1String("pdf"))
        return ReportFormat::Pdf;
    return std::nullopt;
}

QByteArray formatReport(const RunRecord& record, ReportFormat format) {
    switch (format) {
    case ReportFormat::Markdown:
        return markdownReport(record);
    case ReportFormat::Html:
        return htmlReport(record);
    case ReportFormat::Json:
        return jsonReport(record);
    case ReportFormat::Pdf:
        return pdfReport(record);
    }
    return {};
}

QFuture<Bytes> makeReport(JournalStore& journal, const models::RunId& run, ReportFormat format,
                          models::Instant writtenAt, const models::HealthCourse& course,
                          qint64 outputMaximum) {
    const auto collect = [&journal, format, writtenAt, course,
                          outputMaximum](const Result<StoredRun>& stored) -> QFuture<Bytes> {
        QList<AttemptKey> attempts;
        QList<QFuture<Bytes>> outputs;
        if (stored)
            attempts = attemptsWithOutput(*stored);
        for (const AttemptKey& attempt : std::as_const(attempts)) {
            outputs.append(journal.output(attempt, 0, outputMaximum));
            outputs.append(journal.output(attempt, 1, outputMaximum));
        }
        return QtFuture::whenAll(outputs.begin(), outputs.end())
            .then(QtFuture::Launch::Async, [=](const QList<QFuture<Bytes>>& done) -> Bytes {
                if (!stored)
                    return tl::unexpected(stored.error());
                const auto lookup = [&](const AttemptKey& attempt, int stream) {
                    const qsizetype index = attempts.indexOf(attempt);
                    return index < 0 ? QByteArray() : shown(done[2 * index + stream]);
                };
                RunRecord record = makeRecord(*stored, lookup, writtenAt);
                record.timeline.add(course);
                return formatReport(record, format);
            });
    };
    return journal.load(run, false).then(collect).unwrap();
}

} // namespace app
