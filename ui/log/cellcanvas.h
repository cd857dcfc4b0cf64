// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/celltiles.h"
#include "ui/log/glyphbatch.h"

#include <QImage>
#include <QPainter>

#include <optional>
#include <vector>

namespace ui {

/// Where lines of cells are painted, from top to bottom, a band of a few lines at a time: waiting
/// for pixels that the processor's cache has lost takes longer than painting them. Cells are copied
/// from tiles where they can be, else their grounds are filled and their glyphs blended. Main
/// thread.
class CellCanvas {
public:
    /// Both fonts outlive it.
    CellCanvas(const CellFont& normal, const CellFont& bold);
    ~CellCanvas();
    Q_DISABLE_COPY_MOVE(CellCanvas)

    /// The fonts or the colours are others now.
    void forget() { m_tiles.forget(); }

    /// One paint, of so many points from the left; lines have their text from textLeft on. The
    /// painter outlives it.
    void begin(QPainter& target, int width, int textLeft);
    /// The next line: the painter of what is neither cell nor ground of one, for this line only.
    /// Its ground is there up to the text, and behind the text's last cell.
    QPainter& beginLine(int top, QRgb ground);
    /// A row of cells in the line, the first of them from left on; a line's text comes last.
    void beginCells(int left);
    void beginText() { beginCells(m_textLeft); }
    /// Columns grow. A character of two columns, or of none, is no cell of its own.
    void put(int column, int columns, char32_t character, const CellStyle& style);
    /// A rule through cells; y from the top of the line.
    void rule(int column, int columns, qreal y, QRgb ink);
    void endCells();
    void end();

private:
    struct Rule {
        QRectF rect;
        QRgb ink;
    };

    void flush();
    /// In the line.
    void fill(qreal left, qreal right, QRgb colour);
    void fillGround(int column, int columns, QRgb ground);
    void fillRun();
    void copyTiles();

    const CellFont* m_normal;
    CellTiles m_tiles;
    GlyphBatch m_glyphs;
    QPainter* m_target = nullptr;
    QImage m_band;
    std::optional<QPainter> m_painter; ///< of the band; none where there are no tiles
    qreal m_ratio = 1;
    int m_width = 0;
    int m_textLeft = 0;
    int m_bandLines = 1;
    int m_bandTop = 0;
    int m_lines = 0; ///< in this band so far
    int m_top = 0;
    int m_left = 0;
    QRgb m_ground = 0;
    QRgb m_runGround = 0; ///< of the cells from m_runBegin to m_runEnd that are still to be filled
    int m_runBegin = 0;
    int m_runEnd = 0;
    std::vector<const QRgb*> m_cells; ///< tiles by column; none where there is something else
    std::vector<Rule> m_rules;
};

} // namespace ui
