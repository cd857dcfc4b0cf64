// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logfilter.h"

#include "models/log/loglevel.h"

#include <QDateTime>

#include <algorithm>
#include <bit>
#include <utility>

namespace models {

namespace {

using Case = LiteralFinder::Case;
using Syntax = LogPattern::Syntax;

const QString levelKey = QStringLiteral("level:");
const QString sourceKey = QStringLiteral("source:");
const QString timeKey = QStringLiteral("time:");
const QString rangeMark = QStringLiteral("..");

/// One word of the text: what is in quotes or slashes, or up to the next blank.
struct Word {
    QString text;
    QChar delimiter; ///< null for a plain one
    QString flags;   ///< behind the closing delimiter
    LogFilter::Sense sense = LogFilter::Sense::Include;
};

/// What stands between delimiters, the first of which is at `at`, which goes behind the second.
Result<QString> delimited(const QString& text, qsizetype& at) {
    const qsizetype start = at;
    const QChar delimiter = text[at++];
    QString inner;
    for (; at < text.size() && text[at] != delimiter; ++at) {
        const bool keeps =
            text[at] == u'\\' && at + 1 < text.size() &&
            (text[at + 1] == delimiter || (delimiter == u'"' && text[at + 1] == u'\\'));
        // An expression's other backslashes are its own, each with the character behind it.
        if (!keeps && text[at] == u'\\' && at + 1 < text.size())
            inner += text[at++];
        else if (keeps)
            ++at;
        inner += text[at];
    }
    if (at == text.size())
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("the filter's %1 at character %2 is not closed")
                           .arg(delimiter)
                           .arg(start + 1));
    ++at;
    return inner;
}

QString upToBlank(const QString& text, qsizetype& at) {
    const qsizetype start = at;
    while (at < text.size() && !text[at].isSpace())
        ++at;
    return text.mid(start, at - start);
}

Result<Word> nextWord(const QString& text, qsizetype& at) {
    Word word;
    if (text[at] == u'"' || text[at] == u'/') {
        word.delimiter = text[at];
        const Result<QString> inner = delimited(text, at);
        if (!inner)
            return tl::unexpected(inner.error());
        word.text = *inner;
        word.flags = upToBlank(text, at);
    } else {
        word.text = upToBlank(text, at);
    }
    return word;
}

/// Names apart by commas, up to the next blank.
Result<QStringList> nextNames(const QString& text, qsizetype& at) {
    QStringList names;
    while (at < text.size() && !text[at].isSpace()) {
        if (text[at] == u'"') {
            const Result<QString> name = delimited(text, at);
            if (!name)
                return tl::unexpected(name.error());
            names.append(*name);
            continue;
        }
        const qsizetype start = at;
        while (at < text.size() && !text[at].isSpace() && text[at] != u',')
            ++at;
        if (at > start)
            names.append(text.mid(start, at - start));
        else
            ++at;
    }
    return names;
}

Result<LevelSet> levelsOf(const QString& names) {
    unsigned levels = 0;
    for (QString name : names.split(u',', Qt::SkipEmptyParts)) {
        const bool andGraver = name.endsWith(u'+');
        if (andGraver)
            name.chop(1);
        const LogLevel level = levelOfWord(name.toUtf8());
        if (level == LogLevel::None && name != QLatin1String("none"))
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("\"%1\" is no level; write trace, debug, info, notice, "
                                          "warning, error, fatal or none")
                               .arg(name));
        const unsigned bit = 1U << static_cast<unsigned>(level);
        levels |= andGraver ? 0xffU & ~(bit - 1) : bit;
    }
    return static_cast<LevelSet>(levels);
}

Result<Instant> momentOf(const QString& text) {
    if (text.isEmpty())
        return Instant();
    const Instant exact = Instant::fromString(text);
    const QDateTime typed = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (exact.isNull() && (!typed.isValid() || typed.timeSpec() == Qt::LocalTime))
        return failure(
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" is no time; write it as 2026-01-31T14:02:11Z").arg(text));
    return exact.isNull() ? Instant{typed.toMSecsSinceEpoch() * 1'000'000} : exact;
}

