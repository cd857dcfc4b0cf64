// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "ui/run/decisioncard.h"
#include "ui/run/nextaction.h"

#include <QScrollArea>

class QHBoxLayout;
class QVBoxLayout;

namespace ui {

class ExpectationView;
class GateReadings;
class HistoryView;
class MarkdownView;
class MonoBlock;
class OutputPane;
class OutputStore;
class StepHostsView;
class TextLabel;
class ValueTable;

/// Everything about one step (or, to read, one section): its text, what will run, what is expected
/// and was observed, its output, its attempts and notes, and what there is to decide.
class StepDetailPane final : public QScrollArea {
    Q_OBJECT

public:
    /// outputs outlives this.
    explicit StepDetailPane(OutputStore& outputs, QWidget* parent = nullptr);

    /// Shows the step anew or brings what is shown of it up to date.
    void showStep(const models::RunState& state, RunAccess access, int planIndex);
    /// What was read of a gate just now, where it is the one that is shown.
    void showReading(const models::StepId& step, const models::GateStanding& standing);
    void showSection(const models::RunState& state, int section);
    void showNothing();
    /// What the primary button does with the form in sight: gives what was filled in, or puts the
    /// focus where something is missing.
    void answer(Act act);
    /// Whether there is such a form, and nothing is missing in it.
    [[nodiscard]] bool isFilledIn() const;
    /// Into the output's search.
    void focusSearch();

    QSize sizeHint() const override { return {420, 600}; }

Q_SIGNALS:
    /// A null end is still to come.
    void logsRequested(models::Instant from, models::Instant to);
    void filledInChanged();
    void actRequested(ui::Act act);
    void valuesGiven(const QMap<QString, QString>& plain, const QMap<QString, QString>& secrets);
    void startRequested(const app::StartOptions& options);
    void approvalGiven(bool approved, const QString& name, const QString& remark);
    void answerPasted(const QString& text);
    void signRequested(bool isGo);
    /// host: of a step on several the one whose output is shown, else empty.
    void inputGiven(const QByteArray& bytes, const QString& host);
    void hostActRequested(ui::Act act, const QString& host);
    void statusMessage(const QString& text);

private:
    void showHead(const models::RunState& state, int planIndex);
    void showDecision(const models::RunState& state, RunAccess access, int planIndex);
    void showReadings(const models::RunState& state, int planIndex);
    void showCommand(const models::RunState& state, int planIndex);
    void showOutput(const models::RunState& state, RunAccess access, int planIndex);
    [[nodiscard]] int shownAttempt(const models::StepState& state) const;
    void showDiagnostics(const models::RunState& state, int first, int last);
    [[nodiscard]] TextLabel* addHeading(const QString& text);

    OutputStore& m_outputs;
    models::StepId m_step;
    int m_chosenAttempt = 0; ///< 0: the last, of several hosts that of the chosen one
    DecisionCard::Situation m_situation;
    DecisionCard* m_decision = nullptr;
    QVBoxLayout* m_column;
    TextLabel* m_title;
    QWidget* m_chips;
    QHBoxLayout* m_chipRow;
    TextLabel* m_meta;
    TextLabel* m_diagnostics;
    MarkdownView* m_text;
    TextLabel* m_commandHead;
    MonoBlock* m_command;
    TextLabel* m_commandMeta;
    ValueTable* m_values;
    StepHostsView* m_hosts;
    TextLabel* m_expectationHead;
    ExpectationView* m_expectations;
    TextLabel* m_readingsHead;
    GateReadings* m_readings; ///< of a gate that nobody is asked about
    OutputPane* m_output;
    TextLabel* m_historyHead;
    HistoryView* m_history;
};

} // namespace ui
