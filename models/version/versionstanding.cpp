// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/version/versionstanding.h"

#include <algorithm>

namespace models {

namespace {

QString nameOfPlace(const VersionReading& reading) {
    return reading.place.isEmpty() ? u"It"_qs : reading.place;
}

QString placesWords(const QList<VersionReading>& observed) {
    QStringList words;
    for (const VersionReading& reading : observed)
        words.append(u"%1 has %2"_qs.arg(nameOfPlace(reading), reading.isKnown()
                                                                   ? shortVersion(reading.version)
                                                                   : u"an unknown one"_qs));
    return words.join(u", ");
}

} // namespace

QString relationWords(const CommitRelation& relation, const QString& name) {
    if (relation.from == relation.to)
        return u"as %1"_qs.arg(name);
    if (relation.ahead == 0)
        return u"%1 behind %2"_qs.arg(relation.behind).arg(name);
    if (relation.behind == 0)
        return u"%1 ahead of %2"_qs.arg(relation.ahead).arg(name);
    return u"%1 ahead of %3, %2 behind"_qs.arg(relation.ahead).arg(relation.behind).arg(name);
}

VersionComparison compareWith(const VersionReference& reference, const QString& observed,
                              const std::optional<Result<CommitRelation>>& relation) {
    VersionComparison comparison{reference, Verdict::Unknown, {}, {}};
    if (reference.version.isEmpty()) {
        comparison.words = reference.problem;
        return comparison;
    }
    if (observed.isEmpty()) {
        comparison.words = u"What is deployed is not known."_qs;
        return comparison;
    }
    if (relation && *relation) {
        comparison.relation = **relation;
        comparison.verdict = (*relation)->from == (*relation)->to ? Verdict::Pass : Verdict::Fail;
        comparison.words = relationWords(**relation, reference.name);
        return comparison;
    }
    // The texts alone can still tell, without how far apart they are.
    switch (compareVersions(reference.version, observed)) {
    case VersionMatch::Same:
        comparison.verdict = Verdict::Pass;
        comparison.words = u"as %1"_qs.arg(reference.name);
        break;
    case VersionMatch::Different:
        comparison.verdict = Verdict::Fail;
        comparison.words = u"not %1"_qs.arg(reference.name);
        if (relation)
            comparison.words += u". "_qs + relation->error().message;
        break;
    case VersionMatch::Incomparable:
        comparison.words =
            relation
                ? relation->error().message
                : u"%1 and %2 cannot be compared: one is a commit, and the other is not."_qs.arg(
                      shortVersion(observed), shortVersion(reference.version));
        break;
    }
    return comparison;
}

bool isDrift(VersionState state) {
    return state == VersionState::HostsDiffer || state == VersionState::Unexpected ||
           state == VersionState::Unrecorded || state == VersionState::EnvironmentDiffers;
}

VersionStanding standingOf(const QList<VersionReading>& observed) {
    VersionStanding standing;
    standing.observed = observed;
    const VersionReading* unknown = nullptr;
    bool isOneNever = observed.isEmpty();
    auto match = VersionMatch::Same;
    for (const VersionReading& reading : observed) {
        isOneNever = isOneNever || reading.at.isNull();
        if (standing.at.isNull() || reading.at < standing.at)
            standing.at = reading.at;
        if (!reading.isKnown()) {
            unknown = unknown == nullptr ? &reading : unknown;
            continue;
        }
        if (standing.version.isEmpty())
            standing.version = reading.version;
        const VersionMatch found = compareVersions(standing.version, reading.version);
        if (found != VersionMatch::Same && match != VersionMatch::Different)
            match = found;
    }
    if (match == VersionMatch::Different) {
        standing.state = VersionState::HostsDiffer;
        standing.words = placesWords(observed) + u'.';
    } else if (isOneNever) {
        standing.state = VersionState::Unchecked;
        standing.words = u"Nobody looked yet."_qs;
    } else if (unknown != nullptr) {
        standing.state = VersionState::Unknown;
        standing.words = unknown->place.isEmpty()
                             ? unknown->problem
                             : u"%1: %2"_qs.arg(unknown->place, unknown->problem);
    } else if (match == VersionMatch::Incomparable) {
        standing.state = VersionState::Unknown;
        standing.words = placesWords(observed) + u", which cannot be compared."_qs;
    } else {
        standing.state = VersionState::Settled;
    }
    return standing;
}

void settleStanding(VersionStanding& standing) {
    if (standing.state != VersionState::Settled)
        return;
    const auto is = [](const std::optional<VersionComparison>& comparison, Verdict verdict) {
        return comparison && comparison->verdict == verdict;
    };
    const auto become = [&standing](VersionState state, const VersionComparison& comparison) {
        standing.state = state;
        standing.words = comparison.words;
    };
    if (is(standing.expected, Verdict::Fail))
        become(VersionState::Unexpected, *standing.expected);
    else if (is(standing.recorded, Verdict::Fail))
        become(VersionState::Unrecorded, *standing.recorded);
    else if (is(standing.expected, Verdict::Unknown))
        become(VersionState::Undecided, *standing.expected);
    else if (is(standing.promoted, Verdict::Fail))
        become(VersionState::EnvironmentDiffers, *standing.promoted);
}

} // namespace models
