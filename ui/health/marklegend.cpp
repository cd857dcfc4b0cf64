// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/marklegend.h"

#include "ui/health/timechart.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <set>

namespace ui {

namespace {

constexpr int lineHeight = 20;
constexpr int signSize = 12;

bool isInSight(const TimeMark& mark, const TimeWindow& window) {
    const models::Instant end = mark.until.isNull() ? mark.at : mark.until;
    return mark.at <= window.until() && window.from() <= end;
}

} // namespace

MarkLegend::MarkLegend(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("markLegend"));
    setFixedHeight(lineHeight);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MarkLegend::setMarks(const TimeMarks& marks, const TimeWindow& window) {
    std::set<MarkKind> kinds;
    for (const TimeMark& mark : marks) {
        if (isInSight(mark, window))
            kinds.insert(mark.kind);
    }
    const QList<MarkKind> shown(kinds.begin(), kinds.end());
    if (shown == m_kinds)
        return;
    m_kinds = shown;
    QStringList words;
    for (const MarkKind kind : std::as_const(m_kinds))
        words.append(signOf(kind).word);
    setAccessibleName(words.isEmpty() ? tr("No events in this time")
                                      : tr("Events: %1").arg(words.join(QStringLiteral(", "))));
    update();
}

void MarkLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(colour(Colour::Quiet));
    int x = TimeChart::margins.left;
    if (m_kinds.isEmpty())
        painter.drawText(rect().adjusted(x, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("No runs, log bursts or changes in this time"));
    for (const MarkKind kind : std::as_const(m_kinds)) {
        const MarkSign sign = signOf(kind);
        paintGlyph(painter, QRect(x, (height() - signSize) / 2, signSize, signSize), sign.glyph,
                   colour(sign.tone));
        x += signSize + space::xs;
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         sign.word);
        x += painter.fontMetrics().horizontalAdvance(sign.word) + space::l;
    }
}

} // namespace ui
