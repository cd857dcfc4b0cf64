// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/leftruns.h"

#include "app/run/runservice.h"
#include "models/run/runstate.h"

namespace ui {

LeftRuns::LeftRuns(app::RunService& runs, QObject* parent)
    : QObject(parent)
    , m_runs(runs) {
    connect(&runs, &app::RunService::eventsAppended, this, &LeftRuns::settle);
}

LeftRuns::~LeftRuns() {
    for (const models::RunId& run : std::as_const(m_left))
        m_runs.release(run);
}

void LeftRuns::leave(const models::RunId& run) {
    m_runs.stopRunningAll(run);
    m_left.prepend(run);
    Q_EMIT changed();
}

void LeftRuns::returnTo(const models::RunId& run) {
    if (m_left.removeOne(run))
        Q_EMIT changed();
}

QList<models::RunId> LeftRuns::unfinished() const {
    QList<models::RunId> runs = m_left;
    runs.removeIf([this](const models::RunId& run) {
        const models::RunState* const state = m_runs.state(run);
        return state == nullptr || state->rollback || state->status == models::RunStatus::Closed;
    });
    return runs;
}

void LeftRuns::settle(const models::RunId& run) {
    if (!m_left.contains(run))
        return;
    const models::RunState* const state = m_runs.state(run);
    // What was taken back stays: its rollback is judged by it.
    const bool isOver =
        state != nullptr && state->status == models::RunStatus::Closed && !state->rollback;
    if (!isOver)
        return;
    m_left.removeOne(run);
    m_runs.release(run);
    Q_EMIT changed();
}

} // namespace ui
