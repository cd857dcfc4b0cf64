// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/markbar.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {
constexpr qreal markHeight = 2;
constexpr qreal inset = 2;
} // namespace

MarkBar::MarkBar(QWidget* parent)
    : QScrollBar(Qt::Vertical, parent) {}

void MarkBar::setMarks(Colour tone, const std::vector<double>& shares) {
    auto marks = std::find_if(m_marks.begin(), m_marks.end(),
                              [tone](const Marks& each) { return each.tone == tone; });
    if (marks == m_marks.end())
        marks = m_marks.insert(m_marks.end(), Marks{tone, {}});
    marks->isMarked.assign(parts, false);
    for (const double share : shares)
        marks->isMarked[static_cast<size_t>(std::clamp(share, 0.0, 1.0) * (parts - 1))] = true;
    update();
}

void MarkBar::paintEvent(QPaintEvent* event) {
    QScrollBar::paintEvent(event);
    QPainter painter(this);
    for (const Marks& marks : m_marks) {
        const QColor ink = colour(marks.tone);
        for (int part = 0; part < parts; ++part) {
            if (marks.isMarked[static_cast<size_t>(part)]) {
                const qreal y = (height() - markHeight) * part / (parts - 1);
                painter.fillRect(QRectF(inset, y, width() - 2 * inset, markHeight), ink);
            }
        }
    }
}

} // namespace ui
