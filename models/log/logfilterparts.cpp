// SPDX-License-Identifier: GPL-3.0-or-later
// What a filter consists of, put together and taken apart.
#include "models/log/logfilter.h"

namespace models {

namespace {

void addNames(QStringList& names, const QStringList& more) {
    for (const QString& name : more) {
        if (!names.contains(name))
            names.append(name);
    }
}

} // namespace

bool LogFilter::takesEveryLine() const {
    return levels == allLevels && !times && terms.isEmpty();
}

QList<LogFilter> LogFilter::parts() const {
    QList<LogFilter> all;
    const auto part = [&all]() -> LogFilter& {
        all.append(LogFilter());
        return all.last();
    };
    if (levels != allLevels)
        part().levels = levels;
    for (const QString& name : sources)
        part().sources = {name};
    for (const QString& name : excludedSources)
        part().excludedSources = {name};
    if (times)
        part().times = times;
    for (const Term& term : terms)
        part().terms = {term};
    return all;
}

void LogFilter::add(const LogFilter& more) {
    const auto both = static_cast<LevelSet>(levels & more.levels);
    levels = both == 0 ? more.levels : both;
    addNames(sources, more.sources);
    addNames(excludedSources, more.excludedSources);
    if (more.times)
        times = more.times;
    for (const Term& term : more.terms) {
        if (!terms.contains(term))
            terms.append(term);
    }
}

void LogFilter::remove(const LogFilter& part) {
    if (part.levels != allLevels && part.levels == levels)
        levels = allLevels;
    for (const QString& name : part.sources)
        sources.removeAll(name);
    for (const QString& name : part.excludedSources)
        excludedSources.removeAll(name);
    if (part.times && part.times == times)
        times.reset();
    for (const Term& term : part.terms)
        terms.removeAll(term);
}

void LogFilter::turnRound(const LogFilter& part) {
    if (part.levels != allLevels && part.levels == levels)
        levels = static_cast<LevelSet>(~levels);
    for (const QString& name : part.sources) {
        if (sources.removeAll(name) > 0)
            addNames(excludedSources, {name});
    }
    for (const QString& name : part.excludedSources) {
        if (excludedSources.removeAll(name) > 0)
            addNames(sources, {name});
    }
    for (const Term& term : part.terms) {
        Term turned = term;
        turned.sense = term.sense == Sense::Include ? Sense::Exclude : Sense::Include;
        const qsizetype at = terms.indexOf(term);
        if (at < 0)
            continue;
        terms.removeAll(turned); // it would be there twice
        terms[terms.indexOf(term)] = turned;
    }
}

} // namespace models
