// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/wayback.h"

#include "models/run/change.h"

#include <QSet>

namespace models {

namespace {

PreflightLine lineOf(const QString& subject, Verdict verdict, const QString& reason,
                     const QString& mend = {}) {
    return {PreflightTopic::WayBack, subject, verdict, reason, mend, {}, false, {}};
}

/// How many steps undo something: those of the lane, and inverses that do not stand in it.
qsizetype stepsBack(const Plan& plan) {
    qsizetype inLane = 0;
    QSet<QString> inverses;
    QSet<QString> laneNames;
    for (int index = 0; index < plan.steps.size(); ++index) {
        if (!plan.steps[index].applicable || !plan.isLeaf(index))
            continue;
        const Step& step = plan.steps[index].step;
        if (step.lane == Lane::Rollback) {
            ++inLane;
            laneNames.insert(step.options.text(QLatin1String("name")));
        }
        if (const QString inverse = step.options.text(QLatin1String("inverse")); !inverse.isEmpty())
            inverses.insert(inverse);
    }
    return inLane + inverses.subtract(laneNames).size();
}

bool changesAnything(const Plan& plan) {
    for (int index = 0; index < plan.steps.size(); ++index) {
        const PlanStep& placed = plan.steps[index];
        if (placed.applicable && plan.isLeaf(index) && placed.step.lane == plan.mainLane() &&
            isChange(placed.step))
            return true;
    }
    return false;
}

/// The first step that nothing takes back; nullptr where there is none.
const Step* pointOfNoReturn(const Plan& plan) {
    for (int index = 0; index < plan.steps.size(); ++index) {
        const PlanStep& placed = plan.steps[index];
        if (placed.applicable && plan.isLeaf(index) && placed.step.lane == plan.mainLane() &&
            placed.step.options.flag(QLatin1String("irreversible"), false))
            return &placed.step;
    }
    return nullptr;
}

/// What a rollback would go back to has to be known before it is replaced.
PreflightLine versionLine(const QString& service, const VersionStanding& standing) {
    const bool isSeen = !standing.version.isEmpty();
    const bool differs = standing.state == VersionState::HostsDiffer;
    const bool isSure = isSeen && !differs && standing.state != VersionState::Unknown;
    PreflightLine line;
    if (isSure)
        line = lineOf(service, Verdict::Pass,
                      u"It has %1: that is what a rollback goes back to."_qs.arg(
                          shortVersion(standing.version)));
    else
        line = lineOf(service, differs ? Verdict::Fail : Verdict::Unknown,
                      standing.words.isEmpty() ? u"Which version it has is not known."_qs
                                               : standing.words,
                      u"See on the page Environments why, and look again."_qs);
    line.at = standing.at;
    return line;
}

} // namespace

std::vector<PreflightLine> wayBackLines(const Plan& plan,
                                        const std::map<QString, VersionStanding>& versions) {
    std::vector<PreflightLine> lines;
    if (plan.mainLane() != Lane::Rollback && !changesAnything(plan)) {
        lines.push_back(lineOf({}, Verdict::Pass, u"It changes nothing to be undone."_qs));
    } else if (plan.mainLane() != Lane::Rollback) {
        const qsizetype steps = stepsBack(plan);
        lines.push_back(
            steps == 0 ? lineOf({}, Verdict::Fail, u"The document says no way back."_qs,
                                u"Write a section \"Rollback\", or give steps an \"inverse\"."_qs)
                       : lineOf({}, Verdict::Pass,
                                steps == 1 ? u"1 step leads back."_qs
                                           : u"%1 steps lead back."_qs.arg(steps)));
    }
    if (const Step* const step = pointOfNoReturn(plan)) {
        lines.push_back(
            lineOf(step->title, Verdict::Unknown,
                   u"It cannot be undone: from there on there is no whole way back."_qs));
        lines.back().step = step->id;
    }
    for (const auto& [service, standing] : versions)
        lines.push_back(versionLine(service, standing));
    return lines;
}

} // namespace models
