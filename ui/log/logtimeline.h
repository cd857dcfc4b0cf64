// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "models/log/loghistogram.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace ui {

class HistogramStrip;
class LogBoard;
class LogStage;
class LogView;

/// Counts the lines of a stage over time, off this thread, for a strip: those that the filter
/// takes, and all of them behind. Tells the strip what is in sight, also of columns side by side,
/// which stand at one time, and what was selected on it.
class LogTimeline final : public QObject {
    Q_OBJECT

public:
    using Times = std::optional<models::LogFilter::TimeRange>;

    /// All of them outlive it.
    LogTimeline(LogStage& stage, HistogramStrip& strip, QObject* parent = nullptr);

    /// Those of the filter.
    void setTimes(const Times& times);

Q_SIGNALS:
    void timesChosen(const ui::LogTimeline::Times& times);

private:
    struct Counted {
        models::LogHistogram lines;
        models::LogHistogram backdrop;
        qint64 milliseconds = 0;
    };
    enum class Backdrop { Off, On };

    void countSoon();
    void count();
    void show(const Counted& counted);
    void setBackdrop(Backdrop backdrop);
    void showInSight();
    void lookSoon();
    /// What is in sight of it changes with its bar.
    void watch(LogView& view);

    LogStage& m_stage;
    LogBoard& m_board;
    HistogramStrip& m_strip;
    Backdrop m_backdrop = Backdrop::On;
    bool m_isCounting = false;
    QTimer m_pace;
    QTimer m_selecting;
    QTimer m_looking;
};

} // namespace ui
