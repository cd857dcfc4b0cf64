// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/draft.h"
#include "models/run/event.h"
#include "models/run/runstate.h"

/// Steps, plans and runs for the tests of models/run.
namespace tests {

inline models::Step manualStep(const QString& id, int parent = -1) {
    models::Step step;
    step.id = models::StepId(id);
    step.title = id;
    step.parent = parent;
    return step;
}

inline models::Step commandStep(const QString& id, const QString& text, int parent = -1) {
    models::Step step = manualStep(id, parent);
    step.kind = models::StepKind::Command;
    models::Command command;
    command.text = text;
    step.commands = {command};
    return step;
}

/// On these hosts: "web-1,web-2".
inline models::Step stepOn(const models::StepId& id, const QString& on,
                           const QMap<QString, QString>& options = {}) {
    models::Step step = commandStep(id.text(), u"true"_qs);
    step.options.values = options;
    step.options.values.insert(u"on"_qs, on);
    return step;
}

/// An environment with so many hosts: web-1, web-2 …
inline models::PlanContext contextWithHosts(int count) {
    models::PlanContext context;
    context.environment = u"prod"_qs;
    for (int number = 1; number <= count; ++number)
        context.hosts.append({u"web-%1"_qs.arg(number), u"deploy@example.com"_qs});
    return context;
}

/// A run that is fed with drafts, as the journal would feed it.
class RunFixture {
public:
    explicit RunFixture(const QList<models::Step>& steps, const models::PlanContext& context = {})
        : RunFixture(runbookOf(steps), context) {}

    explicit RunFixture(const models::Runbook& runbook, const models::PlanContext& context = {}) {
        feed(models::draft::runStarted(models::makePlan(runbook, context), context.variables));
    }

    void feed(const models::EventDraft& draft) {
        models::Event event;
        event.run = models::RunId(QString(26, u'0'));
        event.seq = state.lastSeq + 1;
        event.at = {event.seq * 1'000'000'000};
        event.actor = u"lead@example"_qs;
        event.kind = draft.kind;
        event.payload = draft.payload;
        models::sealEvent(event, events.isEmpty() ? models::chainOrigin() : events.last().hash);
        events.append(event);
        state = models::apply(std::move(state), event);
    }

    [[nodiscard]] int index(const QString& id) const {
        return state.plan->indexOf.value(models::StepId(id), -1);
    }
    [[nodiscard]] models::StepStatus status(const QString& id) const {
        return models::effectiveStatus(state, index(id));
    }

    static models::Runbook runbookOf(const QList<models::Step>& steps) {
        models::Runbook runbook;
        runbook.title = u"Sample"_qs;
        runbook.steps = steps;
        for (int i = 0; i < runbook.steps.size(); ++i)
            runbook.steps[i].range = {i + 1, i + 1};
        return runbook;
    }

    models::RunState state;
    QList<models::Event> events;
};

} // namespace tests
