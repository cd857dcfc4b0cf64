// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/celltiles.h"

#include "ui/log/cellfont.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

// A log may bring any number of colours: neither memory nor the time of a paint grows with them.
constexpr size_t keptTiles = 16'384; ///< about 9 MB, or 36 MB at two pixels to a point
constexpr size_t keptFaces = 2048;
constexpr int madeInAPaint = 1024; ///< tiles; a few milliseconds

bool isWhole(qreal value) {
    return std::abs(value - std::round(value)) < 1e-6;
}

} // namespace

CellTiles::CellTiles(const CellFont& normal, const CellFont& bold)
    : m_normal(&normal)
    , m_bold(&bold) {}

void CellTiles::forget() {
    m_lastFace = nullptr;
    m_faces.clear();
    m_pixels.clear();
}

bool CellTiles::prepare(qreal ratio) {
    if (ratio != m_ratio || m_pixels.size() > keptTiles || m_faces.size() > keptFaces)
        forget();
    m_ratio = ratio;
    m_budget = madeInAPaint;
    const qreal width = m_normal->cellWidth() * ratio;
    m_width = static_cast<int>(std::lround(width));
    m_height = static_cast<int>(std::lround(m_normal->lineHeight() * ratio));
    return isWhole(ratio) && isWhole(width) && m_width > 0;
}

const QRgb* CellTiles::tile(char32_t character, const CellStyle& style) {
    Face* face = faceOf(style);
    if (!face)
        return nullptr;
    if (character < face->ascii.size()) {
        const QRgb*& known = face->ascii[character];
        if (!known)
            known = make(character, style);
        return known;
    }
    if (const auto known = face->others.find(character); known != face->others.end())
        return known->second;
    const QRgb* made = make(character, style);
    if (made)
        face->others.emplace(character, made);
    return made;
}

CellTiles::Face* CellTiles::faceOf(const CellStyle& style) {
    if (m_lastFace && style == m_lastStyle)
        return m_lastFace;
    auto known = m_faces.find(style);
    if (known == m_faces.end()) {
        if (m_budget <= 0)
            return nullptr;
        --m_budget;
        known = m_faces.try_emplace(style).first;
    }
    m_lastStyle = style;
    m_lastFace = &known->second;
    return m_lastFace;
}

const QRgb* CellTiles::make(char32_t character, const CellStyle& style) {
    const CellFont& font = style.weight == GlyphBatch::Weight::Bold ? *m_bold : *m_normal;
    if (m_budget <= 0 || (character != U' ' && font.glyphOf(character) == 0))
        return nullptr;
    --m_budget;
    QImage image(m_width, m_height, QImage::Format_RGB32);
    image.setDevicePixelRatio(m_ratio);
    image.fill(style.ground);
    GlyphBatch batch(*m_normal, *m_bold);
    batch.add(character, QPointF(0, font.baseline()), style.ink, style.weight);
    QPainter painter(&image);
    batch.draw(painter);
    painter.end();
    const size_t count = static_cast<size_t>(m_width) * static_cast<size_t>(m_height);
    m_pixels.push_back(std::make_unique<QRgb[]>(count));
    QRgb* to = m_pixels.back().get();
    for (int y = 0; y < m_height; ++y) {
        const auto* row = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        std::copy_n(row, m_width, to + qsizetype(y) * m_width);
    }
    return to;
}

} // namespace ui
