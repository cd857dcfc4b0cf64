// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/chartexport.h"

#include "ui/theme/theme.h"

#include <QBuffer>
#include <QPainter>
#include <QPixmap>
#include <QSvgGenerator>
#include <QWidget>

namespace ui {

namespace {

/// What people and files call things: in quotes, and no formula to a program for tables.
QByteArray quoted(QString text) {
    if (!text.isEmpty() && QStringLiteral("=+-@").contains(text.front()))
        text.prepend(u'\'');
    return '"' + text.replace(u'"', QStringLiteral("\"\"")).toUtf8() + '"';
}

constexpr int headHeight = 28; ///< px, of the line above the charts

void paintHead(QPainter& painter, int width, const QString& title) {
    painter.fillRect(QRect(0, 0, width, headHeight), colour(Colour::Surface));
    painter.setFont(font(TextRole::Body, Emphasis::Strong));
    painter.setPen(colour(Colour::Text));
    painter.drawText(
        QRect(space::m, 0, width - 2 * space::m, headHeight),
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(title, Qt::ElideMiddle, width - 2 * space::m));
}

} // namespace

ChartFormat chartFormatOf(const QString& path) {
    if (path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive))
        return ChartFormat::Svg;
    return path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive) ? ChartFormat::Csv
                                                                     : ChartFormat::Png;
}

QByteArray csvOf(const HealthPicture& picture, const QString& title) {
    QByteArray csv("time,series,unit,value,of\n");
    const QByteArray end = ',' + quoted(title) + '\n';
    // Names of series are the program's own and hold neither commas nor quotes.
    const auto addRow = [&](models::Instant at, const QString& name, const char* unit,
                            double value) {
        csv += at.toString().toUtf8() + ',' + name.toUtf8() + ',' + unit + ',' +
               QByteArray::number(value, 'g', 6) + end;
    };
    for (const ChartContent* chart : {&picture.latency, &picture.phases}) {
        for (const ChartLine& line : chart->lines) {
            for (const models::TracePoint& point : line.points)
                addRow(point.at, line.name, "s", point.value);
        }
    }
    for (const models::RangePoint& point : picture.latency.range) {
        addRow(point.at, QStringLiteral("least"), "s", point.least);
        addRow(point.at, QStringLiteral("most"), "s", point.most);
    }
    for (const models::HealthSpan& span : picture.spans) {
        const auto count = [&](const QString& name, std::uint64_t checks) {
            addRow(span.first, name, "checks", static_cast<double>(checks));
        };
        count(QStringLiteral("passed"), span.summary.passed);
        count(QStringLiteral("failed"), span.summary.failed);
        count(QStringLiteral("unknown"), span.summary.unknown);
    }
    return csv;
}

QByteArray pngOf(QWidget& plots, const QString& title) {
    const QPixmap drawn = plots.grab();
    const QSizeF size = drawn.deviceIndependentSize() + QSizeF(0, headHeight);
    QPixmap picture((size * drawn.devicePixelRatio()).toSize());
    picture.setDevicePixelRatio(drawn.devicePixelRatio());
    QPainter painter(&picture);
    paintHead(painter, plots.width(), title);
    painter.drawPixmap(QPointF(0, headHeight), drawn);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return bytes;
}

QByteArray svgOf(QWidget& plots, const QString& title) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    const QRect whole = plots.rect().adjusted(0, 0, 0, headHeight);
    generator.setSize(whole.size());
    generator.setViewBox(whole);
    generator.setTitle(title.toHtmlEscaped());
    QPainter painter(&generator);
    paintHead(painter, whole.width(), title);
    plots.render(&painter, QPoint(0, headHeight));
    painter.end();
    return bytes;
}

} // namespace ui
