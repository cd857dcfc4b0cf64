// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"
#include "ui/theme/tokens.h"

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace ui {

/// What has happened to a step: its attempts with their times, decisions with reason and evidence,
/// notes and pinned log lines, oldest first.
class HistoryView final : public QWidget {
    Q_OBJECT

public:
    explicit HistoryView(QWidget* parent = nullptr);

    enum class LastReason { Shown, ToldElsewhere };
    /// shown is the number of the attempt whose output is shown, 0 for none. last: whether why the
    /// last attempt ended as it did is told beside this.
    void showStep(const models::StepState& state, int shown, LastReason last);

Q_SIGNALS:
    void attemptChosen(int number);
    /// A null end is still to come.
    void logsRequested(models::Instant from, models::Instant to);

private:
    void addAttempt(const models::Attempt& attempt, bool isShown, bool isReasonTold);
    void addPin(const models::Pin& pin);
    QHBoxLayout* addHead(const QString& head, Colour colour);
    void addLogsButton(QHBoxLayout& line, models::Instant from, models::Instant to);
    void addLine(const QString& head, const QString& text);
    void addWords(const QString& text);

    QVBoxLayout* m_column;
    models::StepState m_shown;
    int m_shownAttempt = -1;
    LastReason m_lastReason = LastReason::Shown;
};

} // namespace ui
