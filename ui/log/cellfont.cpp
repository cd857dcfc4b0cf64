// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/cellfont.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int leading = 2;             ///< pixels between two lines
constexpr qsizetype remembered = 4096; ///< glyphs past ASCII; random bytes must not pile up

/// Whether characters of this script change with those beside them.
bool needsShaping(char32_t character) {
    if (character < 0x590)
        return QChar::category(character) == QChar::Mark_NonSpacing;
    return QChar::joiningType(character) != QChar::Joining_None ||
           QChar::direction(character) == QChar::DirR ||
           QChar::direction(character) == QChar::DirAL ||
           (QChar::script(character) >= QChar::Script_Devanagari &&
            QChar::script(character) <= QChar::Script_Khmer);
}

} // namespace

CellFont::CellFont(const QFont& font)
    : m_font(font)
    , m_raw(QRawFont::fromFont(font)) {
    const QFontMetricsF metrics(font);
    // Whole, so that every cell begins on a pixel: what lets cells be copied (see CellTiles).
    m_cellWidth = std::max(1.0, std::round(metrics.horizontalAdvance(QLatin1Char('M'))));
    m_lineHeight = static_cast<int>(std::ceil(metrics.height())) + leading;
    m_baseline = leading / 2.0 + metrics.ascent();
    for (char32_t character = U' '; character < m_ascii.size(); ++character)
        m_ascii[character] = lookUp(character);
}

quint32 CellFont::glyphOf(char32_t character) const {
    if (character < m_ascii.size())
        return m_ascii[character];
    const auto known = m_others.constFind(character);
    if (known != m_others.cend())
        return *known;
    if (m_others.size() >= remembered)
        m_others.clear();
    const quint32 glyph = needsShaping(character) ? 0 : lookUp(character);
    m_others.insert(character, glyph);
    return glyph;
}

quint32 CellFont::lookUp(char32_t character) const {
    const QList<quint32> glyphs = m_raw.glyphIndexesForString(QString::fromUcs4(&character, 1));
    return glyphs.isEmpty() ? 0 : glyphs.first();
}

} // namespace ui
