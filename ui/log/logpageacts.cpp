// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can ask of the page: menus, the palette, commands to follow, actions of services.
#include "app/log/servicelogs.h"
#include "models/environment/actionplan.h"
#include "ui/log/actionwords.h"
#include "ui/log/followsheet.h"
#include "ui/log/logpage.h"
#include "ui/log/logsourcepane.h"
#include "ui/log/logsourceview.h"
#include "ui/log/logsourcewords.h"
#include "ui/log/serviceactions.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/timeformat.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>

#include <algorithm>

namespace ui {

namespace {

/// Whether only a person can make it go on. A time of it that was read has nothing to go on with.
bool isOver(const app::LogFollower::Log& log) {
    using State = app::LogStreamState::State;
    return log.state == app::LogFollower::Log::State::Following && !log.source->span &&
           (log.stream.state == State::Ended || log.stream.state == State::Failed);
}

QString detailsOf(const LogSourceRow& row) {
    QStringList lines{row.title};
    for (const SourceFact& fact : sourceFacts(row, presentInstant()))
        lines.append(fact.name + QStringLiteral(": ") + fact.value);
    return lines.join(u'\n');
}

} // namespace

void LogPage::askForCommand() {
    QList<models::Host> places = m_hosts;
    const models::Host here = app::thisMachine();
    if (!places.contains(here))
        places.append(here);
    const QString& usual = m_environment.defaultHost;
    auto* sheet = new FollowSheet(places, usual.isEmpty() ? places.first().name : usual, window());
    connect(sheet, &FollowSheet::followRequested, this, [this](const app::LogSource& source) {
        follow(source);
        Q_EMIT pageRequested();
    });
    sheet->open();
}

void LogPage::showChosen() {
    const QString name = m_sources->view().currentRow().service;
    const auto& services = m_environment.services;
    const auto found =
        std::find_if(services.cbegin(), services.cend(),
                     [&name](const models::Service& service) { return service.name == name; });
    m_actions->showService(found == services.cend() ? std::nullopt : std::optional(*found));
}

void LogPage::showMenu(const LogSourceRow& row, const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("logSourceMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addLogEntries(*menu, row);
    if (!row.service.isEmpty()) {
        menu->addSeparator();
        m_actions->fill(*menu);
    }
    if (menu->isEmpty())
        delete menu;
    else
        menu->popup(position);
}

void LogPage::addLogEntries(QMenu& menu, const LogSourceRow& row) {
    if (row.canBeShown())
        menu.addAction(row.tick >= 0 ? tr("Put log away") : tr("Show log"), this,
                       [this, row] { toggle(row); });
    if (row.log && isOver(*row.log))
        menu.addAction(tr("Follow log again"), this,
                       [this, number = row.log->number] { m_logs.followAgain(number); });
    if (row.log)
        menu.addAction(tr("Close log"), this,
                       [this, number = row.log->number] { m_logs.close(number); });
    if (row.canBeShown())
        menu.addAction(tr("Copy details"), this,
                       [row] { QGuiApplication::clipboard()->setText(detailsOf(row)); });
}

PaletteEntries LogPage::paletteEntries() {
    PaletteEntries entries;
    const QPointer<LogPage> page(this);
    const auto add = [&](const QString& title, const QString& hint, auto run) {
        entries.append({title, hint, {}, [page, run] {
                            if (page)
                                run(*page);
                        }});
    };
    add(tr("Follow a command…"), tr("Logs"), [](LogPage& self) { self.askForCommand(); });
    if (m_look->isVisibleTo(this))
        add(m_look->text(), tr("Logs"), [](LogPage& self) {
            self.lookForContainers();
            Q_EMIT self.pageRequested();
        });
    for (const models::Service& service : std::as_const(m_environment.services)) {
        for (auto action = service.actions.cbegin(); action != service.actions.cend(); ++action)
            add(ServiceActions::titleOf(action.key(), service.name), m_environment.name,
                [name = service.name, kind = action.key()](LogPage& self) {
                    Q_EMIT self.pageRequested();
                    Q_EMIT self.actionRequested(name, kind);
                });
    }
    for (const LogSourceRow& row : m_sources->sources()) {
        if (row.tick < 0)
            add(tr("Show log: %1").arg(row.title), sourceWords(row), [row](LogPage& self) {
                self.toggle(row);
                Q_EMIT self.pageRequested();
            });
    }
    return entries;
}

void LogPage::showAction(const app::ActionProgress& progress) {
    const bool isSame = m_banner->isVisibleTo(this) && m_actionRun == progress.run &&
                        m_banner->level() == actionLevel(progress);
    m_actionRun = progress.run;
    if (isSame && !progress.run.isEmpty()) {
        m_banner->setText(actionWords(progress));
        return;
    }
    m_banner->showMessage(actionLevel(progress), actionWords(progress));
    if (progress.run.isEmpty())
        return;
    ActionButton* show = m_banner->addAction(tr("Show run"));
    show->setObjectName(QStringLiteral("showActionRun"));
    connect(show, &ActionButton::clicked, this,
            [this, run = progress.run] { Q_EMIT runRequested(run); });
}

} // namespace ui
