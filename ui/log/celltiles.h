// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/glyphbatch.h"

#include <QHash>

#include <array>
#include <memory>
#include <unordered_map>
#include <vector>

namespace ui {

class CellFont;

/// How a cell looks, whatever character is in it.
struct CellStyle {
    QRgb ink = 0;
    QRgb ground = 0;
    GlyphBatch::Weight weight = GlyphBatch::Weight::Normal;
    bool operator==(const CellStyle&) const = default;
};

/// Pictures of single cells, ground and all, made once by Qt: to copy one is several times quicker
/// than to blend its glyph. Main thread.
class CellTiles {
public:
    /// Both fonts outlive it.
    CellTiles(const CellFont& normal, const CellFont& bold);

    /// The fonts or the colours are others now.
    void forget();
    /// Before each paint; device pixels to a point. False where cells do not end on pixels: then
    /// there are no tiles.
    bool prepare(qreal ratio);
    /// In device pixels.
    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }

    /// width() x height() pixels, row by row, opaque; stays until the next prepare(). None where
    /// the font has no such glyph, or this paint has made as many as it has time for.
    const QRgb* tile(char32_t character, const CellStyle& style);

private:
    /// The tiles of one style.
    struct Face {
        std::array<const QRgb*, 128> ascii{};
        std::unordered_map<char32_t, const QRgb*> others;
    };
    struct StyleHash {
        size_t operator()(const CellStyle& style) const {
            return qHashMulti(0, style.ink, style.ground, static_cast<int>(style.weight));
        }
    };

    Face* faceOf(const CellStyle& style);
    const QRgb* make(char32_t character, const CellStyle& style);

    const CellFont* m_normal;
    const CellFont* m_bold;
    qreal m_ratio = 0;
    int m_width = 0;
    int m_height = 0;
    int m_budget = 0; ///< tiles that this paint may still make
    std::unordered_map<CellStyle, Face, StyleHash> m_faces;
    CellStyle m_lastStyle;
    Face* m_lastFace = nullptr;
    std::vector<std::unique_ptr<QRgb[]>> m_pixels;
};

} // namespace ui
