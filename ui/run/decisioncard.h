// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/gatewatch.h"
#include "ui/run/nextaction.h"
#include "ui/widgets/card.h"

#include <functional>

class QLineEdit;

namespace ui {

class GateReadings;

/// What a person gives or decides before a step can go on: missing values, a choice, typed
/// confirmation, an approval; after it, how it ended. What is filled in is given with the page's
/// primary button. One for one situation: make another when the situation changes.
class DecisionCard final : public Card {
    Q_OBJECT

public:
    /// What is being asked; situations that compare equal keep the card, and what was typed.
    struct Situation {
        models::StepId step;
        models::StepStatus status = models::StepStatus::Pending;
        int attempts = 0;
        QStringList asked; ///< missing values, choices, words to type

        bool operator==(const Situation&) const = default;
    };
    [[nodiscard]] static Situation situationOf(const models::RunState& state, int planIndex);
    /// nullptr where there is nothing to decide.
    [[nodiscard]] static DecisionCard* make(const models::RunState& state, int planIndex);

    /// Whether everything that is asked for has an answer; true where nothing is typed or chosen.
    [[nodiscard]] bool isFilledIn() const;
    /// What the primary button does: gives what was filled in, or puts the focus where it is
    /// missing.
    void answer(Act act);
    /// Whether it says why the step stands as it does.
    [[nodiscard]] bool tellsReason() const { return m_tellsReason; }
    /// The same situation in a later state.
    void showState(const models::RunState& state);
    /// What was read of the gate that it is about; nothing where it is about none.
    void showStanding(const models::GateStanding& standing);

Q_SIGNALS:
    void filledInChanged();
    void actRequested(ui::Act act);
    void valuesGiven(const QMap<QString, QString>& plain, const QMap<QString, QString>& secrets);
    void startRequested(const app::StartOptions& options);
    void approvalGiven(bool approved, const QString& name, const QString& remark);
    /// What somebody signed, as it came by chat.
    void answerPasted(const QString& text);
    void signRequested(bool isGo);

private:
    DecisionCard(const QString& title, Colour tone);

    static DecisionCard* forValues(const models::RunState& state, const app::StepNeeds& needs);
    static DecisionCard* forChoice(const app::StepNeeds& needs);
    static DecisionCard* forConfirmation(const QString& words);
    static DecisionCard* forTerminal(const QString& command);
    static DecisionCard* forApproval(const models::RunState& state, int planIndex);
    static DecisionCard* forGate(const models::Step& step);
    static DecisionCard* forObserved(const models::RunState& state, const models::Step& step);
    static DecisionCard* forFailure(const models::RunState& state, const models::Step& step);
    static DecisionCard* forUnknown(const models::RunState& state, int planIndex);
    static DecisionCard* forJudgement(const models::StepState& stepState);
    void tellReason(const models::StepState& stepState);
    void addChoices(const QList<Act>& acts);
    /// A field under its label.
    QLineEdit* addLine(const QString& label);
    void addSays(const models::StepState& standing);
    void addSignedAnswer();
    void addTypedAnswer();

    bool m_tellsReason = false;
    models::StepId m_step;              ///< of a gate that is observed
    GateReadings* m_readings = nullptr; ///< of it
    std::function<bool()> m_isFilledIn; ///< empty: nothing is typed or chosen here
    std::function<void(Act)> m_give;
    std::function<void()> m_focusMissing;
};

} // namespace ui
