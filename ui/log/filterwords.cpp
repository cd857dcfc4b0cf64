// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/filterwords.h"

#include "ui/log/levelsign.h"
#include "ui/widgets/timeformat.h"

#include <QCoreApplication>
#include <QDateTime>

#include <bit>

namespace ui {

namespace {

using models::LogFilter;
using models::LogLevel;

struct FilterWords {
    Q_DECLARE_TR_FUNCTIONS(ui::FilterWords)
};

/// Parts of a second only where there are any.
QString clockWords(const QDateTime& at) {
    return at.time().toString(at.time().msec() == 0 ? QStringLiteral("HH:mm:ss")
                                                    : QStringLiteral("HH:mm:ss.zzz"));
}

QString dayAndClock(const QDateTime& at) {
    return at.date().toString(Qt::ISODate) + u' ' + clockWords(at);
}

QString termSentence(const LogFilter::Term& term) {
    const bool includes = term.sense == LogFilter::Sense::Include;
    const bool isSensitive = term.pattern.sensitivity == models::LiteralFinder::Case::Sensitive;
    if (term.pattern.syntax == models::LogPattern::Syntax::Regex)
        return (includes ? FilterWords::tr("Only lines that match %1")
                         : FilterWords::tr("No lines that match %1"))
            .arg(term.pattern.text);
    if (isSensitive)
        return (includes ? FilterWords::tr("Only lines with \"%1\", written like that")
                         : FilterWords::tr("No lines with \"%1\", written like that"))
            .arg(term.pattern.text);
    return (includes ? FilterWords::tr("Only lines with \"%1\"")
                     : FilterWords::tr("No lines with \"%1\""))
        .arg(term.pattern.text);
}

} // namespace

QString timesWords(const LogFilter::TimeRange& times) {
    const QDateTime from = shownTime(times.from);
    const QDateTime to = shownTime(times.to);
    if (times.from.isNull())
        return FilterWords::tr("before %1").arg(dayAndClock(to));
    if (times.to.isNull())
        return FilterWords::tr("from %1").arg(dayAndClock(from));
    if (from.date() == to.date())
        return clockWords(from) + u'–' + clockWords(to);
    return dayAndClock(from) + u'–' + dayAndClock(to);
}

QString chipWords(const LogFilter& part) {
    return part.times ? timesWords(*part.times) : part.toString();
}

QString levelsWords(models::LevelSet levels) {
    const unsigned others = ~static_cast<unsigned>(levels) & 0xffU;
    if (levels != 0 && std::has_single_bit(others + 1) && !std::has_single_bit(levels + 0U))
        return FilterWords::tr("%1 and worse")
            .arg(levelWord(static_cast<LogLevel>(std::countr_zero(levels + 0U))));
    QStringList words;
    for (int level = models::logLevelCount - 1; level >= 0; --level) {
        if ((levels >> level & 1) != 0)
            words.append(levelWord(static_cast<LogLevel>(level)));
    }
    return words.join(QStringLiteral(", "));
}

QString filterSentence(const LogFilter& part) {
    if (part.levels != models::allLevels)
        return part.levels == 0
                   ? FilterWords::tr("No lines")
                   : FilterWords::tr("Only lines of level %1").arg(levelsWords(part.levels));
    if (!part.sources.isEmpty())
        return FilterWords::tr("Lines of %1").arg(part.sources.first());
    if (!part.excludedSources.isEmpty())
        return FilterWords::tr("No lines of %1").arg(part.excludedSources.first());
    if (part.times)
        return FilterWords::tr("Only lines of %1").arg(timesWords(*part.times));
    return part.terms.isEmpty() ? FilterWords::tr("All lines") : termSentence(part.terms.first());
}

} // namespace ui
