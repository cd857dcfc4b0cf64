// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/glyphbatch.h"

#include "ui/log/cellfont.h"

#include <QGlyphRun>
#include <QPainter>

#include <cmath>

namespace ui {

GlyphBatch::GlyphBatch(const CellFont& normal, const CellFont& bold)
    : m_normal(&normal)
    , m_bold(&bold) {}

const CellFont& GlyphBatch::fontOf(Weight weight) const {
    return weight == Weight::Bold ? *m_bold : *m_normal;
}

GlyphBatch::Run& GlyphBatch::runOf(QRgb colour, Weight weight) {
    const auto fits = [&](const Run& run) { return run.colour == colour && run.weight == weight; };
    if (m_last < m_runs.size() && fits(m_runs[m_last]))
        return m_runs[m_last];
    for (m_last = 0; m_last < m_runs.size(); ++m_last) {
        if (fits(m_runs[m_last]))
            return m_runs[m_last];
    }
    m_runs.push_back({colour, weight, {}, {}});
    return m_runs.back();
}

void GlyphBatch::add(char32_t character, const QPointF& position, QRgb colour, Weight weight) {
    if (character == U' ')
        return;
    const quint32 glyph = fontOf(weight).glyphOf(character);
    if (glyph == 0) {
        addText(character, position, colour, weight);
        return;
    }
    Run& run = runOf(colour, weight);
    run.glyphs.push_back(glyph);
    run.positions.push_back(position);
}

void GlyphBatch::add(QLatin1String text, const QPointF& position, QRgb colour, Weight weight) {
    const qreal cell = m_normal->cellWidth();
    for (qsizetype i = 0; i < text.size(); ++i) {
        add(static_cast<unsigned char>(text[i].toLatin1()),
            position + QPointF(static_cast<qreal>(i) * cell, 0), colour, weight);
    }
}

/// Neighbours stay together, so that they are shaped together.
void GlyphBatch::addText(char32_t character, const QPointF& position, QRgb colour, Weight weight) {
    const QString text = QString::fromUcs4(&character, 1);
    const qreal end = position.x() + m_normal->cellWidth();
    if (!m_texts.empty()) {
        Text& before = m_texts.back();
        const bool isNext = std::abs(before.position.y() - position.y()) < 0.5 &&
                            position.x() < before.end + 0.5 && position.x() >= before.position.x();
        if (isNext && before.colour == colour && before.weight == weight) {
            before.text += text;
            before.end = std::max(before.end, end);
            return;
        }
    }
    m_texts.push_back({text, position, end, colour, weight});
}

void GlyphBatch::draw(QPainter& painter) {
    for (Run& run : m_runs) {
        if (run.glyphs.empty())
            continue;
        QGlyphRun glyphs;
        glyphs.setRawFont(fontOf(run.weight).raw());
        glyphs.setRawData(run.glyphs.data(), run.positions.data(),
                          static_cast<int>(run.glyphs.size()));
        painter.setPen(QColor::fromRgba(run.colour));
        painter.drawGlyphRun({}, glyphs);
        run.glyphs.clear(); // their room stays for the next rows
        run.positions.clear();
    }
    for (const Text& text : m_texts) {
        painter.setFont(fontOf(text.weight).font());
        painter.setPen(QColor::fromRgba(text.colour));
        painter.drawText(text.position, text.text);
    }
    m_texts.clear();
}

} // namespace ui
