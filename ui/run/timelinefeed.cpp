// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/timelinefeed.h"

#include "app/golive/servicecourse.h"
#include "ui/run/timelineview.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/timeformat.h"

#include <QEvent>

namespace ui {

TimelineFeed::TimelineFeed(app::RunService& runs, TimelineView& view, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
    , m_view(view) {
    connect(&runs, &app::RunService::eventsAppended, this,
            [this](const models::RunId& run, const QList<models::Event>& events) {
                if (run == m_run)
                    add(events);
            });
    connect(&Clock::instance(), &Clock::ticked, this, [this] {
        const models::RunState* const state = m_runs.state(m_run);
        if (state && state->closedAt.isNull())
            show();
    });
    view.installEventFilter(this);
}

void TimelineFeed::open(const models::RunId& run, const QList<models::Event>& events) {
    m_run = run;
    m_record = {};
    add(events);
}

void TimelineFeed::leave() {
    open({}, {});
}

models::HealthCourse TimelineFeed::course() const {
    const models::RunState* const state = m_runs.state(m_run);
    const app::HealthService* const health =
        state && state->plan && m_healthOf ? m_healthOf(state->plan->context.workspaceId) : nullptr;
    return health ? app::courseOf(*health, *state, presentInstant()) : models::HealthCourse();
}

bool TimelineFeed::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::Show)
        show();
    return false;
}

void TimelineFeed::add(const QList<models::Event>& events) {
    for (const models::Event& event : events)
        m_record.add(event);
    show();
}

void TimelineFeed::show() {
    const models::RunState* const state = m_runs.state(m_run);
    if (!state || !m_view.isVisible())
        return;
    models::RunTimeline timeline = m_record.timeline(*state, presentInstant());
    timeline.add(course());
    m_view.showTimeline(timeline, m_shown != m_run);
    m_shown = m_run;
}

} // namespace ui
