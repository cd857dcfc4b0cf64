// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logfilter.h"

#include "models/log/loglevel.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace models {

namespace {

using Case = LiteralFinder::Case;
using Syntax = LogPattern::Syntax;

const QString levelKey = QStringLiteral("level:");
const QString sourceKey = QStringLiteral("source:");

/// One word of the text: what is in quotes or slashes, or up to the next blank.
struct Word {
    QString text;
    QChar delimiter; ///< null for a plain one
    QString flags;   ///< behind the closing delimiter
    LogFilter::Sense sense = LogFilter::Sense::Include;
};

Result<Word> nextWord(const QString& text, qsizetype& at) {
    Word word;
    if (text[at] == u'-' && at + 1 < text.size() && !text[at + 1].isSpace()) {
        word.sense = LogFilter::Sense::Exclude;
        ++at;
    }
    const qsizetype start = at;
    if (text[at] != u'"' && text[at] != u'/') {
        while (at < text.size() && !text[at].isSpace())
            ++at;
        word.text = text.mid(start, at - start);
        return word;
    }
    word.delimiter = text[at++];
    for (; at < text.size() && text[at] != word.delimiter; ++at) {
        const bool keeps =
            text[at] == u'\\' && at + 1 < text.size() &&
            (text[at + 1] == word.delimiter || (word.delimiter == u'"' && text[at + 1] == u'\\'));
        // An expression's other backslashes are its own, each with the character behind it.
        if (!keeps && text[at] == u'\\' && at + 1 < text.size())
            word.text += text[at++];
        else if (keeps)
            ++at;
        word.text += text[at];
    }
    if (at == text.size())
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("the filter's %1 at character %2 is not closed")
                           .arg(word.delimiter)
                           .arg(start + 1));
    ++at;
    while (at < text.size() && !text[at].isSpace())
        word.flags += text[at++];
    return word;
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
    const bool isPlain = word.delimiter.isNull();
    if (isPlain && word.text.startsWith(levelKey)) {
        const Result<LevelSet> levels = levelsOf(word.text.mid(levelKey.size()));
        if (!levels)
            return levels.error();
        const LevelSet wanted =
            word.sense == LogFilter::Sense::Include ? *levels : static_cast<LevelSet>(~*levels);
        filter.levels = static_cast<LevelSet>(filter.levels & wanted);
        return std::nullopt;
    }
    if (isPlain && word.text.startsWith(sourceKey)) {
        QStringList& sources =
            word.sense == LogFilter::Sense::Include ? filter.sources : filter.excludedSources;
        sources += word.text.mid(sourceKey.size()).split(u',', Qt::SkipEmptyParts);
        return std::nullopt;
    }
    return addTerm(filter, word);
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
    } else {
        text.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
        text = u'"' + text + u'"' + (sensitive ? QStringLiteral("s") : QString());
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
        const Result<Word> word = nextWord(text, at);
        if (!word)
            return tl::unexpected(word.error());
        if (const std::optional<Error> error = addWord(filter, *word))
            return tl::unexpected(*error);
    }
    return filter;
}

QString LogFilter::toString() const {
    QStringList words;
    if (levels != allLevels)
        words.append(levelsText(levels));
    if (!sources.isEmpty())
        words.append(sourceKey + sources.join(u','));
    if (!excludedSources.isEmpty())
        words.append(u'-' + sourceKey + excludedSources.join(u','));
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
