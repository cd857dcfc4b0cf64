// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"

#include <QAbstractButton>
#include <QColor>

namespace ui {

/// One part of a filter. A click, Space or Return turns it round, its cross or Delete takes it
/// away, F2 gives it back to be written anew, Left and Right go to its neighbours.
class FilterChip final : public QAbstractButton {
    Q_OBJECT

public:
    /// tick: of a source; invalid for none.
    explicit FilterChip(const models::LogFilter& part, const QColor& tick = {},
                        QWidget* parent = nullptr);

    [[nodiscard]] const models::LogFilter& part() const { return m_part; }
    /// In pixels; longer words are cut in their middle.
    void setWidest(int width);
    [[nodiscard]] QRect cross() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void removeRequested();
    void editRequested();
    /// -1: to the one before, 1: to the one behind.
    void neighbourRequested(int direction);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] bool excludes() const;
    [[nodiscard]] int signWidth() const;
    void settle();
    void paintSign(QPainter& painter) const;

    models::LogFilter m_part;
    QColor m_tick;
    int m_widest;
    bool m_isCrossPressed = false;
    bool m_isCrossHovered = false;
};

} // namespace ui
