// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/chartexport.h"

#include <QBuffer>
#include <QPainter>
#include <QPixmap>
#include <QSvgGenerator>
#include <QWidget>

namespace ui {

namespace {

/// Names are the program's own and hold neither commas nor quotes.
void addRow(QByteArray& csv, models::Instant at, const QString& name, const char* unit,
            double value) {
    csv += at.toString().toUtf8() + ',' + name.toUtf8() + ',' + unit + ',' +
           QByteArray::number(value, 'g', 6) + '\n';
}

} // namespace

ChartFormat chartFormatOf(const QString& path) {
    if (path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive))
        return ChartFormat::Svg;
    return path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive) ? ChartFormat::Csv
                                                                     : ChartFormat::Png;
}

QByteArray csvOf(const HealthPicture& picture) {
    QByteArray csv("time,series,unit,value\n");
    for (const ChartContent* chart : {&picture.latency, &picture.phases}) {
        for (const ChartLine& line : chart->lines) {
            for (const models::TracePoint& point : line.points)
                addRow(csv, point.at, line.name, "s", point.value);
        }
    }
    for (const models::RangePoint& point : picture.latency.range) {
        addRow(csv, point.at, QStringLiteral("least"), "s", point.least);
        addRow(csv, point.at, QStringLiteral("most"), "s", point.most);
    }
    for (const models::HealthSpan& span : picture.spans) {
        const auto count = [&](const QString& name, std::uint64_t checks) {
            addRow(csv, span.first, name, "checks", static_cast<double>(checks));
        };
        count(QStringLiteral("passed"), span.summary.passed);
        count(QStringLiteral("failed"), span.summary.failed);
        count(QStringLiteral("unknown"), span.summary.unknown);
    }
    return csv;
}

QByteArray pngOf(QWidget& plots) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    plots.grab().save(&buffer, "PNG");
    return bytes;
}

QByteArray svgOf(QWidget& plots, const QString& title) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(plots.size());
    generator.setViewBox(plots.rect());
    generator.setTitle(title.toHtmlEscaped());
    QPainter painter(&generator);
    plots.render(&painter);
    painter.end();
    return bytes;
}

} // namespace ui
