// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/change.h"

#include "models/run/plan.h"

namespace models {

bool isOfAction(const PlanContext& context) {
    return context.runbookPath == actionDocumentPath;
}

bool isChange(const Step& step) {
    if (step.options.flag(QLatin1String("readonly"), false))
        return false;
    switch (step.kind) {
    case StepKind::Manual:
    case StepKind::Command:
        return true;
    case StepKind::Http:
        return !step.http || (step.http->method.compare(u"GET", Qt::CaseInsensitive) != 0 &&
                              step.http->method.compare(u"HEAD", Qt::CaseInsensitive) != 0);
    case StepKind::Check:
    case StepKind::Gate:
    case StepKind::Wait:
    case StepKind::Approval:
        break;
    }
    return false;
}

bool isIrreversible(const Step& step) {
    return step.options.flag(QLatin1String("irreversible"), false);
}

} // namespace models
