// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/plan.h"

/// A release that knows its way back, for the tests of rollbacks.
namespace tests {

inline models::Step releaseStep(const QString& id, const QString& script, models::Lane lane,
                                const QMap<QString, QString>& options = {}) {
    models::Step step;
    step.id = models::StepId(id);
    step.title = id;
    step.kind = models::StepKind::Command;
    step.lane = lane;
    step.options.values = options;
    models::Command one;
    one.text = script;
    one.language = u"sh"_qs;
    step.commands = {one};
    return step;
}

/// The portal goes from v1 to v2 in prod of the workspace "shop"; "back" reverts "deploy".
inline models::PlanContext releaseContext() {
    models::PlanContext context;
    context.workspaceId = u"shop"_qs;
    context.workspaceRoot = u"/tmp"_qs;
    context.environment = u"prod"_qs;
    context.target = {{u"portal"_qs, u"v2"_qs}};
    context.previous = {{u"portal"_qs, u"v1"_qs}};
    return context;
}

inline models::PlanPointer releasePlan(const models::PlanContext& context = releaseContext(),
                                       const QList<models::Step>& further = {}) {
    models::Runbook runbook;
    runbook.title = u"Release"_qs;
    runbook.steps = {
        releaseStep(u"deploy"_qs, u"up v2"_qs, models::Lane::Main, {{u"name"_qs, u"deploy"_qs}}),
        releaseStep(u"check"_qs, u"check"_qs, models::Lane::Main, {{u"readonly"_qs, u"true"_qs}}),
        releaseStep(u"back"_qs, u"up v1"_qs, models::Lane::Rollback,
                    {{u"reverts"_qs, u"deploy"_qs}})};
    runbook.steps += further;
    return std::make_shared<const models::Plan>(models::makePlan(runbook, context));
}

} // namespace tests
