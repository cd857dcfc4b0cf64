// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/actiondesk.h"

#include "models/environment/actionplan.h"
#include "models/preflight/freezes.h"
#include "ui/run/actionsheet.h"
#include "ui/widgets/timeformat.h"

#include <QWidget>

namespace ui {

namespace {

/// Why Gantry cannot run it by itself; empty where it can.
QString obstacle(const app::StepNeeds& needs, const models::Step& step) {
    if (!needs.terminalCommand.isEmpty())
        return ActionDesk::tr("Its command needs a terminal.");
    if (!needs.choices.isEmpty())
        return ActionDesk::tr("Its command holds several ways to do it. Name one.");
    if (!step.commands.first().asWritten)
        return ActionDesk::tr("Its command is mixed with other text.");
    return needs.blockedBy;
}

QStringList frozenBecause(const models::Workspace& workspace, const QString& name) {
    const models::Environment* const environment = workspace.environment(name);
    return environment == nullptr
               ? QStringList()
               : models::freezeReasons(name, environment->freezes, environment->unreadFreezes,
                                       presentInstant());
}

} // namespace

ActionDesk::ActionDesk(app::RunService& runs, QWidget& window)
    : QObject(&window)
    , m_window(window)
    , m_runner(runs) {
    connect(&m_runner, &app::ActionRunner::changed, this,
            [this](int, const app::ActionProgress& progress) { Q_EMIT progressed(progress); });
}

void ActionDesk::ask(const models::Workspace& workspace, const QString& environment,
                     const QString& service, models::ServiceActionKind kind) {
    const QString title = models::actionTitle(kind, service);
    const auto planned = models::actionPlan(workspace, environment, service, kind);
    if (!planned) {
        refuse(title, planned.error().message);
        return;
    }
    const auto plan = std::make_shared<const models::Plan>(*planned);
    const models::StepId step = models::actionStep(*plan);
    const models::RunState preview = app::RunService::preview(plan);
    const QString why = obstacle(app::RunService::needs(preview, step), plan->find(step)->step);
    if (!why.isEmpty()) {
        refuse(title, why);
        return;
    }
    const QStringList objections = frozenBecause(workspace, environment);
    auto* sheet = new ActionSheet(preview, step, objections, &m_window);
    connect(sheet, &ActionSheet::confirmed, this,
            [this, plan, step, objections](const QMap<QString, QString>& variables,
                                           const QMap<QString, QString>& secrets,
                                           const QString& reason) {
                models::Plan started = *plan;
                for (const QString& objection : objections)
                    started.context.overrides.append({objection, reason});
                m_runner.start(std::make_shared<const models::Plan>(std::move(started)), step,
                               variables, secrets);
            });
    sheet->open();
}

void ActionDesk::refuse(const QString& title, const QString& words) {
    app::ActionProgress progress;
    progress.state = app::ActionProgress::State::Refused;
    progress.title = title;
    progress.words = words;
    Q_EMIT progressed(progress);
}

} // namespace ui
