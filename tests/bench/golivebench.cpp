// SPDX-License-Identifier: GPL-3.0-or-later
// What a go-live asks for again and again, at the size of a large runbook.
#include "benchmark.h"

#include "models/run/rollbackplan.h"
#include "models/runbook/runbookparser.h"

namespace tests {

namespace {

constexpr int steps = 500;
constexpr int repetitions = 20;

/// Each step with an inverse of its own in the rollback lane.
QByteArray reversibleDocument() {
    QByteArray lane;
    QByteArray document = "# Release\n\n## Deploy\n\n";
    for (int step = 0; step < steps; ++step) {
        const QByteArray number = QByteArray::number(step);
        document += "- [ ] Deploy part " + number + "\n\n  ```sh {\"name\":\"part-" + number +
                    "\"}\n  RELEASE=$RELEASE docker compose up -d part-" + number + "\n  ```\n\n";
        lane += "- [ ] Take part " + number + " back\n\n  ```sh {\"reverts\":\"part-" + number +
                "\"}\n  RELEASE=$PREVIOUS docker compose up -d part-" + number + "\n  ```\n\n";
    }
    return document + "## Rollback\n\n" + lane;
}

models::Result<Measurements> measureRollbackPlan() {
    const models::Runbook runbook = models::parseRunbook(reversibleDocument());
    models::PlanContext context;
    context.variables = {{QStringLiteral("RELEASE"), QStringLiteral("v1.5.0")},
                         {QStringLiteral("PREVIOUS"), QStringLiteral("v1.4.0")}};
    const auto plan = std::make_shared<const models::Plan>(models::makePlan(runbook, context));
    models::RunState state = models::initialState(plan);
    qint64 seq = 1;
    for (const models::PlanStep& placed : plan->steps) {
        if (placed.step.lane == models::Lane::Main)
            state.steps[placed.step.id].changeSeq = ++seq;
    }
    QList<double> planning;
    QList<double> placing;
    qsizetype undone = 0;
    for (int i = 0; i < repetitions; ++i) {
        planning.append(millisecondsOf([&] { undone = models::rollbackPlan(state).items.size(); }));
        placing.append(millisecondsOf([&] { (void)models::makePlan(runbook, context); }));
    }
    if (undone != steps)
        return models::failure(models::ErrorCode::Internal,
                               QStringLiteral("%1 of %2 steps are undone").arg(undone).arg(steps));
    return Measurements{{QStringLiteral("golive.rollback_plan"), median(planning),
                         QStringLiteral("ms"),
                         QStringLiteral("placing the same runbook's steps in a plan"),
                         median(placing), repetitions}};
}

const Registration rollbackPlan500(QStringLiteral("golive"), QStringLiteral("golive.rollback_plan"),
                                   &measureRollbackPlan);

} // namespace

} // namespace tests