Result<LogFilter::TimeRange> timesOf(const QString& text) {
    const qsizetype mark = text.indexOf(rangeMark);
    if (mark < 0)
        return failure(
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" is no range of times; write it as FROM..TO").arg(text));
    const Result<Instant> from = momentOf(text.left(mark));
    const Result<Instant> to = momentOf(text.mid(mark + rangeMark.size()));
    if (!from || !to)
        return tl::unexpected(from ? to.error() : from.error());
    if (!to->isNull() && *to < *from)
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("the times \"%1\" end before they begin").arg(text));
    return LogFilter::TimeRange{*from, *to};
}

std::optional<Error> addTerm(LogFilter& filter, const Word& word) {
    LogFilter::Term term;
    term.sense = word.sense;
    term.pattern.text = word.text;
    const bool isRegex = word.delimiter == u'/';
    term.pattern.syntax = isRegex ? Syntax::Regex : Syntax::Text;
    const QString flag = isRegex ? QStringLiteral("i") : QStringLiteral("s");
    if (!word.flags.isEmpty() && word.flags != flag)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("\"%1\" behind the filter's %2 means nothing; \"%3\" does")
                         .arg(word.flags, word.delimiter, flag),
                     {}};
    const bool sensitive = isRegex == word.flags.isEmpty();
    term.pattern.sensitivity = sensitive ? Case::Sensitive : Case::Insensitive;
    if (!word.text.isEmpty())
        filter.terms.append(term);
    return std::nullopt;
}

std::optional<Error> addWord(LogFilter& filter, const Word& word) {
    if (word.delimiter.isNull() && word.text.startsWith(levelKey)) {
        const Result<LevelSet> levels = levelsOf(word.text.mid(levelKey.size()));
        if (!levels)
            return levels.error();
        const LevelSet wanted =
            word.sense == LogFilter::Sense::Include ? *levels : static_cast<LevelSet>(~*levels);
        filter.levels = static_cast<LevelSet>(filter.levels & wanted);
        return std::nullopt;
    }
    if (word.delimiter.isNull() && word.text.startsWith(timeKey)) {
        const Result<LogFilter::TimeRange> times = timesOf(word.text.mid(timeKey.size()));
        if (!times)
            return times.error();
        if (word.sense == LogFilter::Sense::Exclude)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("times cannot be excluded; name those that are wanted"),
                         {}};
        filter.times = *times;
        return std::nullopt;
    }
    return addTerm(filter, word);
}

/// Reads one word from `at` on, which is no blank.
std::optional<Error> addNext(LogFilter& filter, const QString& text, qsizetype& at) {
    const bool excludes = text[at] == u'-' && at + 1 < text.size() && !text[at + 1].isSpace();
    at += excludes ? 1 : 0;
    if (QStringView(text).sliced(at).startsWith(sourceKey)) {
        at += sourceKey.size();
        const Result<QStringList> names = nextNames(text, at);
        if (!names)
            return names.error();
        (excludes ? filter.excludedSources : filter.sources) += *names;
        return std::nullopt;
    }
    Result<Word> word = nextWord(text, at);
    if (!word)
        return word.error();
    word->sense = excludes ? LogFilter::Sense::Exclude : LogFilter::Sense::Include;
    return addWord(filter, *word);
}

QString quoted(QString text) {
    text.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + text + u'"';
}

