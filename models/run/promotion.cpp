// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/promotion.h"

#include "models/version/versionreading.h"

#include <algorithm>
#include <cmath>

namespace models {

namespace {

bool isGood(const PromotedRun& run) {
    return run.outcome == RunOutcome::Succeeded ||
           run.outcome == RunOutcome::SucceededWithDeviations;
}

/// The version that a target names for a service, or for all.
QString versionOf(const Target& target, const QString& service) {
    return target.value(service, target.value(QString()));
}

/// Whether the run was about everything that is wanted.
bool isAbout(const PromotedRun& run, const Target& wanted) {
    for (auto one = wanted.cbegin(); one != wanted.cend(); ++one) {
        QString version = versionOf(run.target, one.key());
        if (version.isEmpty() && one.key().isEmpty() && run.target.size() == 1)
            version = run.target.first();
        if (version.isEmpty() || compareVersions(version, *one) != VersionMatch::Same)
            return false;
    }
    return true;
}

QString targetWords(const Target& target) {
    QStringList words;
    for (auto one = target.cbegin(); one != target.cend(); ++one) {
        const QString version = shortVersion(*one);
        words.append(one.key().isEmpty() ? version : u"%1 %2"_qs.arg(one.key(), version));
    }
    return words.join(u", "_qs);
}

QString when(const PromotedRun& run, Instant now) {
    const double age = std::round(double(now.nanoseconds - run.closedAt.nanoseconds) / 1e9);
    return u"%1 ago (“%2”, started by %3)"_qs.arg(valueWords(Quantity{age, Unit::Time}), run.title,
                                                  run.startedBy);
}

} // namespace

Finding promotionFinding(const QString& environment, const Target& wanted,
                         const QList<PromotedRun>& runs, Instant now) {
    if (wanted.isEmpty())
        return {
            Verdict::Unknown,
            u"This run does not say which version it is about, so none can be looked for in %1. "
            "Start it with a target."_qs.arg(environment),
            {}};
    const auto same = std::find_if(runs.cbegin(), runs.cend(), [&wanted](const PromotedRun& run) {
        return isAbout(run, wanted);
    });
    const QString meant = targetWords(wanted);
    if (same != runs.cend()) {
        const QString observed = u"%1 %2 for %3, %4."_qs.arg(
            environment, isGood(*same) ? u"passed"_qs : runOutcomeName(same->outcome), meant,
            when(*same, now));
        return isGood(*same)
                   ? Finding{Verdict::Pass, {}, observed}
                   : Finding{Verdict::Fail,
                             u"The newest run of %1 in %2 did not pass."_qs.arg(meant, environment),
                             observed};
    }
    const auto said = std::find_if(runs.cbegin(), runs.cend(), [](const PromotedRun& run) {
        return isGood(run) && !run.target.isEmpty();
    });
    const auto newest =
        said != runs.cend() ? said : std::find_if(runs.cbegin(), runs.cend(), isGood);
    if (newest == runs.cend())
        return {Verdict::Fail, u"No run in %1 has passed."_qs.arg(environment), {}};
    if (newest->target.isEmpty())
        return {
            Verdict::Unknown,
            u"The newest run in %1 does not say which version it was about."_qs.arg(environment),
            u"It passed %1."_qs.arg(when(*newest, now))};
    const QString has = targetWords(newest->target);
    return {Verdict::Fail, u"%1 has %2, not %3."_qs.arg(environment, has, meant),
            u"%1 passed for %2, %3."_qs.arg(environment, has, when(*newest, now))};
}

} // namespace models
