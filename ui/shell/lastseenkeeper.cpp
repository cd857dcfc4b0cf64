// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/lastseenkeeper.h"

#include "app/workspace/openworkspaces.h"
#include "ui/front/frontfont.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"
#include "ui/widgets/filewriting.h"
#include "ui/widgets/timeformat.h"

#include <QFile>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

/// The first of its probes to be stale makes the service so.
models::Instant freshUntil(const app::HealthService& health,
                           const app::HealthService::Watched& watched) {
    models::Instant first;
    for (const std::size_t number : watched.probes) {
        const models::ProbeHealth& probe = health.probe(number);
        if (!probe.last())
            continue;
        const models::Instant until{probe.last()->at.nanoseconds +
                                    models::stalenessOf(probe.probe()).count()};
        if (first.isNull() || until < first)
            first = until;
    }
    return first;
}

SeenEnvironment seenOf(const app::HealthService& health, const models::Environment& environment,
                       models::Instant now) {
    SeenEnvironment seen;
    seen.name = environment.name;
    if (environment.isProtected) {
        const QColor own(environment.colour);
        seen.line = own.isValid() ? own : colour(Colour::Fail);
    }
    for (const app::HealthService::Watched& watched : health.services()) {
        if (watched.environment != environment.name || watched.probes.empty())
            continue;
        const models::HealthStanding standing = health.standing(watched, now);
        seen.services.push_back(
            {watched.service, standing.state, standing.at, freshUntil(health, watched)});
    }
    std::stable_sort(
        seen.services.begin(), seen.services.end(),
        [](const SeenService& one, const SeenService& other) { return one.state < other.state; });
    return seen;
}

/// On a thread of its own: it waits for the fonts of the machine, and for the disk.
void write(LastSeen seen, const QString& family, const QString& path) {
    seen.font = fontFileOf(family, false);
    seen.strongFont = fontFileOf(family, true);
    // Losing it costs nothing, and there is nothing that anybody could do about it.
    (void)writePrivateFile(path, seen.toJson());
}

} // namespace

SeenWorkspace seenOf(app::OpenWorkspace& workspace, models::Instant now) {
    SeenWorkspace seen;
    seen.name = workspace.name();
    for (const models::Environment& environment : workspace.workspace().environments)
        seen.environments.push_back(seenOf(workspace.health(), environment, now));
    return seen;
}

LastSeenKeeper::LastSeenKeeper(const MainWindow& window, app::OpenWorkspaces& open, QString path)
    : m_window(window)
    , m_open(open)
    , m_path(std::move(path)) {
    m_writer.setMaxThreadCount(1);
    if (m_path.isEmpty())
        return;
    connect(&m_timer, &QTimer::timeout, this, &LastSeenKeeper::keep);
    m_timer.start(every);
}

LastSeenKeeper::~LastSeenKeeper() {
    if (!m_path.isEmpty())
        keep();
}

LastSeen LastSeenKeeper::seen() const {
    LastSeen seen;
    seen.geometry = m_window.geometry();
    seen.scheme = Theme::instance().scheme();
    seen.fontSize = font(TextRole::Body).pixelSize();
    const models::Instant now = presentInstant();
    for (const auto& workspace : m_open.all())
        seen.workspaces.push_back(seenOf(*workspace, now));
    return seen;
}

void LastSeenKeeper::keep() {
    if (m_window.page() != Page::Environments || m_open.all().empty()) {
        m_kept.clear();
        if (!std::exchange(m_isRemoved, true))
            m_writer.start([path = m_path] { QFile::remove(path); });
        return;
    }
    m_isRemoved = false;
    LastSeen now = seen();
    if (QByteArray json = now.toJson(); json != m_kept) {
        m_kept = std::move(json);
        m_writer.start([now = std::move(now), family = font(TextRole::Body).family(),
                        path = m_path] { write(now, family, path); });
    }
}

} // namespace ui
