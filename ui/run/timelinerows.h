// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runtimeline.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/plotmargins.h"

#include <QWidget>

#include <optional>

namespace ui {

/// Draws the rows and the curves of a run's axis of time. One of its spans may be chosen. What came
/// out well, badly or is not known differs in height and hatching as well as in colour.
class TimelineRows final : public QWidget {
    Q_OBJECT

public:
    /// Room for the names on the left.
    static constexpr PlotMargins margins{200, 16};

    /// Of a span, by its place in the timeline.
    struct Place {
        qsizetype row = 0;
        qsizetype span = 0;

        bool operator==(const Place&) const = default;
    };

    explicit TimelineRows(QWidget* parent = nullptr);

    void show(const models::RunTimeline& timeline, const TimeWindow& window);
    void setCursorTime(models::Instant at);
    void choose(const std::optional<Place>& place);
    [[nodiscard]] const std::optional<Place>& chosen() const { return m_chosen; }
    [[nodiscard]] const models::TimelineSpan* chosenSpan() const;
    /// The shortest span that is drawn there; nothing where there is none.
    [[nodiscard]] std::optional<Place> placeAt(const QPoint& position) const;
    /// Where the mouse was pressed since this was last asked.
    [[nodiscard]] std::optional<Place> takePressed();
    /// The row's middle, in this widget.
    [[nodiscard]] int middleOf(qsizetype row) const;
    using QWidget::show;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] double xOf(models::Instant at) const;
    [[nodiscard]] models::Instant endOf(const models::TimelineSpan& span) const;
    void paintRow(QPainter& painter, qsizetype row) const;
    /// `moment`: of what has no length and no verdict.
    void paintSpan(QPainter& painter, const models::TimelineSpan& span, int middle,
                   Glyph moment) const;
    void paintCurve(QPainter& painter, const models::TimelineCurve& curve, int top) const;
    void paintName(QPainter& painter, const QString& name, int middle) const;
    [[nodiscard]] QRectF rectOf(const models::TimelineSpan& span, int middle) const;

    models::RunTimeline m_timeline;
    TimeWindow m_window;
    models::Instant m_cursor;
    std::optional<Place> m_chosen;
    std::optional<Place> m_pressed;
};

} // namespace ui
