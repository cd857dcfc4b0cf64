// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class QStyleOptionToolButton;

namespace ui {

/// What a push button is for; set as the dynamic property "kind" of a QPushButton or QToolButton
/// (ActionButton does it).
enum class ButtonKind {
    Plain,  ///< outlined
    Filled, ///< the one primary action of a page
    Quiet,  ///< no outline until the pointer is over it
    Danger, ///< outlined in the danger colour
};

inline constexpr char buttonKindProperty[] = "kind";

/// Fusion with the project's shapes: 1 px lines, radius 4, flat fills, and a 2 px accent ring on
/// whatever has the focus. Colours come from Theme at every paint.
class Style final : public QProxyStyle {
    Q_OBJECT

public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                         SubControl subControl, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void drawSpinBox(const QStyleOptionComplex& option, QPainter& painter,
                     const QWidget* widget) const;
    void drawMenuButton(const QStyleOptionToolButton& option, QPainter& painter,
                        const QWidget* widget) const;
    [[nodiscard]] QRect scrollBarRect(const QStyleOptionComplex* option,
                                      SubControl subControl) const;
};

} // namespace ui
