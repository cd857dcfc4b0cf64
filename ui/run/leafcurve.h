// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/gatewatch.h"

#include <QWidget>

namespace ui {

/// A number that a gate waits for, against its limit, since the gate was entered: readings that
/// meet it and those that do not differ in colour and in shape, gaps are gaps.
class LeafCurve final : public QWidget {
    Q_OBJECT

public:
    explicit LeafCurve(const models::LeafCourse& course, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

    /// Whether there is enough to draw.
    [[nodiscard]] static bool isWorthwhile(const models::LeafCourse& course);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QPointF place(const QRectF& plot, models::Instant at, double value) const;

    models::LeafCourse m_course;
    double m_low = 0;
    double m_high = 0;
};

} // namespace ui
