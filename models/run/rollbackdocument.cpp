// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/rollbackdocument.h"

#include "models/run/planindex.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace models {

bool isRollbackFor(const Runbook& document, const QString& documentPath,
                   const QString& runbookPath) {
    const QString& meant = document.frontMatter.rollbackFor;
    if (meant.isEmpty() || documentPath == runbookPath)
        return false;
    const QString folder = QFileInfo(documentPath).path();
    return QDir::cleanPath(folder + u'/' + meant) == runbookPath ||
           QDir::cleanPath(meant) == runbookPath;
}

Plan withRollbackDocument(Plan plan, const Plan& documentPlan) {
    const auto sections = static_cast<int>(plan.sections.size());
    const auto steps = static_cast<int>(plan.steps.size());
    const QString& path = documentPlan.context.runbookPath;
    for (Section section : documentPlan.sections) {
        section.parent = section.parent < 0 ? -1 : section.parent + sections;
        section.lane = section.lane == Lane::Main ? Lane::Rollback : section.lane;
        plan.sections.append(std::move(section));
    }
    for (PlanStep placed : documentPlan.steps) {
        Step& step = placed.step;
        step.id = StepId(u"rollback--"_qs + step.id.text());
        step.lane = step.lane == Lane::Main ? Lane::Rollback : step.lane;
        step.parent = step.parent < 0 ? -1 : step.parent + steps;
        placed.section = placed.section < 0 ? -1 : placed.section + sections;
        step.section = placed.section;
        if (placed.document.isEmpty())
            placed.document = path;
        plan.steps.append(std::move(placed));
    }
    for (const VariableDeclaration& variable : documentPlan.variables) {
        const bool isKnown = std::any_of(
            plan.variables.cbegin(), plan.variables.cend(),
            [&variable](const VariableDeclaration& known) { return known.name == variable.name; });
        if (!isKnown)
            plan.variables.append(variable);
    }
    plan.diagnostics.append(documentPlan.diagnostics);
    indexPlan(plan);
    return plan;
}

Plan makePlanWithWayBack(const Runbook& runbook, const PlanContext& context,
                         const QStringList& documents, const RunbookLookup& lookup) {
    Plan plan = makePlan(runbook, context, lookup);
    if (plan.mainLane() == Lane::Rollback)
        return plan;
    for (const QString& path : documents) {
        const Runbook* const document = path == context.runbookPath ? nullptr : lookup(path);
        if (!document || !isRollbackFor(*document, path, context.runbookPath))
            continue;
        PlanContext own = context;
        own.runbookPath = path;
        plan = withRollbackDocument(std::move(plan), makePlan(*document, own, lookup));
    }
    return plan;
}

} // namespace models
