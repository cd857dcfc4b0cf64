// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's command palette offers on each page.
#include "app/environment/workspaceservice.h"
#include "app/health/noticeservice.h"
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
#include "ui/shell/windowactions.h"
#include "ui/shell/workspacepage.h"

#include <QAction>
#include <QPointer>

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
        entries += m_runPage->paletteEntries();
    if (page() == Page::Logs)
        entries += m_logPage->pane().paletteEntries();
    if (page() == Page::Health)
        entries += m_healthPage->paletteEntries();
    entries += m_logPage->paletteEntries();
    entries += actionEntries();
    if (m_session->workspace() != nullptr)
        entries += m_workspacePage->paletteEntries();
    entries += m_environmentPage->paletteEntries();
    entries += m_hostPage->paletteEntries();
    entries.append({tr("Send a test notification"), tr("Environments"), {}, [this] {
                        m_services.notices.test();
                    }});
    return entries + recentEntries();
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

PaletteEntries MainWindow::recentEntries() {
    PaletteEntries entries;
    for (const QString& path : m_services.workspaces.recent()) {
        if (path == m_session->path())
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