bool hasBlank(const QString& text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

/// Whether it means itself without quotes.
bool isPlainWord(const QString& text) {
    return !text.isEmpty() && !QStringLiteral("-\"/").contains(text[0]) && !hasBlank(text) &&
           !text.startsWith(levelKey) && !text.startsWith(sourceKey) && !text.startsWith(timeKey);
}

QString namesText(const QStringList& names) {
    QStringList words;
    for (const QString& name : names) {
        const bool isPlain =
            !name.isEmpty() && name[0] != u'"' && !hasBlank(name) && !name.contains(u',');
        words.append(isPlain ? name : quoted(name));
    }
    return sourceKey + words.join(u',');
}

QString timesText(const LogFilter::TimeRange& times) {
    const auto words = [](Instant at) { return at.isNull() ? QString() : at.toString(); };
    return timeKey + words(times.from) + rangeMark + words(times.to);
}

QString termText(const LogFilter::Term& term) {
    const bool isRegex = term.pattern.syntax == Syntax::Regex;
    const bool sensitive = term.pattern.sensitivity == Case::Sensitive;
    QString text = term.pattern.text;
    if (isRegex) {
        // A slash that a backslash keeps already stays as it is.
        QString escaped;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] == u'\\' && i + 1 < text.size() && text[i + 1] != u'/')
                escaped += text[i++];
            else if (text[i] == u'/')
                escaped += u'\\';
            escaped += text[i];
        }
        text = u'/' + escaped + u'/' + (sensitive ? QString() : QStringLiteral("i"));
    } else if (sensitive || !isPlainWord(text)) {
        text = quoted(text) + (sensitive ? QStringLiteral("s") : QString());
    }
    return term.sense == LogFilter::Sense::Exclude ? u'-' + text : text;
}

QString levelsText(LevelSet levels) {
    const unsigned inverted = ~static_cast<unsigned>(levels) & 0xffU;
    // All above one level is what people choose most.
    if (levels != 0 && std::has_single_bit(inverted + 1)) {
        const auto lowest = static_cast<LogLevel>(std::countr_zero(levels));
        return levelKey + QString::fromLatin1(levelName(lowest)) + u'+';
    }
    QStringList names;
    for (unsigned level = 0; level < logLevelCount; ++level) {
        if ((levels >> level & 1) != 0)
            names.append(QString::fromLatin1(levelName(static_cast<LogLevel>(level))));
    }
    return levelKey + names.join(u',');
}

} // namespace

Result<LogFilter> LogFilter::parse(const QString& text) {
    LogFilter filter;
    for (qsizetype at = 0; at < text.size();) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        if (const std::optional<Error> error = addNext(filter, text, at))
            return tl::unexpected(*error);
    }
    return filter;
}

QString LogFilter::toString() const {
    QStringList words;
    if (levels != allLevels)
        words.append(levelsText(levels));
    if (!sources.isEmpty())
        words.append(namesText(sources));
    if (!excludedSources.isEmpty())
        words.append(u'-' + namesText(excludedSources));
    if (times)
        words.append(timesText(*times));
    for (const Term& term : terms)
        words.append(termText(term));
    return words.join(u' ');
}

bool LogFilter::takesSource(const QString& name) const {
    return (sources.isEmpty() || sources.contains(name)) && !excludedSources.contains(name);
}

Result<std::shared_ptr<const CompiledFilter>> CompiledFilter::compile(const LogFilter& filter) {
    auto compiled = std::make_shared<CompiledFilter>();
    compiled->m_levels = filter.levels;
    compiled->m_times = filter.times;
    for (const LogFilter::Term& term : filter.terms) {
        Result<std::shared_ptr<const LogMatcher>> matcher = LogMatcher::compile(term.pattern);
        if (!matcher)
            return tl::unexpected(matcher.error());
        auto& matchers =
            term.sense == LogFilter::Sense::Include ? compiled->m_included : compiled->m_excluded;
        matchers.push_back(std::move(*matcher));
    }
    std::stable_partition(
        compiled->m_included.begin(), compiled->m_included.end(),
        [](const auto& matcher) { return matcher->pattern().syntax == LogPattern::Syntax::Text; });
    return compiled;
}

} // namespace models
