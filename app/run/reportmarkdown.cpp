// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/reportformats.h"

#include <algorithm>

namespace app {

namespace {

/// Text as text in one line: every character that Markdown or its GitHub extensions could read as
/// mark-up is escaped.
QString inlineText(const QString& text) {
    static const QString special = QStringLiteral("\\`*_{}[]()<>#+-.!|~&:@$=^\"'/");
    QString escaped;
    escaped.reserve(text.size() * 2);
    for (const QChar c : text.simplified()) {
        if (special.contains(c))
            escaped += QLatin1Char('\\');
        escaped += c;
    }
    return escaped;
}

/// Text as a block that keeps its lines: a fence longer than any in it.
QString block(const QString& text) {
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == QLatin1Char('`') ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(std::max<qsizetype>(3, longest + 1), QLatin1Char('`'));
    return QStringLiteral("%1text\n%2%3%1\n\n")
        .arg(fence, text, text.endsWith(QLatin1Char('\n')) ? QString() : QStringLiteral("\n"));
}

/// Rows of a pipe table; the header's cells are our own words.
QString table(const QStringList& header, const QList<QStringList>& rows) {
    QString text = QStringLiteral("| %1 |\n|").arg(header.join(QStringLiteral(" | ")));
    text += QStringLiteral(" --- |").repeated(header.size()) + QLatin1Char('\n');
    for (const QStringList& row : rows) {
        text += QLatin1Char('|');
        for (const QString& cell : row)
            text += QStringLiteral(" %1 |").arg(inlineText(cell));
        text += QLatin1Char('\n');
    }
    return text + QLatin1Char('\n');
}

QString pairs(const QString& header, const QList<QPair<QString, QString>>& values) {
    QList<QStringList> rows;
    for (const auto& [name, value] : values)
        rows.append({name, value});
    return table({header, QStringLiteral("Value")}, rows);
}

QString facts(const QList<RecordedFact>& list) {
    QList<QStringList> rows;
    for (const RecordedFact& fact : list)
        rows.append({readableTime(fact.at), fact.actor, fact.what, fact.step, fact.detail});
    return table({QStringLiteral("When"), QStringLiteral("Who"), QStringLiteral("What"),
                  QStringLiteral("Step"), QStringLiteral("Detail")},
                 rows);
}

QString attempt(const AttemptRecordText& record) {
    QString text = QStringLiteral("%1\n\n").arg(inlineText(attemptSentence(record)));
    if (!record.attempt.reason.isEmpty())
        text += QStringLiteral("Reason: %1\n\n").arg(inlineText(record.attempt.reason));
    if (!record.attempt.evidence.isEmpty())
        text += QStringLiteral("Evidence:\n\n") + block(record.attempt.evidence);
    if (!record.attempt.script.isEmpty())
        text += QStringLiteral("Command:\n\n") + block(record.attempt.script);
    for (const models::ExpectationResult& result : record.attempt.expectations)
        text += QStringLiteral("- %1\n").arg(inlineText(expectationSentence(result)));
    if (!record.attempt.expectations.isEmpty())
        text += QLatin1Char('\n');
    if (!record.output[0].isEmpty())
        text += QStringLiteral("Output:\n\n") + block(record.output[0]);
    if (!record.output[1].isEmpty())
        text += QStringLiteral("Error output:\n\n") + block(record.output[1]);
    return text;
}

QString notes(const QList<models::Note>& list) {
    QString text;
    for (const models::Note& note : list) {
        text += QStringLiteral("- Note, %1, %2: %3\n")
                    .arg(inlineText(readableTime(note.at)), inlineText(note.actor),
                         inlineText(note.text));
    }
    return text.isEmpty() ? text : text + QLatin1Char('\n');
}

QString step(const StepRecord& record) {
    QString text =
        QStringLiteral("### %1 – %2\n\n").arg(inlineText(record.title), inlineText(record.status));
    const models::StepState& state = record.state;
    if (!state.owner.isEmpty())
        text += QStringLiteral("Owner: %1\n\n").arg(inlineText(state.owner));
    if (!state.actor.isEmpty())
        text += QStringLiteral("Decided by %1, %2\n\n")
                    .arg(inlineText(state.actor), inlineText(readableTime(state.changedAt)));
    if (!state.reason.isEmpty())
        text += QStringLiteral("Reason: %1\n\n").arg(inlineText(state.reason));
    if (!state.evidence.isEmpty())
        text += QStringLiteral("Evidence:\n\n") + block(state.evidence);
    text += notes(state.notes);
    for (const AttemptRecordText& one : record.attempts)
        text += attempt(one);
    return text;
}

} // namespace

QByteArray markdownReport(const RunRecord& record) {
    QString text = QStringLiteral("# %1\n\n").arg(inlineText(reportTitle(record)));
    text += pairs(QStringLiteral("Run"), reportSummary(record));
    text += QStringLiteral("## Deviations\n\n");
    text += record.deviations.isEmpty() ? QStringLiteral("None.\n\n") : facts(record.deviations);
    if (const auto variables = reportVariables(record); !variables.isEmpty())
        text += QStringLiteral("## Variables\n\n") + pairs(QStringLiteral("Name"), variables);
    if (!record.state.notes.isEmpty())
        text += QStringLiteral("## Notes\n\n") + notes(record.state.notes);
    text += QStringLiteral("## Steps\n\n");
    QString section;
    for (const StepRecord& one : record.steps) {
        if (one.section != section)
            text += QStringLiteral("**%1**\n\n").arg(inlineText(one.section));
        section = one.section;
        text += step(one);
    }
    text += QStringLiteral("## What happened\n\n") + facts(record.facts);
    text += QStringLiteral("## Journal\n\n%1\n\nHead: `%2`\n")
                .arg(inlineText(chainSentence(record)), record.head);
    return text.toUtf8();
}

} // namespace app
