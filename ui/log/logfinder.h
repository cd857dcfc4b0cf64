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
    void goToFirst();
    void showCount();

    FindBar& m_bar;
    LogStage& m_stage;
    bool m_wantsHit = false; ///< the hit next above is to be gone to
};

} // namespace ui
