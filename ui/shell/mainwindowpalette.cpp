// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's command palette offers on each page.
#include "app/environment/workspaceservice.h"
#include "app/workspace/openworkspaces.h"
#include "ui/environment/distrustsheet.h"
#include "ui/environment/environmentpage.h"
#include "ui/health/healthpage.h"
#include "ui/host/hostpage.h"
#include "ui/log/logpage.h"
#include "ui/log/logpane.h"
#include "ui/run/runpage.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/recentmodel.h"
#include "ui/shell/session.h"
#include "ui/shell/statusline.h"
#include "ui/shell/windowactions.h"
#include "ui/shell/workspacepage.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/wording.h"

#include <QAction>
#include <QPointer>

#include <memory>

namespace ui {

namespace {

QString plainWords(const QAction& action) {
    QString words = action.text();
    return words.remove(u'&');
}

} // namespace

void MainWindow::openPalette() {
    m_palette->openWith(paletteEntries());
}

PaletteEntries MainWindow::paletteEntries() {
    PaletteEntries entries;
    if (page() == Page::Run)
        entries += m_pages->run().paletteEntries();
    if (page() == Page::Logs)
        entries += m_pages->logs().pane().paletteEntries();
    if (page() == Page::Health)
        entries += m_pages->health().paletteEntries();
    entries += m_pages->logs().paletteEntries();
    entries += actionEntries();
    if (m_session->workspace() != nullptr)
        entries += m_pages->workspace().paletteEntries();
    entries += environmentEntries();
    entries += m_pages->hosts().paletteEntries();
    entries.append(
        {tr("Send a test notification"), tr("Environments"), {}, [this] { testNotices(); }});
    return entries + workspaceEntries() + recentEntries();
}

/// What is on screen decides: a run may be of another workspace than the one in front.
PaletteEntries MainWindow::environmentEntries() {
    const models::Environment* const chosen = m_session->environment();
    QString workspace = m_session->workspace() != nullptr ? m_session->workspace()->id : QString();
    QString environment = chosen != nullptr ? chosen->name : QString();
    const models::RunState* const run = m_services.runs.state(m_pages->run().run());
    if (page() == Page::Run && run != nullptr && run->plan != nullptr) {
        workspace = run->plan->context.workspaceId;
        environment = run->plan->context.environment;
    }
    return m_pages->environments().paletteEntries(workspace, environment);
}

/// What arrives is told here, and what does not: who waits for a notice would not know.
void MainWindow::testNotices() {
    struct Told {
        int taken = 0;
        QStringList failures;
    };
    m_services.open.testNotices([self = QPointer(this),
                                 all = std::make_shared<Told>()](const models::Result<void>& told) {
        if (self == nullptr)
            return;
        if (told) {
            self->m_status->showMessage(
                countOf(++all->taken, tr("The test notification was taken by %1 receiver."),
                        tr("The test notification was taken by %1 receivers.")));
        } else if (!all->failures.contains(told.error().message)) {
            all->failures.append(told.error().message);
            self->m_notice->showMessage(BannerWidget::Level::Warning, all->failures.join(u'\n'));
        }
    });
}

PaletteEntries MainWindow::actionEntries() const {
    PaletteEntries entries;
    for (QAction* action : m_actions->all()) {
        if (!action->isEnabled() || !action->isVisible() || action == m_actions->palette)
            continue;
        entries.append({plainWords(*action),
                        {},
                        action->shortcut().toString(QKeySequence::NativeText),
                        [guarded = QPointer(action)] {
                            if (guarded != nullptr)
                                guarded->trigger();
                        }});
    }
    return entries;
}

PaletteEntries MainWindow::workspaceEntries() {
    PaletteEntries entries;
    const auto add = [&](const QString& words, const app::OpenWorkspace& workspace, auto act) {
        entries.append({words.arg(workspace.name()),
                        workspace.path(),
                        {},
                        [self = QPointer(this), path = workspace.path(), act] {
                            app::OpenWorkspace* const found =
                                self != nullptr ? self->m_services.open.findPath(path) : nullptr;
                            if (found != nullptr)
                                act(*self, *found);
                        }});
    };
    for (const auto& each : m_services.open.all()) {
        if (each.get() != m_session->front() && each->state() == app::OpenWorkspace::State::Read)
            add(tr("Go to workspace: %1"), *each,
                [](MainWindow& window, app::OpenWorkspace& found) {
                    window.m_session->bringForward(found);
                });
        if (each->isTrusted())
            add(tr("Stop trusting workspace: %1"), *each,
                [](MainWindow& window, app::OpenWorkspace& found) {
                    DistrustSheet::ask(found, &window);
                });
        add(tr("Close workspace: %1"), *each,
            [](MainWindow& window, app::OpenWorkspace& found) { window.m_session->close(found); });
    }
    return entries;
}

PaletteEntries MainWindow::recentEntries() {
    PaletteEntries entries;
    for (const QString& path : m_services.workspaces.recent()) {
        if (m_services.open.findPath(path) != nullptr)
            continue;
        entries.append({tr("Open workspace: %1").arg(workspaceNameOf(path)),
                        path,
                        {},
                        [self = QPointer(this), path] {
                            if (self != nullptr)
                                self->openPath(path);
                        }});
    }
    return entries;
}

} // namespace ui
