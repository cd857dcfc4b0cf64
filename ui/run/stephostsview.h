// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run/nextaction.h"

#include <QMap>
#include <QWidget>

namespace ui {

class ActionButton;
class MonoBlock;
class RowList;
class StepHostModel;
class TextLabel;

/// The hosts of a step that has several: how far each is, and of the one that is chosen why, what
/// is known of it, and what can be done to it alone.
class StepHostsView final : public QWidget {
    Q_OBJECT

public:
    explicit StepHostsView(QWidget* parent = nullptr);

    /// Hidden where the step has not several hosts.
    void showStep(const models::RunState& state, RunAccess access, int planIndex);
    /// The host that stays chosen until another step is shown. While there is none, the one that
    /// needs a person most is.
    void choose(const QString& host);
    /// Its latest attempt, or the name alone where it had none; nullopt without several hosts.
    [[nodiscard]] std::optional<models::HostProgress> chosen() const;

Q_SIGNALS:
    /// By a person, in the list.
    void hostChosen();
    void actRequested(ui::Act act, const QString& host);

private:
    void showReason(const models::RunState& state, int planIndex);
    void showActs(const models::RunState& state, RunAccess access, int planIndex);

    models::StepId m_step;
    QString m_kept;  ///< what a person chose; empty: none
    QString m_shown; ///< the current one
    StepHostModel* m_model;
    TextLabel* m_rollout;
    RowList* m_list;
    TextLabel* m_reason;
    MonoBlock* m_evidence;
    QMap<Act, ActionButton*> m_buttons;
};

} // namespace ui
