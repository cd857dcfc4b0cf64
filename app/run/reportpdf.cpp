// SPDX-License-Identifier: GPL-3.0-or-later
// The HTML report on pages. QTextDocument reads a part of CSS only, so it has a style of its own.
#include "app/run/reportformats.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>
#include <QTextDocument>
#include <QUrl>

namespace app {

namespace {

constexpr int resolution = 96;   ///< dots per inch that the document is laid out in
constexpr int pictureScale = 3;  ///< finer than that
constexpr qreal pageMargin = 16; ///< mm
constexpr int titleCharacters = 80;
constexpr int footHeight = 24; ///< below the text, for the number of the page

QString style() {
    return QStringLiteral("body { font-family: sans-serif; font-size: 9pt; color: #1b1f24; }"
                          "h1 { font-size: 16pt; } h2 { font-size: 12pt; margin-top: 14px; }"
                          "h3 { font-size: 9pt; margin-top: 8px; margin-bottom: 0; }"
                          "td, th { padding: 2px 6px; text-align: left; }"
                          "pre { background-color: #f3f5f7; font-size: 8pt; }"
                          ".label { color: #59636e; } .status { color: #59636e; }"
                          ".passed { color: #1a7f37; } .failed { color: #c6262f; }"
                          ".unknown { color: #8a5a00; } .damage { color: #c6262f; }");
}

QString pictureStyle() {
    return QStringLiteral(
        ".quiet { fill: #8c959f; } .good { fill: #1a7f37; } "
        ".bad { fill: #c6262f; } .unsure { fill: #8a5a00; } "
        ".line { fill: #d0d7de; } .soft { fill: #59636e; } "
        ".curve { fill: none; stroke: #0b62c4; stroke-width: 1.5; stroke-linecap: round; }");
}

QImage drawn(QSvgRenderer& picture, const QSize& size) {
    QImage image(size * pictureScale, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    picture.render(&painter);
    return image;
}

/// The report's HTML, laid out on pages of this size.
void fill(QTextDocument& document, const RunRecord& record, const QSizeF& page) {
    document.setDefaultStyleSheet(style());
    document.setDocumentMargin(0);
    QString picture;
    QSvgRenderer renderer(timelineSvg(record.timeline, pictureStyle()).toUtf8());
    if (renderer.isValid()) {
        const QSize size = renderer.defaultSize().scaled(page.toSize() - QSize(0, footHeight),
                                                         Qt::KeepAspectRatio);
        document.addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("timeline")),
                             drawn(renderer, size));
        picture = QStringLiteral("<p><img src=\"timeline\" width=\"%1\" height=\"%2\"></p>")
                      .arg(size.width())
                      .arg(size.height());
    }
    // What is foreign in it is escaped: these are the report's own tables.
    const QString body =
        htmlBody(record, picture)
            .replace(QStringLiteral("<table>"), QStringLiteral("<table width=\"100%\">"));
    // Without a body, the colours of the window would be those of the text.
    document.setHtml(QStringLiteral("<html><body>") + body + QStringLiteral("</body></html>"));
    document.setPageSize(page);
}

void print(QTextDocument& document, QPdfWriter& writer, const QString& title) {
    QPainter painter(&writer);
    const QSizeF page = document.pageSize();
    for (int number = 0; number < document.pageCount(); ++number) {
        if (number > 0)
            writer.newPage();
        painter.drawText(
            QRectF(0, page.height(), page.width(), footHeight), Qt::AlignRight | Qt::AlignBottom,
            QStringLiteral("%1 · %2 of %3")
                .arg(title, QString::number(number + 1), QString::number(document.pageCount())));
        painter.save();
        painter.translate(0, -number * page.height());
        document.drawContents(&painter, QRectF({0, number * page.height()}, page));
        painter.restore();
    }
}

} // namespace

QByteArray pdfReport(const RunRecord& record) {
    Q_ASSERT(qobject_cast<QGuiApplication*>(QCoreApplication::instance()));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(reportTitle(record));
    writer.setCreator(QStringLiteral("Gantry " GANTRY_VERSION));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(pageMargin, pageMargin, pageMargin, pageMargin),
                          QPageLayout::Millimeter);
    writer.setResolution(resolution);
    QTextDocument document;
    fill(document, record, QSizeF(writer.width(), writer.height() - footHeight));
    print(document, writer, reportTitle(record).left(titleCharacters));
    return bytes;
}

} // namespace app
