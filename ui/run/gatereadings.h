// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/gatewatch.h"

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace ui {

class TextLabel;

/// What an entered gate has been read to be: each part of its condition with its numbers and how
/// they went, the readings that count so far, one mark each, and how long is left.
class GateReadings final : public QWidget {
    Q_OBJECT

public:
    explicit GateReadings(QWidget* parent = nullptr);

    /// As the run has it.
    void showRecorded(const models::GateState& gate);
    /// As it was recorded last of one that is not read any more, with the times.
    void showPast(const models::GateState& gate);
    /// As it was read last; what is recorded is older.
    void showStanding(const models::GateStanding& standing);

private:
    void showLeaves(const QList<models::LeafReading>& leaves,
                    const QList<models::LeafCourse>& courses = {});
    void showMarks(const QList<models::GateSample>& samples);
    void settle(models::Instant now);

    QVBoxLayout* m_leaves;
    QHBoxLayout* m_marks;
    TextLabel* m_words;
    models::GateState m_gate;
    int m_samples = 0;
    bool m_isPast = false;
};

} // namespace ui
