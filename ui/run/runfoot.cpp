// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runfoot.h"

#include "ui/run/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace ui {

namespace {

constexpr int mostQuieter = 4;
constexpr int leastSentence = 300;

Colour toneOf(Lead lead) {
    switch (lead) {
    case Lead::Failed:
        return Colour::Fail;
    case Lead::Unknown:
    case Lead::Blocked:
        return Colour::Unknown;
    case Lead::Judge:
    case Lead::Waiting:
    case Lead::Paused:
    case Lead::RollingBack:
        return Colour::Waiting;
    case Lead::Done:
        return Colour::Pass;
    case Lead::Next:
    case Lead::Running:
    case Lead::Cancelling:
    case Lead::Watching:
        return Colour::Accent;
    case Lead::None:
    case Lead::Ready:
    case Lead::ReadOnly:
    case Lead::Closed:
        return Colour::Quiet;
    }
    Q_UNREACHABLE();
}

} // namespace

RunFoot::RunFoot(QWidget* parent)
    : QWidget(parent)
    , m_lead(new TextLabel({}, TextRole::Body, Colour::Accent, this))
    , m_sentence(new ElidedLabel({}, TextRole::Body, Colour::Text, this))
    , m_standing(new ElidedLabel({}, TextRole::Quiet, Colour::Quiet, this))
    , m_buttons(new QHBoxLayout)
    , m_primary(new ActionButton({}, ButtonKind::Filled, this))
    , m_more(new QToolButton(this))
    , m_rollback(new ActionButton(actText(Act::RollBack), ButtonKind::Danger, this)) {
    setObjectName(QStringLiteral("runFoot"));
    setAccessibleName(tr("What happens next"));
    setFixedHeight(measure::footBar);
    m_lead->setEmphasis(Emphasis::Strong);
    m_primary->setObjectName(QStringLiteral("primaryButton"));
    m_primary->setMinimumWidth(112);
    m_more->setObjectName(QStringLiteral("moreButton"));
    m_more->setIcon(icon(QStringLiteral("overflow-menu")));
    m_more->setToolTip(tr("More about this run"));
    m_more->setAccessibleName(tr("More about this run"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));

    auto* line = new QHBoxLayout;
    line->setSpacing(space::s);
    line->addWidget(m_lead);
    line->addWidget(m_sentence, 1);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addLayout(line);
    words->addWidget(m_standing);
    words->addStretch();
    m_buttons->setSpacing(space::s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::l, 1, space::l, 0);
    row->setSpacing(space::m);
    row->addLayout(words, 1);
    row->addLayout(m_buttons);
    for (int i = 0; i < mostQuieter; ++i) {
        auto* button = new ActionButton({}, ButtonKind::Quiet, this);
        connect(button, &ActionButton::clicked, this, [this, i] {
            if (i < m_action.quieter.size())
                Q_EMIT actRequested(m_action.quieter[i]);
        });
        m_quieter.append(button);
        m_buttons->insertWidget(0, button); // the most useful one is next to the primary one
    }
    m_buttons->addWidget(m_primary);
    m_buttons->addWidget(m_more);
    m_buttons->addWidget(m_rollback);
    m_rollback->setObjectName(QStringLiteral("rollbackButton"));
    m_rollback->setToolTip(tr("Shows what going back from here would do (B)"));
    m_rollback->hide();
    connect(m_rollback, &ActionButton::clicked, this,
            [this] { Q_EMIT actRequested(Act::RollBack); });
    connect(m_primary, &ActionButton::clicked, this,
            [this] { Q_EMIT actRequested(m_action.primary); });
    connect(&Clock::instance(), &Clock::ticked, this, &RunFoot::settleTime);
}

void RunFoot::setMenu(QMenu* menu) {
    m_more->setMenu(menu);
}

bool RunFoot::hasPrimary() const {
    return m_action.primary != Act::None;
}

void RunFoot::showAction(const NextAction& action) {
    m_action = action;
    m_lead->setText(leadText(action.lead));
    m_lead->setTone(toneOf(action.lead));
    m_sentence->setFullText(action.sentence, action.aside);
    const bool hadFocus = m_primary->hasFocus();
    m_primary->setText(action.primaryText);
    m_primary->setVisible(hasPrimary());
    if (hadFocus && !hasPrimary())
        Q_EMIT listRequested(); // the next key is not for whatever stands beside it
    arrangeQuieter();
}

void RunFoot::showRollback(bool isPossible) {
    m_rollback->setVisible(isPossible);
    arrangeQuieter();
}

/// While a run is under way, what is pressed again and again stays where it is, and nothing else
/// comes to stand there.
void RunFoot::keepPlaces(bool keep) {
    m_keepsPlaces = keep;
    for (ActionButton* button : {m_primary, m_rollback}) {
        QSizePolicy policy = button->sizePolicy();
        policy.setRetainSizeWhenHidden(keep);
        button->setSizePolicy(policy);
    }
}

void RunFoot::arrangeQuieter() {
    int room = width() - leastSentence - m_more->sizeHint().width() - 3 * space::l;
    if (m_keepsPlaces || hasPrimary())
        room -= std::max(m_primary->minimumWidth(), m_primary->sizeHint().width()) + space::s;
    if (m_keepsPlaces || !m_rollback->isHidden())
        room -= m_rollback->sizeHint().width() + space::s;
    for (int i = 0; i < m_quieter.size(); ++i) {
        ActionButton* button = m_quieter[i];
        const bool isWanted = i < m_action.quieter.size();
        if (isWanted) {
            const Act act = m_action.quieter[i];
            button->setText(actText(act));
            button->setKind(act == Act::Abort ? ButtonKind::Danger : ButtonKind::Quiet);
            button->setObjectName(QStringLiteral("act%1").arg(int(act)));
            room -= button->sizeHint().width() + space::s;
        }
        // What does not fit is in the menu all the same.
        button->setVisible(isWanted && (room >= 0 || i == 0));
    }
}

void RunFoot::showStanding(const models::RunState& state) {
    m_startedAt = state.startedAt;
    m_closedAt = state.closedAt;
    keepPlaces(!m_startedAt.isNull() && m_closedAt.isNull());
    const models::Progress progress =
        state.plan ? models::progressOf(state, state.plan->mainLane()) : models::Progress();
    m_progress = progressWords(progress.done, progress.failed, progress.total);
    if (!state.triggers.isEmpty() && state.status != models::RunStatus::Closed)
        m_progress +=
            tr(" · %1 armed").arg(countText(int(state.triggers.size()), QStringLiteral("trigger")));
    settleTime(presentInstant());
}

void RunFoot::settleTime(models::Instant now) {
    QString text = m_progress;
    if (!m_startedAt.isNull()) {
        const models::Instant end = m_closedAt.isNull() ? now : m_closedAt;
        const std::chrono::nanoseconds elapsed(end.nanoseconds - m_startedAt.nanoseconds);
        text += tr(" · %1 elapsed")
                    .arg(formatDuration(
                        std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)));
    }
    m_standing->setFullText(text);
}

void RunFoot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.fillRect(QRect(0, 0, width(), 1), colour(Colour::Line));
}

void RunFoot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrangeQuieter();
}

} // namespace ui
