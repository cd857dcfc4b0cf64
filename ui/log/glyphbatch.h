// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>
#include <QString>

#include <vector>

class QPainter;

namespace ui {

class CellFont;

/// The glyphs of one paint, drawn at the end with one call for each colour and weight, which is
/// what makes a page of coloured lines cheap.
class GlyphBatch {
public:
    enum class Weight { Normal, Bold };

    /// Both fonts outlive it.
    GlyphBatch(const CellFont& normal, const CellFont& bold);

    /// position: left end of the baseline. What the font has no glyph for is kept as text.
    void add(char32_t character, const QPointF& position, QRgb colour, Weight weight);
    /// Printable ASCII; each character in a cell of its own.
    void add(QLatin1String text, const QPointF& position, QRgb colour, Weight weight);
    /// Draws all of it and forgets it.
    void draw(QPainter& painter);

private:
    struct Run {
        QRgb colour = 0;
        Weight weight = Weight::Normal;
        std::vector<quint32> glyphs;
        std::vector<QPointF> positions;
    };
    struct Text {
        QString text;
        QPointF position;
        qreal end = 0; ///< where the cell behind it begins
        QRgb colour = 0;
        Weight weight = Weight::Normal;
    };

    [[nodiscard]] const CellFont& fontOf(Weight weight) const;
    Run& runOf(QRgb colour, Weight weight);
    void addText(char32_t character, const QPointF& position, QRgb colour, Weight weight);

    const CellFont* m_normal;
    const CellFont* m_bold;
    std::vector<Run> m_runs;
    size_t m_last = 0; ///< run that was used last
    std::vector<Text> m_texts;
};

} // namespace ui
