// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/reportformats.h"

#include <algorithm>

namespace app {

namespace {

bool isWordAt(const QString& text, qsizetype i) {
    return i >= 0 && i < text.size() && text[i].isLetterOrNumber();
}

/// The character at `i` could begin mark-up: of CommonMark, or of what GitHub adds to it (tables,
/// strikethrough, mathematics, mentions, emoji and bare links).
bool isMarkup(const QString& text, qsizetype i) {
    static const QString anywhere = QStringLiteral("\\`*_[]<>#|~&$");
    static const QString first = QStringLiteral("+-=");
    const QChar c = text[i];
    if (anywhere.contains(c) || (i == 0 && first.contains(c)))
        return true;
    if (c == QLatin1Char('@')) {
        // Between words it is an address, which is a link where its host has a dot.
        const qsizetype end = text.indexOf(QLatin1Char(' '), i);
        return !isWordAt(text, i - 1) || !isWordAt(text, i + 1) ||
               text.mid(i, end < 0 ? -1 : end - i).contains(QLatin1Char('.'));
    }
    if (c == QLatin1Char(':')) // A time of day or the end of a word is neither emoji nor link.
        return i + 1 < text.size() && text[i + 1] != QLatin1Char(' ') && !text[i + 1].isDigit();
    if (c == QLatin1Char('.') || c == QLatin1Char(')')) {
        // "1." begins a list, "www." a link.
        const QStringView before = QStringView(text).first(i);
        return before.endsWith(u"www", Qt::CaseInsensitive) ||
               std::all_of(before.begin(), before.end(), [](QChar d) { return d.isDigit(); });
    }
    return false;
}

/// Text as text in one line: what could be read as mark-up is escaped, and nothing else, so that
/// the report reads well before anything renders it.
QString inlineText(const QString& text) {
    const QString line = text.simplified();
    QString escaped;
    escaped.reserve(line.size() + line.size() / 8);
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (isMarkup(line, i))
            escaped += QLatin1Char('\\');
        escaped += line[i];
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

QString decided(const ReportTable& what) {
    QString text = QStringLiteral("## %1\n\n").arg(what.title);
    if (!what.remark.isEmpty())
        text += inlineText(what.remark) + QStringLiteral("\n\n");
    return what.rows.isEmpty() ? text : text + table(what.header, what.rows);
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

QString pins(const QList<models::Pin>& list) {
    QString text;
    for (const models::Pin& pin : list)
        text += QStringLiteral("%1\n\n").arg(inlineText(pinSentence(pin))) +
                block(models::pinText(pin));
    return text;
}

QString hosts(const QList<models::HostProgress>& list) {
    QString text = QStringLiteral("Hosts: %1\n\n").arg(inlineText(models::hostSummary(list)));
    for (const models::HostProgress& host : list)
        text +=
            QStringLiteral("- %1: %2\n").arg(inlineText(host.host), inlineText(hostSentence(host)));
    return text + QLatin1Char('\n');
}

QString step(const StepRecord& record) {
    QString text = QStringLiteral("### %1 – %2\n\n")
                       .arg(inlineText(record.title), inlineText(record.standing));
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
    if (!record.hosts.isEmpty())
        text += hosts(record.hosts);
    text += notes(state.notes) + pins(state.pins);
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
    for (const ReportTable& one : reportTables(record))
        text += decided(one);
    if (const auto variables = reportVariables(record); !variables.isEmpty())
        text += QStringLiteral("## Variables\n\n") + pairs(QStringLiteral("Name"), variables);
    if (!record.state.notes.isEmpty())
        text += QStringLiteral("## Notes\n\n") + notes(record.state.notes);
    if (!record.state.pins.isEmpty())
        text += QStringLiteral("## Pinned log lines\n\n") + pins(record.state.pins);
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
