// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QHash>
#include <QRawFont>

#include <array>

namespace ui {

/// The monospace font as a grid: what one cell measures, and the glyphs of characters. Main thread.
class CellFont {
public:
    explicit CellFont(const QFont& font);

    [[nodiscard]] const QFont& font() const { return m_font; }
    [[nodiscard]] const QRawFont& raw() const { return m_raw; }
    [[nodiscard]] qreal cellWidth() const { return m_cellWidth; }
    [[nodiscard]] int lineHeight() const { return m_lineHeight; }
    /// From the top of a line.
    [[nodiscard]] qreal baseline() const { return m_baseline; }
    /// 0 where the font has none: such text is left to Qt, which finds another font and shapes it.
    [[nodiscard]] quint32 glyphOf(char32_t character) const;

private:
    [[nodiscard]] quint32 lookUp(char32_t character) const;

    QFont m_font;
    QRawFont m_raw;
    qreal m_cellWidth = 0;
    int m_lineHeight = 0;
    qreal m_baseline = 0;
    std::array<quint32, 128> m_ascii{};
    mutable QHash<char32_t, quint32> m_others;
};

} // namespace ui
