// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/reportformats.h"
#include "app/run/reportmarks.h"

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
QString fenced(const QString& text) {
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
QString pipeTable(const QStringList& header, const QList<QStringList>& rows) {
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

class MarkdownMarks final : public ReportMarks {
public:
    [[nodiscard]] QString title(const QString& text) const override {
        return QStringLiteral("# %1\n\n").arg(inlineText(text));
    }
    [[nodiscard]] QString heading(const QString& text) const override {
        return QStringLiteral("## %1\n\n").arg(inlineText(text));
    }
    [[nodiscard]] QString sectionName(const QString& text) const override {
        return QStringLiteral("**%1**\n\n").arg(inlineText(text));
    }
    [[nodiscard]] QString paragraph(const QString& text) const override {
        return QStringLiteral("%1\n\n").arg(inlineText(text));
    }
    [[nodiscard]] QString field(const QString& name, const QString& text) const override {
        return QStringLiteral("%1: %2\n\n").arg(name, inlineText(text));
    }
    [[nodiscard]] QString block(const QString& name, const QString& text) const override {
        return QStringLiteral("%1:\n\n").arg(name) + verbatim(text);
    }
    [[nodiscard]] QString verbatim(const QString& text) const override { return fenced(text); }
    [[nodiscard]] QString list(const QStringList& items) const override {
        QString text;
        for (const QString& item : items)
            text += QStringLiteral("- %1\n").arg(inlineText(item));
        return text + QLatin1Char('\n');
    }
    [[nodiscard]] QString pairs(const QString& header,
                                const QList<QPair<QString, QString>>& values) const override {
        QList<QStringList> rows;
        for (const auto& [name, value] : values)
            rows.append({name, value});
        return table({header, QStringLiteral("Value")}, rows);
    }
    [[nodiscard]] QString table(const QStringList& header,
                                const QList<QStringList>& rows) const override {
        return pipeTable(header, rows);
    }
    [[nodiscard]] QString step(const StepRecord& record, const QString& content) const override {
        return QStringLiteral("### %1 – %2\n\n")
                   .arg(inlineText(record.title), inlineText(record.standing)) +
               content;
    }
    [[nodiscard]] QString attempt(const QString& content) const override { return content; }
    [[nodiscard]] QString chain(const RunRecord& record) const override {
        return QStringLiteral("%1\n\nHead: `%2`\n")
            .arg(inlineText(chainSentence(record)), record.head);
    }
};

} // namespace

QByteArray markdownReport(const RunRecord& record) {
    return writtenReport(record, MarkdownMarks(), {}).toUtf8();
}

} // namespace app
