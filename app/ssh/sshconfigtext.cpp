// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconfigtext.h"

namespace app {
namespace {

bool isBlank(QChar c) {
    return c == QLatin1Char(' ') || c == QLatin1Char('\t') || c == QLatin1Char('\r') ||
           c == QLatin1Char('\f');
}

/// The words behind the keyword. A '#' begins a comment only where a word could begin.
QStringList argumentsOf(const QString& text) {
    QStringList words;
    QString word;
    bool isWord = false;
    bool isQuoted = false;
    for (const QChar c : text) {
        if (c == QLatin1Char('"')) {
            isQuoted = !isQuoted;
            isWord = true;
        } else if (isBlank(c) && !isQuoted) {
            if (isWord)
                words << word;
            word.clear();
            isWord = false;
        } else if (c == QLatin1Char('#') && !isWord) {
            return words;
        } else {
            word += c;
            isWord = true;
        }
    }
    if (isWord)
        words << word;
    return words;
}

} // namespace

QList<SshConfigLine> sshConfigLines(const QByteArray& content) {
    QList<SshConfigLine> lines;
    int number = 0;
    for (const QByteArray& raw : content.split('\n')) {
        ++number;
        const QString text = QString::fromUtf8(raw).trimmed();
        if (text.isEmpty() || text.startsWith(QLatin1Char('#')))
            continue;
        qsizetype end = 0;
        while (end < text.size() && !isBlank(text[end]) && text[end] != QLatin1Char('='))
            ++end;
        SshConfigLine line;
        line.number = number;
        line.spelled = text.left(end);
        line.keyword = line.spelled.toLower();
        QString rest = text.mid(end).trimmed();
        if (rest.startsWith(QLatin1Char('=')))
            rest.remove(0, 1);
        line.arguments = argumentsOf(rest);
        lines.append(line);
    }
    return lines;
}

std::optional<bool> sshConfigFlag(const QString& text) {
    const QString lower = text.toLower();
    if (lower == QLatin1String("yes") || lower == QLatin1String("true"))
        return true;
    if (lower == QLatin1String("no") || lower == QLatin1String("false"))
        return false;
    return std::nullopt;
}

std::optional<std::chrono::seconds> sshConfigTime(const QString& text) {
    constexpr qint64 limit = 100LL * 365 * 24 * 3600;
    qint64 total = 0;
    qint64 number = -1;
    for (const QChar c : text.toLower()) {
        if (c >= QLatin1Char('0') && c <= QLatin1Char('9')) {
            number = std::max<qint64>(number, 0) * 10 + c.digitValue();
            if (number > limit)
                return std::nullopt;
            continue;
        }
        const qsizetype unit = QStringLiteral("smhdw").indexOf(c);
        constexpr qint64 seconds[]{1, 60, 3600, 24 * 3600, 7 * 24 * 3600};
        if (number < 0 || unit < 0)
            return std::nullopt;
        total += number * seconds[unit];
        number = -1;
    }
    total += std::max<qint64>(number, 0);
    if (text.isEmpty() || total > limit)
        return std::nullopt;
    return std::chrono::seconds(total);
}

std::optional<QString>
expandSshTokens(const QString& text, const std::function<std::optional<QString>(QChar)>& valueOf,
                const std::function<std::optional<QString>(const QString&)>& variable) {
    QString expanded;
    for (qsizetype i = 0; i < text.size(); ++i) {
        std::optional<QString> value;
        if (text[i] == QLatin1Char('%')) {
            if (++i == text.size())
                return std::nullopt;
            value = text[i] == QLatin1Char('%') ? QStringLiteral("%") : valueOf(text[i]);
        } else if (text.mid(i, 2) == QLatin1String("${")) {
            const qsizetype end = text.indexOf(QLatin1Char('}'), i);
            if (end < 0)
                return std::nullopt;
            value = variable(text.mid(i + 2, end - i - 2));
            i = end;
        } else {
            value = QString(text[i]);
        }
        if (!value)
            return std::nullopt;
        expanded += *value;
    }
    return expanded;
}

std::optional<SshDestination> parseSshDestination(const QString& text) {
    QString rest = text;
    if (rest.startsWith(QLatin1String("ssh://"), Qt::CaseInsensitive)) {
        rest.remove(0, 6);
        if (rest.endsWith(QLatin1Char('/')))
            rest.chop(1);
    }
    SshDestination destination;
    // A user may have an '@' of its own, a host never has.
    const qsizetype at = rest.lastIndexOf(QLatin1Char('@'));
    if (at >= 0)
        destination.user = rest.left(at);
    rest = rest.mid(at + 1);
    QString port;
    if (rest.startsWith(QLatin1Char('['))) {
        const qsizetype end = rest.indexOf(QLatin1Char(']'));
        if (end < 0)
            return std::nullopt;
        destination.host = rest.mid(1, end - 1);
        rest = rest.mid(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(QLatin1Char(':')))
            return std::nullopt;
        port = rest.mid(1);
    } else if (rest.count(QLatin1Char(':')) == 1) {
        destination.host = rest.section(QLatin1Char(':'), 0, 0);
        port = rest.section(QLatin1Char(':'), 1);
        rest.clear();
        if (port.isEmpty())
            return std::nullopt;
    } else {
        destination.host = rest; // an IPv6 address has more colons, and no port then
    }
    bool isPort = true;
    if (!port.isEmpty())
        destination.port = port.toUShort(&isPort);
    const bool isUsable = !destination.host.isEmpty() && !destination.host.startsWith(u'-') &&
                          (at < 0 || !destination.user.isEmpty()) &&
                          (port.isEmpty() || (isPort && destination.port > 0));
    return isUsable ? std::optional(destination) : std::nullopt;
}

} // namespace app
