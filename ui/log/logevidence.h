// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/pin.h"

#include <QObject>

class QAction;

namespace ui {

class LogStage;
class LogView;

/// The way between log lines and the steps of a run: lines of a step's time, the step of a line's
/// time, and lines as evidence. Which run that is, is the window's to know.
class LogEvidence final : public QObject {
    Q_OBJECT

public:
    enum class Shown {
        Lines,   ///< they are selected
        Later,   ///< there is none of that time: the next one after it is current
        Earlier, ///< the lines begin only after it began: the first of them is current, or the
                 ///< range
        Nothing, ///< no line is of that time or later
        Reading, ///< some may still come: the page that waits for them says so
    };

    /// The stage outlives it. Its actions are those of the views.
    LogEvidence(LogStage& stage, QObject* parent);

    /// Selects the lines from then to then, merged; a null end is the last line. Tells by shown(),
    /// once they are found; of two times the later asked for counts.
    void showTime(models::Instant from, models::Instant to);
    /// What is selected, markers as what they say; one more than a pin holds at most.
    [[nodiscard]] QList<models::PinnedLine> chosenLines() const;

Q_SIGNALS:
    void shown(ui::LogEvidence::Shown how);
    void pinRequested(const QList<models::PinnedLine>& lines);
    void stepRequested(models::Instant time);
    /// The charts of that time are wanted; source: that the line is of.
    void chartsRequested(models::Instant time, const QString& source);

private:
    void selectTo(qint64 first, models::Instant to, Shown how);
    [[nodiscard]] QAction* makeAction(const QString& text, const QKeySequence& keys);
    /// Of the current row, or of the next before it that has one.
    [[nodiscard]] models::Instant currentTime() const;
    /// Of the current row; empty where there is none.
    [[nodiscard]] QString currentSource() const;

    LogStage& m_stage;
    int m_asking = 0; ///< counts the times asked for
};

} // namespace ui
