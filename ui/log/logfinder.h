// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"

#include <QObject>

namespace ui {

class FindBar;
class LogStage;

/// Finds what is in a find bar among the lines of a stage: marks it in them and on the scroll bar,
/// counts it, and goes from hit to hit.
class LogFinder final : public QObject {
    Q_OBJECT

public:
    enum class Direction { Next, Previous };

    /// Both outlive it.
    LogFinder(FindBar& bar, LogStage& stage, QObject* parent);

    /// Looks for what is in the bar now, among the lines that the filter takes.
    void find(const models::LogFilter& filter);
    void goToHit(Direction direction);

Q_SIGNALS:
    void complained(const QString& words);

private:
    void onHitsChanged();
    void markHits();
    void goToWanted();
    void showCount();

    FindBar& m_bar;
    LogStage& m_stage;
    /// The hit that is to be gone to once it is found: the next above where the person is, or that
    /// line itself.
    enum class Wanted { None, Above, AtOrAbove };
    Wanted m_wanted = Wanted::None;
};

} // namespace ui
