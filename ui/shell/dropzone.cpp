// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/dropzone.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int zoneHeight = 72;
constexpr int iconSide = 20;

} // namespace

DropZone::DropZone(const QString& words, QWidget* parent)
    : QWidget(parent)
    , m_words(words) {
    setObjectName(QStringLiteral("dropZone"));
    setAccessibleName(words);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize DropZone::sizeHint() const {
    return {320, zoneHeight};
}

void DropZone::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen dashes(blend(colour(Colour::Line), colour(Colour::Quiet), 0.5), 1, Qt::DashLine);
    dashes.setDashPattern({5, 4});
    painter.setPen(dashes);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::card,
                            radius::card);
    painter.setFont(ui::font(TextRole::Body));
    const int words = painter.fontMetrics().horizontalAdvance(m_words);
    const int left = std::max(space::l, (width() - iconSide - space::s - words) / 2);
    ui::icon(QStringLiteral("document-import"), Colour::Quiet)
        .paint(&painter, QRect(left, (height() - iconSide) / 2, iconSide, iconSide));
    const QRect place(left + iconSide + space::s, 0,
                      width() - left - iconSide - space::s - space::l, height());
    painter.setPen(colour(Colour::Quiet));
    painter.drawText(place, int(Qt::AlignLeft | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(m_words, Qt::ElideRight, place.width()));
}

} // namespace ui
