// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icon.h"

#include "ui/theme/svg.h"
#include "ui/theme/theme.h"

#include <QFileInfo>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>

#include <algorithm>

namespace ui {

namespace {

constexpr qreal disabledStrength = 0.45;

QString fallbackPath(const QString& name) {
    const QString own = QStringLiteral(":/icons/fallback/%1.svg").arg(name);
    return QFileInfo::exists(own) ? own : QStringLiteral(":/icons/fallback/missing.svg");
}

QPixmap tinted(const QPixmap& source, const QColor& colour) {
    QPixmap result = source;
    QPainter painter(&result);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRectF(QPointF(0, 0), result.deviceIndependentSize()), colour);
    return result;
}

/// As large as the shorter side of the room, at any scale.
class SquareEngine : public QIconEngine {
public:
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode,
               QIcon::State state) override {
        const qreal ratio =
            painter->device() == nullptr ? 1.0 : painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override {
        const int side =
            std::max(1, static_cast<int>(std::min(size.width(), size.height()) / scale));
        return square(side, mode, state, scale);
    }

protected:
    /// side: in device-independent pixels.
    [[nodiscard]] virtual QPixmap square(int side, QIcon::Mode mode, QIcon::State state,
                                         qreal scale) const = 0;
};

/// Draws through the present colours each time, so that an icon survives a change of theme.
class TintedEngine final : public SquareEngine {
public:
    TintedEngine(QString name, Colour tint)
        : m_name(std::move(name))
        , m_tint(tint) {}

    QIconEngine* clone() const override { return new TintedEngine(m_name, m_tint); }

protected:
    [[nodiscard]] QPixmap square(int side, QIcon::Mode mode, QIcon::State state,
                                 qreal scale) const override {
        QColor tint = state == QIcon::On ? colour(Colour::Accent) : colour(m_tint);
        if (mode == QIcon::Disabled)
            tint = blend(colour(Colour::Surface), tint, disabledStrength);
        // Looking a name up asks the file system, and a row asks for its icon at every turn.
        const QString key = QStringLiteral("gantry/%1/%2/%3/%4/%5")
                                .arg(QIcon::themeName(), m_name, tint.name(QColor::HexArgb))
                                .arg(side)
                                .arg(scale);
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = drawn(tint, side, scale);
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

private:
    [[nodiscard]] QPixmap drawn(const QColor& tint, int side, qreal scale) const {
        const QIcon source = themed();
        if (source.isNull())
            return svgPixmap(fallbackPath(m_name), tint, side, scale);
        QPixmap pixmap = source.pixmap(QSize(side, side), scale);
        pixmap.setDevicePixelRatio(scale);
        return tinted(pixmap, tint);
    }

    [[nodiscard]] QIcon themed() const {
        const QString symbolic = m_name + QStringLiteral("-symbolic");
        if (QIcon::hasThemeIcon(symbolic))
            return QIcon::fromTheme(symbolic);
        return QIcon::hasThemeIcon(m_name) ? QIcon::fromTheme(m_name) : QIcon();
    }

    QString m_name;
    Colour m_tint;
};

class SvgEngine final : public SquareEngine {
public:
    SvgEngine(QString path, QColor tint)
        : m_path(std::move(path))
        , m_tint(std::move(tint)) {}

    QIconEngine* clone() const override { return new SvgEngine(m_path, m_tint); }

protected:
    [[nodiscard]] QPixmap square(int side, QIcon::Mode, QIcon::State, qreal scale) const override {
        return svgPixmap(m_path, m_tint, side, scale);
    }

private:
    QString m_path;
    QColor m_tint;
};

} // namespace

QIcon icon(const QString& name, Colour tint) {
    return QIcon(new TintedEngine(name, tint));
}

QIcon svgIcon(const QString& path, const QColor& tint) {
    return QIcon(new SvgEngine(path, tint));
}

} // namespace ui
