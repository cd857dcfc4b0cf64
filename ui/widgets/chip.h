// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/glyph.h"
#include "ui/theme/tokens.h"

#include <QWidget>

#include <optional>

namespace ui {

/// A small word in a pill: "inferred", "prod", a version. Looks only; it takes no focus.
class Chip : public QWidget {
    Q_OBJECT

public:
    enum class Look {
        Tinted,   ///< a light ground of its colour
        Outlined, ///< what differs from what was expected
    };

    explicit Chip(const QString& text = {}, Colour tone = Colour::Quiet, Look look = Look::Tinted,
                  QWidget* parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString& text);
    void setTone(Colour tone);
    void setGlyph(std::optional<Glyph> glyph);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// The same pill for delegates; returns the width that it took, at most rect's.
    static int paint(QPainter& painter, const QRect& rect, const QString& text, const QColor& tone,
                     Look look = Look::Tinted);
    /// Width that paint() would take at most.
    [[nodiscard]] static int widthOf(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Colour m_tone;
    Look m_look;
    std::optional<Glyph> m_glyph;
};

} // namespace ui
