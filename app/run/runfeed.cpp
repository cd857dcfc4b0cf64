// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runfeed.h"

#include "app/run/runservice.h"
#include "app/run/whenfinished.h"

namespace app {

namespace {

using namespace std::chrono_literals;

/// A step tells many events in a moment.
constexpr auto settling = 500ms;

} // namespace

RunFeed::RunFeed(RunService& runs, QObject* parent)
    : QObject(parent)
    , m_service(runs) {
    m_settling.setSingleShot(true);
    m_settling.setInterval(settling);
    connect(&m_settling, &QTimer::timeout, this, &RunFeed::read);
    const auto settle = [this] {
        if (!m_settling.isActive())
            m_settling.start();
    };
    connect(&runs, &RunService::runOpened, this, settle);
    connect(&runs, &RunService::runReleased, this, settle);
    connect(&runs, &RunService::eventsAppended, this, settle);
}

void RunFeed::read() {
    whenFinished(m_service.runs(), this, [this](const models::Result<QList<RunSummary>>& runs) {
        m_problem = runs ? QString() : runs.error().message;
        if (runs)
            m_runs = *runs;
        Q_EMIT changed();
    });
}

const models::RunState* RunFeed::state(const models::RunId& run) const {
    return m_service.state(run);
}

} // namespace app
