// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowwords.h"

#include "models/environment/workspace.h"
#include "models/run/runstate.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(WindowWords)
};

} // namespace

QString placeWords(const models::Environment* environment) {
    if (environment == nullptr)
        return {};
    return environment->hosts.isEmpty()
               ? Words::tr("Commands run on this machine")
               : Words::tr("Commands run on this machine, no host is connected");
}

QStringList stepsUnderWay(const models::RunState* run) {
    QStringList titles;
    if (run == nullptr || run->plan == nullptr)
        return titles;
    QList<int> active(run->standing.active.begin(), run->standing.active.end());
    std::sort(active.begin(), active.end());
    for (const int index : std::as_const(active)) {
        const models::Step& step = run->plan->steps[index].step;
        const models::StepState& state = run->step(step.id);
        if (state.status == models::StepStatus::Running && !state.attempts.isEmpty())
            titles.append(step.title);
    }
    return titles;
}

} // namespace ui
