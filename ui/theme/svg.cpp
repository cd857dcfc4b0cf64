// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/svg.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

namespace ui {

QPixmap svgPixmap(const QString& path, const QColor& tint, int size, qreal ratio) {
    const QColor paper = colour(Colour::Surface);
    const QString key = QStringLiteral("gantry/%1/%2/%3/%4/%5")
                            .arg(path, tint.name(QColor::HexArgb), paper.name())
                            .arg(size)
                            .arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray source = file.readAll();
    source.replace("currentColor", tint.name().toLatin1());
    source.replace("paperColor", paper.name().toLatin1());
    const int side = std::max(1, static_cast<int>(std::ceil(size * ratio)));
    pixmap = QPixmap(side, side);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(source);
    QPainter painter(&pixmap);
    painter.setOpacity(tint.alphaF());
    renderer.render(&painter, QRectF(0, 0, side, side));
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace ui
