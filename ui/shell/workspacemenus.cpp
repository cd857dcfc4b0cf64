// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspacemenus.h"

#include "app/environment/workspaceservice.h"
#include "app/workspace/openworkspaces.h"
#include "ui/shell/recentmodel.h"
#include "ui/shell/session.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

namespace ui {

namespace {

/// An & in it is no mark of a key.
QString entryOf(QString name) {
    return name.replace(u'&', QStringLiteral("&&"));
}

} // namespace

WorkspaceMenus::WorkspaceMenus(app::OpenWorkspaces& open, app::WorkspaceService& workspaces,
                               Session& session, QObject* parent)
    : QObject(parent)
    , m_open(open)
    , m_workspaces(workspaces)
    , m_session(session) {}

void WorkspaceMenus::fillRecent(QMenu& menu) {
    menu.clear();
    for (const QString& path : m_workspaces.recent()) {
        if (m_open.findPath(path) != nullptr)
            continue;
        QAction* action = menu.addAction(entryOf(workspaceNameOf(path)), this,
                                         [this, path] { Q_EMIT openRequested(path); });
        action->setStatusTip(path);
    }
    if (menu.isEmpty())
        menu.addAction(m_open.all().empty() ? tr("No workspace opened yet")
                                            : tr("No other workspace opened yet"))
            ->setEnabled(false);
}

void WorkspaceMenus::fillAll(QMenu& menu) {
    fillRecent(menu);
    QAction* const recent = menu.actions().value(0);
    auto* group = new QActionGroup(recent); // gone with what it stands over
    for (const auto& each : m_open.all()) {
        auto* choice = new QAction(entryOf(each->name()), &menu);
        choice->setCheckable(true);
        choice->setActionGroup(group);
        choice->setChecked(each.get() == m_session.front());
        choice->setEnabled(each->state() == app::OpenWorkspace::State::Read);
        choice->setStatusTip(each->path());
        connect(choice, &QAction::triggered, this, [this, path = each->path()] {
            if (app::OpenWorkspace* const workspace = m_open.findPath(path))
                m_session.bringForward(*workspace);
        });
        menu.insertAction(recent, choice);
    }
    menu.insertSeparator(recent);
}

} // namespace ui
