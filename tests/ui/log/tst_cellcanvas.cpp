// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/cellcanvas.h"
#include "ui/log/cellfont.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QTest>

using namespace ui;

namespace {

constexpr QRgb ink = 0xFF102030;
constexpr QRgb ground = 0xFFF0F0F0;
constexpr QRgb marked = 0xFFFFE0A0;
constexpr int width = 400;
constexpr int textLeft = 24;

} // namespace

class TestCellCanvas final : public QObject {
    Q_OBJECT

    CellFont m_normal{font(TextRole::Mono)};
    CellFont m_bold{font(TextRole::Mono, Emphasis::Strong)};
    CellCanvas m_canvas{m_normal, m_bold};

    QImage blank(qreal ratio, int lines) const {
        const QSizeF size(width, lines * m_normal.lineHeight());
        QImage image((size * ratio).toSize(), QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::magenta); // nobody else's colour: what was not painted shows
        return image;
    }

    void paintText(const QString& text, const CellStyle& style) {
        m_canvas.beginText();
        int column = 0;
        for (const char32_t character : text.toUcs4())
            m_canvas.put(column++, 1, character, style);
        m_canvas.endCells();
    }

    /// The same by Qt alone.
    QImage blended(const QString& text, const CellStyle& style, qreal ratio) const {
        QImage image = blank(ratio, 1);
        image.fill(ground);
        QPainter painter(&image);
        painter.fillRect(
            QRectF(textLeft, 0, double(text.size()) * m_normal.cellWidth(), m_normal.lineHeight()),
            QColor::fromRgb(style.ground));
        GlyphBatch batch(m_normal, m_bold);
        QPointF at(textLeft, m_normal.baseline());
        for (const char32_t character : text.toUcs4()) {
            batch.add(character, at, style.ink, style.weight);
            at.rx() += m_normal.cellWidth();
        }
        batch.draw(painter);
        return image;
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }

    void copiedCellsLookAsBlendedOnes_data() {
        QTest::addColumn<qreal>("ratio");
        QTest::addColumn<bool>("isBold");
        for (const qreal ratio : {1.0, 1.25, 2.0, 3.0}) {
            QTest::addRow("%g", ratio) << ratio << false;
            QTest::addRow("%g bold", ratio) << ratio << true;
        }
    }
    void copiedCellsLookAsBlendedOnes() {
        QFETCH(const qreal, ratio);
        QFETCH(const bool, isBold);
        const CellStyle style{ink, marked,
                              isBold ? GlyphBatch::Weight::Bold : GlyphBatch::Weight::Normal};
        const QString text = QStringLiteral("ill: 10 of 12 on -> é");
        QImage image = blank(ratio, 1);
        {
            QPainter painter(&image);
            m_canvas.begin(painter, width, textLeft);
            m_canvas.beginLine(0, ground);
            paintText(text, style);
            m_canvas.end();
        }
        QCOMPARE(image, blended(text, style, ratio));
    }

    void everyLineAndEveryPixelIsPainted_data() {
        QTest::addColumn<qreal>("ratio");
        QTest::newRow("1") << 1.0;
        QTest::newRow("1.5") << 1.5;
        QTest::newRow("2") << 2.0;
    }
    void everyLineAndEveryPixelIsPainted() {
        QFETCH(const qreal, ratio);
        constexpr int lines = 60; // several bands
        QImage image = blank(ratio, lines);
        {
            QPainter painter(&image);
            m_canvas.begin(painter, width, textLeft);
            for (int line = 0; line < lines; ++line) {
                m_canvas.beginLine(line * m_normal.lineHeight(), ground);
                // As long as can be, none, and one that stands out on the right.
                paintText(QString(line % 3 * 40, QLatin1Char('#')), {ink, ground});
            }
            m_canvas.end();
        }
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                QVERIFY2(image.pixel(x, y) != QColor(Qt::magenta).rgb(),
                         qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
        }
    }

    void moreColoursThanTilesAreStillShown() {
        constexpr int lines = 100;
        QImage image = blank(1, lines);
        const auto inkOf = [](int line, int column) { return qRgb(line, column * 4, 0); };
        {
            QPainter painter(&image);
            m_canvas.begin(painter, width, textLeft);
            for (int line = 0; line < lines; ++line) {
                m_canvas.beginLine(line * m_normal.lineHeight(), ground);
                m_canvas.beginText();
                for (int column = 0; column < 40; ++column) {
                    m_canvas.put(column, 1, U'█', {inkOf(line, column), ground});
                }
                m_canvas.endCells();
            }
            m_canvas.end();
        }
        for (int line = 0; line < lines; ++line) {
            for (int column = 0; column < 40; ++column) {
                const auto x = static_cast<int>(textLeft + (column + 0.5) * m_normal.cellWidth());
                const int y = line * m_normal.lineHeight();
                QCOMPARE(image.pixel(x, y + m_normal.lineHeight() / 2), inkOf(line, column));
            }
        }
    }
};

QTEST_MAIN(TestCellCanvas)
#include "tst_cellcanvas.moc"
