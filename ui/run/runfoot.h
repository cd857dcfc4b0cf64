// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run/nextaction.h"

#include <QList>
#include <QWidget>

class QHBoxLayout;
class QMenu;
class QToolButton;

namespace ui {

class ActionButton;
class ElidedLabel;
class TextLabel;

/// The line under the page that is always there: what comes next in one sentence, the one filled
/// button for it, the quieter choices beside it, and how long the run has taken.
class RunFoot final : public QWidget {
    Q_OBJECT

public:
    explicit RunFoot(QWidget* parent = nullptr);

    void showAction(const NextAction& action);
    /// Elapsed time and progress; a null instant: not started.
    void showStanding(const models::RunState& state);
    /// The way back, at the far right.
    void showRollback(bool isPossible);
    /// Behind the "More" button. The menu stays the caller's.
    void setMenu(QMenu* menu);
    /// Whether the filled button can be pressed now.
    [[nodiscard]] bool hasPrimary() const;
    [[nodiscard]] const NextAction& action() const { return m_action; }

Q_SIGNALS:
    void actRequested(ui::Act act);
    /// The button that had the focus is gone.
    void listRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void settleTime(models::Instant now);
    void arrangeQuieter();
    void keepPlaces(bool keep);

    NextAction m_action;
    models::Instant m_startedAt;
    models::Instant m_closedAt;
    QString m_progress;
    bool m_keepsPlaces = false;
    TextLabel* m_lead;
    ElidedLabel* m_sentence;
    ElidedLabel* m_standing;
    QHBoxLayout* m_buttons;
    QList<ActionButton*> m_quieter;
    ActionButton* m_primary;
    QToolButton* m_more;
    ActionButton* m_rollback; ///< from the first change on
};

} // namespace ui
