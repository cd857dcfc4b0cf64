// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/steptext.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace ui {

namespace {

int indentOf(const QString& line) {
    int column = 0;
    for (const QChar sign : line) {
        if (sign == QLatin1Char(' '))
            ++column;
        else if (sign == QLatin1Char('\t'))
            column += 4 - column % 4;
        else
            return column;
    }
    return -1; // blank
}

QString withoutIndent(const QString& line, int columns) {
    int column = 0;
    qsizetype cut = 0;
    while (cut < line.size() && column < columns && line[cut].isSpace()) {
        column += line[cut] == QLatin1Char('\t') ? 4 - column % 4 : 1;
        ++cut;
    }
    return line.mid(cut);
}

/// The first line without its marker, and what follows by as much to the left: by the marker's
/// width, or by less where the least indented line stands further out.
QStringList dedented(QStringList lines) {
    static const QRegularExpression marker(
        QStringLiteral("^\\s*(?:[-*+]|\\d{1,9}[.)])\\s+(?:\\[[ xX]\\]\\s+)?"));
    const QRegularExpressionMatch match = marker.match(lines.first());
    if (!match.hasMatch())
        return lines;
    lines.first().remove(0, match.capturedLength());
    int least = -1;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const int indent = indentOf(lines[i]);
        if (indent >= 0 && (least < 0 || indent < least))
            least = indent;
    }
    for (qsizetype i = 1; i < lines.size(); ++i)
        lines[i] = withoutIndent(lines[i], least);
    return lines;
}

/// Letters and digits alone: a title is compared without its mark-up.
QString essence(const QString& text) {
    static const QRegularExpression link(QStringLiteral("\\]\\([^)]*\\)"));
    QString plain = text;
    plain.remove(link);
    plain.removeIf([](QChar sign) { return !sign.isLetterOrNumber(); });
    return plain;
}

/// Takes off the leading lines that together are the title.
void dropTitle(QStringList& lines, const QString& title) {
    static const QRegularExpression comment(QStringLiteral("<!--.*?-->"));
    const QString wanted = essence(title);
    QString seen;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QString line = lines[i];
        seen += essence(line.remove(comment));
        if (!wanted.startsWith(seen))
            return;
        if (seen == wanted) {
            lines.remove(0, i + 1);
            return;
        }
    }
}

/// The lines that say something, to compare a fence with a command whose prompts are removed.
QStringList wordsOf(const QString& text) {
    QStringList words;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        if (const QString word = line.trimmed(); !word.isEmpty())
            words << word;
    }
    return words;
}

bool isCommand(const QStringList& fence, const QList<models::Command>& commands) {
    QStringList shown = wordsOf(fence.join(QLatin1Char('\n')));
    for (QString& line : shown) {
        if (line.startsWith(QLatin1String("$ ")))
            line.remove(0, 2);
    }
    if (shown.isEmpty())
        return false;
    return std::any_of(commands.begin(), commands.end(), [&shown](const auto& command) {
        const QStringList run = wordsOf(command.text);
        return std::all_of(run.begin(), run.end(),
                           [&shown](const QString& line) { return shown.contains(line); }) &&
               !run.isEmpty();
    });
}

bool isExpectation(const QStringList& fence, const QList<models::Expectation>& expectations) {
    const QStringList shown = wordsOf(fence.join(QLatin1Char('\n')));
    return !shown.isEmpty() &&
           std::any_of(expectations.begin(), expectations.end(),
                       [&shown](const auto& expected) { return wordsOf(expected.text) == shown; });
}

/// "Expected:" says nothing when what it leads to stands elsewhere.
void dropLeadIn(QStringList& lines) {
    while (!lines.isEmpty() && lines.last().trimmed().isEmpty())
        lines.removeLast();
    if (!lines.isEmpty() &&
        lines.last().trimmed().remove(QLatin1Char('*')).endsWith(QLatin1Char(':')))
        lines.removeLast();
}

QStringList withoutFences(const QStringList& lines, const models::Step& step) {
    static const QRegularExpression opening(QStringLiteral("^ {0,3}(`{3,}|~{3,})"));
    QStringList kept;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QRegularExpressionMatch match = opening.match(lines[i]);
        if (!match.hasMatch()) {
            kept << lines[i];
            continue;
        }
        const QString fence = match.captured(1);
        qsizetype end = i + 1;
        while (end < lines.size() && !lines[end].trimmed().startsWith(fence))
            ++end;
        const QStringList inside = lines.mid(i + 1, end - i - 1);
        if (isExpectation(inside, step.expectations))
            dropLeadIn(kept);
        else if (!isCommand(inside, step.commands))
            kept << lines.mid(i, end - i + 1);
        i = end;
    }
    return kept;
}

} // namespace

QString stepText(const models::Step& step) {
    if (step.body.trimmed().isEmpty())
        return {};
    QStringList lines = dedented(step.body.split(QLatin1Char('\n')));
    dropTitle(lines, step.title);
    return withoutFences(lines, step).join(QLatin1Char('\n')).trimmed();
}

} // namespace ui
