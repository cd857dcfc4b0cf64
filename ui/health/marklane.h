// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/health/timemark.h"
#include "ui/widgets/timewindow.h"

#include <QWidget>

namespace ui {

/// What happened, on the charts' axis of time. The page tells its words at the cursor.
class MarkLane final : public QWidget {
    Q_OBJECT

public:
    explicit MarkLane(QWidget* parent = nullptr);

    void show(const TimeMarks& marks, const TimeWindow& window);
    void setCursorTime(models::Instant at);
    /// The marks that are drawn at this time, at most 3; empty for none.
    [[nodiscard]] QStringList wordsAt(models::Instant at) const;
    using QWidget::show;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] double xOf(models::Instant at) const;

    TimeMarks m_marks;
    TimeWindow m_window;
    models::Instant m_cursor;
};

} // namespace ui
