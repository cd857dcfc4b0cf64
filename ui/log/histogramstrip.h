// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/log/columns.h"

#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

namespace ui {

/// Lines over time, by level: grave ones at the bottom, where they cannot be overlooked. A click
/// goes to a moment, dragging selects a range; with the keys, Left and Right walk over the buckets,
/// with Shift they select, and Return goes there.
class HistogramStrip final : public QWidget {
    Q_OBJECT

public:
    using Range =
        std::pair<models::Instant, models::Instant>; ///< from, and the first moment behind

    explicit HistogramStrip(QWidget* parent = nullptr);

    /// Buckets of one length in nanoseconds from start on; none shows an empty strip. backdrop:
    /// what is left out of them, too, shown pale behind them; empty for none.
    void setBuckets(models::Instant start, std::int64_t length,
                    std::vector<models::LevelCounts> buckets,
                    std::vector<models::LevelCounts> backdrop = {});
    [[nodiscard]] bool isEmpty() const { return m_buckets.empty(); }
    /// What is in sight in the log, drawn as a bracket; nothing for none.
    void setInSight(const std::optional<Range>& range);
    [[nodiscard]] const std::optional<Range>& selectedRange() const { return m_selected; }
    /// Also times that no bucket has; selects nothing for none. Says nothing.
    void setSelectedRange(const std::optional<Range>& range);
    void clearSelection();
    /// Buckets that make good use of the width.
    [[nodiscard]] int bucketsWanted() const;

    QSize sizeHint() const override;

Q_SIGNALS:
    void momentChosen(models::Instant at);
    /// selectedRange() is another, or none.
    void selectionChanged();
    void bucketsWantedChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Drag { None, Pressed, Selecting };

    [[nodiscard]] int count() const { return static_cast<int>(m_buckets.size()); }
    [[nodiscard]] int bucketAt(int x) const;
    [[nodiscard]] qreal leftOf(int bucket) const;
    [[nodiscard]] models::Instant timeOf(int bucket) const;
    /// From the left, in pixels; within the strip.
    [[nodiscard]] qreal placeOf(models::Instant at) const;
    void paintBackdrop(QPainter& painter) const;
    void paintColumns(QPainter& painter) const;
    [[nodiscard]] QString wordsOf(int bucket) const;
    void select(int first, int last);
    void walkTo(int bucket, bool selecting);

    models::Instant m_start;
    std::int64_t m_length = 0;
    std::vector<models::LevelCounts> m_buckets;
    std::vector<models::LevelCounts> m_backdrop;
    std::optional<Range> m_inSight;
    std::optional<Range> m_selected;
    int m_cursor = -1;
    int m_anchor = -1;
    Drag m_drag = Drag::None;
};

} // namespace ui
