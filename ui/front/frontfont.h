// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRawFont>
#include <QString>

#include <optional>

class QPainter;
class QPointF;

namespace ui {

/// Text of one font file. QFont would have fontconfig read all fonts of the machine first, which
/// takes as long as a third of a window. It sets one glyph a character and knows no other font: see
/// canShow(). Main thread.
class FrontFont {
public:
    /// size: in device-independent pixels. Nothing where the file is no font.
    [[nodiscard]] static std::optional<FrontFont> load(const QString& file, int size);
    /// The same file at another size.
    [[nodiscard]] FrontFont at(int size) const;

    /// Whether it has a glyph for each character, and they stand side by side as they are.
    [[nodiscard]] bool canShow(const QString& text) const;
    [[nodiscard]] qreal widthOf(const QString& text) const;
    /// As much of it as has room, with an ellipsis for the rest.
    [[nodiscard]] QString elided(const QString& text, qreal room) const;
    [[nodiscard]] qreal ascent() const { return m_font.ascent(); }
    [[nodiscard]] qreal descent() const { return m_font.descent(); }
    /// In the painter's pen; from is on the base line.
    void draw(QPainter& painter, const QPointF& from, const QString& text) const;

private:
    explicit FrontFont(QRawFont font);

    QRawFont m_font;
};

/// The file that text of this font is drawn from; empty: it is not one file alone, or cannot be
/// told. Reads the fonts of the machine. Any thread.
[[nodiscard]] QString fontFileOf(const QString& family, bool isStrong);

} // namespace ui
