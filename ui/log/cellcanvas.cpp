// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/cellcanvas.h"

#include "ui/log/cellfont.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

namespace ui {

namespace {

constexpr qreal bandPixels = 64 * 1024; ///< fewer would spend too much on beginning bands

/// Row by row over all cells, so that pixels are written in the order of their addresses.
template <size_t knownWidth>
void copyCells(const std::vector<const QRgb*>& cells, size_t cellWidth, int height, QRgb* to,
               qsizetype stride) {
    // A size that is known to the compiler becomes a few moves.
    const size_t width = knownWidth > 0 ? knownWidth : cellWidth;
    for (int y = 0; y < height; ++y, to += stride) {
        QRgb* at = to;
        for (const QRgb* cell : cells) {
            if (cell)
                std::memcpy(at, cell + static_cast<size_t>(y) * width, width * sizeof(QRgb));
            at += width;
        }
    }
}

template <size_t... widths>
constexpr auto copiersOf(std::index_sequence<widths...>) {
    return std::array{&copyCells<widths>...};
}

constexpr auto copiers = copiersOf(std::make_index_sequence<32>()); ///< by width

} // namespace

CellCanvas::CellCanvas(const CellFont& normal, const CellFont& bold)
    : m_normal(&normal)
    , m_tiles(normal, bold)
    , m_glyphs(normal, bold) {}

CellCanvas::~CellCanvas() = default;

void CellCanvas::begin(QPainter& target, int width, int textLeft) {
    m_target = &target;
    m_ratio = target.deviceTransform().m11();
    m_width = width;
    m_textLeft = textLeft;
    m_lines = 0;
    m_bandLines =
        1 + static_cast<int>(bandPixels / (m_ratio * m_ratio * width * m_normal->lineHeight()));
    if (!m_tiles.prepare(m_ratio))
        return;
    // The last cell of a line may stand out on the right.
    const QSize size(static_cast<int>(std::lround(width * m_ratio)) + m_tiles.width(),
                     m_bandLines * m_tiles.height());
    if (m_band.size() != size)
        m_band = QImage(size, QImage::Format_RGB32);
    m_band.setDevicePixelRatio(m_ratio);
    m_painter.emplace(&m_band);
}

QPainter& CellCanvas::beginLine(int top, QRgb ground) {
    if (m_lines == m_bandLines)
        flush();
    if (m_lines == 0) {
        m_bandTop = top;
        if (m_painter)
            m_painter->setTransform(QTransform::fromTranslate(0, -top));
    }
    ++m_lines;
    m_top = top;
    m_ground = ground;
    fill(0, m_textLeft, ground);
    return m_painter ? *m_painter : *m_target;
}

void CellCanvas::fill(qreal left, qreal right, QRgb colour) {
    if (right <= left)
        return;
    QPainter& painter = m_painter ? *m_painter : *m_target;
    painter.fillRect(QRectF(left, m_top, right - left, m_normal->lineHeight()),
                     QColor::fromRgb(colour));
}

void CellCanvas::beginCells(int left) {
    m_left = left;
    m_runBegin = m_runEnd = 0;
    m_cells.clear();
    m_rules.clear();
}

void CellCanvas::put(int column, int columns, char32_t character, const CellStyle& style) {
    if (m_painter && columns == 1) {
        if (const QRgb* tile = m_tiles.tile(character, style)) {
            m_cells.resize(static_cast<size_t>(column) + 1);
            m_cells.back() = tile;
            return;
        }
    }
    fillGround(column, columns, style.ground);
    m_glyphs.add(character,
                 QPointF(m_left + column * m_normal->cellWidth(), m_top + m_normal->baseline()),
                 style.ink, style.weight);
}

void CellCanvas::rule(int column, int columns, qreal y, QRgb ink) {
    const qreal cell = m_normal->cellWidth();
    m_rules.push_back({QRectF(m_left + column * cell, m_top + y, columns * cell, 1), ink});
}

/// At once with its neighbours, where they are the same.
void CellCanvas::fillGround(int column, int columns, QRgb ground) {
    if (ground == m_runGround && column == m_runEnd) {
        m_runEnd += columns;
        return;
    }
    fillRun();
    m_runGround = ground;
    m_runBegin = column;
    m_runEnd = column + columns;
}

void CellCanvas::fillRun() {
    const qreal cell = m_normal->cellWidth();
    fill(m_left + m_runBegin * cell, m_left + m_runEnd * cell, m_runGround);
    m_runBegin = m_runEnd = 0;
}

void CellCanvas::endCells() {
    const int end = std::max(static_cast<int>(m_cells.size()), m_runEnd);
    fillRun();
    if (m_painter)
        copyTiles();
    if (m_left == m_textLeft)
        fill(m_left + end * m_normal->cellWidth(), m_width, m_ground);
    QPainter& painter = m_painter ? *m_painter : *m_target;
    for (const Rule& rule : m_rules)
        painter.fillRect(rule.rect, QColor::fromRgb(rule.ink));
}

void CellCanvas::copyTiles() {
    const qsizetype stride = m_band.bytesPerLine() / qsizetype(sizeof(QRgb));
    const auto left = static_cast<qsizetype>(std::lround(m_left * m_ratio));
    auto* bits = reinterpret_cast<QRgb*>(m_band.bits());
    QRgb* to = bits + qsizetype(m_lines - 1) * m_tiles.height() * stride + left;
    const auto width = static_cast<size_t>(m_tiles.width());
    const size_t room = static_cast<size_t>(stride - left) / width;
    m_cells.resize(std::min(m_cells.size(), room));
    copiers[width < copiers.size() ? width : 0](m_cells, width, m_tiles.height(), to, stride);
}

void CellCanvas::flush() {
    if (m_lines == 0)
        return;
    m_glyphs.draw(m_painter ? *m_painter : *m_target);
    if (m_painter) {
        const QSize size(m_width, m_lines * m_normal->lineHeight());
        m_target->drawImage(QRectF(QPointF(0, m_bandTop), QSizeF(size)), m_band,
                            QRectF({}, QSizeF(size) * m_ratio));
    }
    m_lines = 0;
}

void CellCanvas::end() {
    flush();
    m_painter.reset();
    m_target = nullptr;
}

} // namespace ui
