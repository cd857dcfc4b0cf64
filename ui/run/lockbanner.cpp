// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/lockbanner.h"

#include "ui/run/asksheet.h"
#include "ui/widgets/actionbutton.h"

#include <algorithm>

namespace ui {

using models::LockObstacle;

namespace {

/// There is somebody to take it over from.
bool isHeld(const QList<LockObstacle>& obstacles) {
    return std::any_of(obstacles.cbegin(), obstacles.cend(), [](const LockObstacle& obstacle) {
        return obstacle.kind != LockObstacle::Kind::Unsure;
    });
}

} // namespace

LockBanner::LockBanner(app::RunService& runs, QWidget& window)
    : m_runs(runs)
    , m_window(window) {
    setObjectName(QStringLiteral("lockBanner"));
    connect(this, &BannerWidget::dismissed, this, [this] {
        m_dismissed = text();
        hide();
    });
}

void LockBanner::settle(const models::RunState& state) {
    const QList<LockObstacle> obstacles = m_runs.lockObstacles(state.id);
    const QStringList left = models::locksLeft(state);
    if (!obstacles.isEmpty()) {
        showObstacles(state);
        return;
    }
    setVisible(!left.isEmpty());
    if (left.isEmpty()) {
        m_dismissed.clear();
        return;
    }
    const QString words =
        tr("The run is closed, and its lock is still on %1: the host could not be told. It is "
           "told again while this is open, and at the next start.")
            .arg(left.join(QStringLiteral(", ")));
    setVisible(words != m_dismissed);
    if (words == text())
        return;
    showMessage(Level::Warning, words);
    connect(addAction(tr("Release lock")), &ActionButton::clicked, this,
            [this, run = state.id] { m_runs.retryLocks(run); });
}

void LockBanner::remind(const models::RunState& state) {
    m_dismissed.clear();
    settle(state);
}

void LockBanner::showObstacles(const models::RunState& state) {
    const QList<LockObstacle> obstacles = m_runs.lockObstacles(state.id);
    const QString words = models::obstaclesText(state.plan->context.environment, obstacles);
    setVisible(words != m_dismissed);
    if (words == text())
        return;
    showMessage(Level::Error, words);
    connect(addAction(tr("Look again")), &ActionButton::clicked, this,
            [this, run = state.id] { m_runs.retryLocks(run); });
    connect(addAction(isHeld(obstacles) ? tr("Take over lock…") : tr("Go on without lock…")),
            &ActionButton::clicked, this, [this, state] { askReason(state); });
}

/// The reason; in a protected environment then its name.
void LockBanner::askReason(const models::RunState& state) {
    const QList<LockObstacle> seen = m_runs.lockObstacles(state.id);
    const models::PlanContext& context = state.plan->context;
    const bool takesOver = isHeld(seen);
    const QString confirm = takesOver ? tr("Take over lock") : tr("Go on without lock");
    const Question question{
        takesOver ? tr("Take over the lock of %1").arg(context.environment)
                  : tr("Go on without a lock of %1").arg(context.environment),
        models::obstaclesText(context.environment, seen) + QLatin1Char('\n') +
            (takesOver ? tr("Agree with them first. Their next change is held, and they read your "
                            "reason.")
                       : tr("Another console would not see that this run changes it.")),
        tr("Reason"),
        {},
        context.isProtected ? tr("Type environment's name…") : confirm,
        AnswerNeed::Required,
        AnswerForm::Lines,
        ButtonKind::Danger};
    AskSheet::ask(&m_window, question,
                  [this, run = state.id, seen, name = context.environment,
                   isProtected = context.isProtected](const QString& reason) {
                      if (isProtected)
                          askName(run, name, seen, reason);
                      else
                          m_runs.takeOverLocks(run, seen, reason);
                  });
}

void LockBanner::askName(const models::RunId& run, const QString& environment,
                         const QList<LockObstacle>& seen, const QString& reason) {
    const Question question{isHeld(seen) ? tr("Take over the lock of %1").arg(environment)
                                         : tr("Go on without a lock of %1").arg(environment),
                            tr("%1 is protected.").arg(environment),
                            tr("Type “%1” to confirm").arg(environment),
                            {},
                            isHeld(seen) ? tr("Take over lock") : tr("Go on without lock"),
                            AnswerNeed::Required,
                            AnswerForm::Line,
                            ButtonKind::Danger,
                            environment};
    AskSheet::ask(&m_window, question, [this, run, seen, reason](const QString&) {
        m_runs.takeOverLocks(run, seen, reason);
    });
}

} // namespace ui
