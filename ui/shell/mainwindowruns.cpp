// SPDX-License-Identifier: GPL-3.0-or-later
// What the window knows of the runs that it drives: the one that is shown, and those that were
// left.
#include "ui/shell/mainwindow.h"

#include "app/run/runservice.h"
#include "models/run/observations.h"
#include "ui/run/runpage.h"
#include "ui/run/words.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/session.h"
#include "ui/shell/statusline.h"
#include "ui/shell/windowactions.h"
#include "ui/shell/windowpages.h"
#include "ui/shell/windowwords.h"
#include "ui/shell/workspacepage.h"

#include <QAction>
#include <QCloseEvent>

#include <algorithm>

namespace ui {

void MainWindow::openRun(const models::RunId& run) {
    m_runbook.clear();
    m_pages->run().openRun(run);
    showPage(Page::Run);
}

models::RunId MainWindow::shownRun() const {
    return m_pages->madeRun() != nullptr ? m_pages->madeRun()->run() : models::RunId();
}

bool MainWindow::isRunUnderWay() const {
    return m_pages->madeRun() != nullptr && m_pages->madeRun()->isRunUnderWay();
}

void MainWindow::followRunEnvironment(const models::RunId& run) {
    const models::RunState* state = m_services.runs.state(run);
    const models::Workspace* workspace = m_session->workspace();
    if (state != nullptr && state->plan != nullptr && workspace != nullptr &&
        state->plan->context.workspaceId == workspace->id)
        m_session->chooseEnvironment(state->plan->context.environment);
    settleFrame();
}

/// Those of which a trigger holds come first.
QList<models::RunId> MainWindow::runsUnderWay() const {
    const RunPage* const page = m_pages->madeRun();
    QList<models::RunId> runs = page != nullptr ? page->runsUnderWay() : QList<models::RunId>();
    std::stable_partition(runs.begin(), runs.end(), [this](const models::RunId& run) {
        const models::RunState* const state = m_services.runs.state(run);
        return state != nullptr && !models::heldTriggers(*state).isEmpty();
    });
    return runs;
}

QString MainWindow::titleOf(const models::RunId& run) const {
    const models::RunState* const state = m_services.runs.state(run);
    return state != nullptr && state->plan != nullptr ? runTitle(*state->plan) : QString();
}

void MainWindow::goToRun() {
    const QList<models::RunId> runs = runsUnderWay();
    if (runs.isEmpty() || runs.first() == shownRun())
        showPage(Page::Run);
    else
        openRun(runs.first());
}

void MainWindow::settleRun() {
    m_actions->runPage->setEnabled(m_pages->madeRun() != nullptr &&
                                   !m_pages->madeRun()->title().isEmpty());
    settleUnderWay();
    settleFrame();
    if (isRunUnderWay())
        savePlace(); // a console that is killed saves nothing any more
}

void MainWindow::settleUnderWay() {
    const QList<models::RunId> runs = runsUnderWay();
    const models::RunState* const first =
        runs.isEmpty() ? nullptr : m_services.runs.state(runs.first());
    const bool isHeld = first != nullptr && !models::heldTriggers(*first).isEmpty();
    const QString words = isHeld            ? tr("A trigger holds: %1")
                          : runs.size() > 1 ? tr("%1 runs under way: %2").arg(runs.size())
                                            : tr("Run under way: %1");
    m_status->setRun(runs.isEmpty() ? QString() : words.arg(titleOf(runs.first())));
    if (WorkspacePage* const page = m_pages->madeWorkspace())
        page->setDrivenRuns(runs);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    saveWindow();
    const int commands = m_services.runs.attemptsUnderWay();
    const QList<models::RunId> runs = runsUnderWay();
    if (m_leaving || (commands == 0 && runs.isEmpty())) {
        event->accept();
        return;
    }
    event->ignore();
    if (findChild<LeaveDialog*>() != nullptr)
        return;
    QStringList titles;
    QStringList steps;
    for (const models::RunId& run : runs) {
        titles += titleOf(run);
        steps += stepsUnderWay(m_services.runs.state(run));
    }
    auto* dialog = new LeaveDialog(titles, commands, steps, this);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_leaving = true;
        close();
    });
    dialog->open();
}

} // namespace ui
