// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include "ui/theme/styleshapes.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>

namespace ui {

namespace {

constexpr int scrollBarWidth = 12;
constexpr int shortestSlider = 28;
constexpr int controlHeight = 30;
constexpr int arrowWidth = 24;
constexpr int menuArrowWidth = 16;
constexpr int textFrameWidth = 3; ///< the ring of the focus fits, and the corners stay round

/// A field of several lines, which looks as one of a single line does.
bool isTextField(const QWidget* widget) {
    const auto* text = qobject_cast<const QPlainTextEdit*>(widget);
    return text != nullptr && !text->isReadOnly() && text->frameShape() != QFrame::NoFrame;
}

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion")) {}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const {
    if (element == PE_FrameFocusRect)
        shapes::focusRing(*painter, option->rect);
    else if (element == PE_PanelButtonCommand)
        shapes::pushButton(*painter, *option, shapes::buttonKind(widget));
    else if (element == PE_PanelButtonTool)
        shapes::toolButton(*painter, *option);
    else if (element == PE_PanelLineEdit) {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame == nullptr || frame->lineWidth > 0)
            shapes::field(*painter, *option);
    } else if (element == PE_Frame && isTextField(widget))
        shapes::field(*painter, *option);
    else if (element == PE_Frame || element == PE_FrameGroupBox)
        shapes::frame(*painter, *option);
    else if (element == PE_FrameMenu || element == PE_PanelMenu || element == PE_PanelTipLabel)
        shapes::floating(*painter, option->rect);
    else if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck)
        shapes::checkBox(*painter, *option);
    else if (element == PE_IndicatorRadioButton)
        shapes::radioButton(*painter, *option);
    else if (element == PE_PanelItemViewItem || element == PE_PanelItemViewRow)
        shapes::itemRow(*painter, *option);
    else
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const {
    if (element == CE_Splitter) {
        shapes::splitter(*painter, *option);
        return;
    }
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea) {
        shapes::headerSection(*painter, *option);
        return;
    }
    if (element == CE_PushButtonLabel) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            QStyleOptionButton tinted = *button;
            tinted.palette.setColor(QPalette::ButtonText,
                                    shapes::buttonText(*option, shapes::buttonKind(widget)));
            QProxyStyle::drawControl(element, &tinted, painter, widget);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                               QPainter* painter, const QWidget* widget) const {
    if (control == CC_ScrollBar) {
        shapes::scrollBar(*painter, *option, scrollBarRect(option, SC_ScrollBarSlider));
        return;
    }
    const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (control == CC_ToolButton && tool != nullptr &&
        tool->features.testFlag(QStyleOptionToolButton::HasMenu) &&
        !tool->features.testFlag(QStyleOptionToolButton::MenuButtonPopup)) {
        drawMenuButton(*tool, *painter, widget);
        return;
    }
    if (control == CC_SpinBox) {
        drawSpinBox(*option, *painter, widget);
        return;
    }
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (control == CC_ComboBox && combo != nullptr) {
        if (combo->editable)
            shapes::field(*painter, *option);
        else
            shapes::pushButton(*painter, *option, shapes::buttonKind(widget));
        const QRect arrow(option->rect.right() - arrowWidth, option->rect.top(), arrowWidth,
                          option->rect.height());
        const bool enabled = option->state.testFlag(State_Enabled);
        shapes::arrowDown(*painter, arrow,
                          enabled ? colour(Colour::Quiet)
                                  : option->palette.color(QPalette::Disabled, QPalette::Text));
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawSpinBox(const QStyleOptionComplex& option, QPainter& painter,
                        const QWidget* widget) const {
    shapes::field(painter, option);
    const auto arrow = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag step) {
        const QRect rect = proxy()->subControlRect(CC_SpinBox, &option, part, widget);
        const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(&option);
        const bool able = spin != nullptr && spin->stepEnabled.testFlag(step);
        const QColor tone = colour(able ? Colour::Quiet : Colour::Line);
        if (part == SC_SpinBoxUp)
            shapes::arrowUp(painter, rect, tone);
        else
            shapes::arrowDown(painter, rect, tone);
    };
    arrow(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled);
    arrow(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled);
}

void Style::drawMenuButton(const QStyleOptionToolButton& option, QPainter& painter,
                           const QWidget* widget) const {
    shapes::toolButton(painter, option);
    QStyleOptionToolButton label = option;
    label.features.setFlag(QStyleOptionToolButton::HasMenu, false);
    if (!option.text.isEmpty() && option.toolButtonStyle != Qt::ToolButtonIconOnly) {
        const QRect arrow(option.rect.right() - menuArrowWidth - space::xs, option.rect.top(),
                          menuArrowWidth, option.rect.height());
        label.rect.setRight(arrow.left());
        shapes::arrowDown(painter, arrow, colour(Colour::Quiet));
    }
    proxy()->drawControl(CE_ToolButtonLabel, &label, &painter, widget);
}

QRect Style::scrollBarRect(const QStyleOptionComplex* option, SubControl subControl) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (bar == nullptr)
        return {};
    const bool lying = bar->orientation == Qt::Horizontal;
    const QRect whole = bar->rect;
    const int length = lying ? whole.width() : whole.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int slider = length;
    int start = 0;
    if (range > 0) {
        slider = static_cast<int>(qint64(length) * bar->pageStep / (range + bar->pageStep));
        slider = std::clamp(slider, std::min(shortestSlider, length), length);
        start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                        length - slider, bar->upsideDown);
    }
    const auto part = [&](int from, int size) {
        const QRect rect = lying ? QRect(whole.left() + from, whole.top(), size, whole.height())
                                 : QRect(whole.left(), whole.top() + from, whole.width(), size);
        return visualRect(bar->direction, whole, rect);
    };
    switch (subControl) {
    case SC_ScrollBarSlider:
        return range > 0 ? part(start, slider) : QRect();
    case SC_ScrollBarSubPage:
        return part(0, start);
    case SC_ScrollBarAddPage:
        return part(start + slider, length - start - slider);
    case SC_ScrollBarGroove:
        return whole;
    default:
        return {}; // no arrow buttons: SubControl is a set of flags of every control
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                            SubControl subControl, const QWidget* widget) const {
    if (control == CC_ScrollBar)
        return scrollBarRect(option, subControl);
    const QRect rect = QProxyStyle::subControlRect(control, option, subControl, widget);
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return rect.adjusted(space::xs, 0, 0, 0);
    return rect;
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option,
                            const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (element == SE_LineEditContents && frame != nullptr && frame->lineWidth > 0)
        return rect.adjusted(space::xs, 0, -space::xs, 0);
    return rect;
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton) {
        result = size + QSize(2 * space::m, 2 * 6);
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        if (button != nullptr && button->features.testFlag(QStyleOptionButton::HasMenu))
            result.rwidth() += arrowWidth;
        result.setHeight(std::max(result.height(), controlHeight));
    } else if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
               type == CT_ToolButton && tool != nullptr &&
               tool->features.testFlag(QStyleOptionToolButton::HasMenu) && !tool->text.isEmpty() &&
               tool->toolButtonStyle != Qt::ToolButtonIconOnly) {
        result.rwidth() += menuArrowWidth;
    } else if (type == CT_LineEdit || type == CT_ComboBox || type == CT_SpinBox)
        result.setHeight(std::max(result.height(), controlHeight));
    else if (type == CT_MenuItem)
        result.setHeight(std::max(result.height(), option->fontMetrics.height() + 10));
    return result;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option,
                       const QWidget* widget) const {
    if (metric == PM_ScrollBarExtent)
        return scrollBarWidth;
    if (metric == PM_ScrollBarSliderMin)
        return shortestSlider;
    if (metric == PM_ScrollView_ScrollBarSpacing || metric == PM_ButtonShiftHorizontal ||
        metric == PM_ButtonShiftVertical)
        return 0;
    if (metric == PM_DefaultFrameWidth && isTextField(widget))
        return textFrameWidth;
    if (metric == PM_SplitterWidth)
        return 5;
    if (metric == PM_HeaderMargin)
        return space::m;
    if (metric == PM_ButtonIconSize || metric == PM_SmallIconSize)
        return 16;
    if (metric == PM_IndicatorWidth || metric == PM_IndicatorHeight ||
        metric == PM_ExclusiveIndicatorWidth || metric == PM_ExclusiveIndicatorHeight)
        return 16;
    if (metric == PM_CheckBoxLabelSpacing || metric == PM_RadioButtonLabelSpacing)
        return space::s;
    if (metric == PM_MenuPanelWidth)
        return 1;
    if (metric == PM_MenuVMargin)
        return space::xs;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* returnData) const {
    if (hint == SH_EtchDisabledText || hint == SH_DitherDisabledText)
        return 0;
    if (hint == SH_ComboBox_Popup)
        return 0;
    if (hint == SH_ScrollBar_LeftClickAbsolutePosition)
        return 1;
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

void Style::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) != nullptr ||
        qobject_cast<QComboBox*>(widget) != nullptr)
        widget->setAttribute(Qt::WA_Hover);
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    if (isTextField(widget)) {
        auto* frame = static_cast<QFrame*>(widget);
        frame->setFrameStyle(frame->frameStyle()); // what it is was not known as it was made
        widget->installEventFilter(this);
    }
    if (auto* dialog = qobject_cast<QDialog*>(widget)) {
        dialog->setBackgroundRole(QPalette::Light); // raised: it floats over the window
        dialog->setAutoFillBackground(true);        // a window paints no role of its own otherwise
    }
}

bool Style::eventFilter(QObject* watched, QEvent* event) {
    // Only what it shows is painted anew otherwise, not the ring around it.
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        static_cast<QWidget*>(watched)->update();
    return QProxyStyle::eventFilter(watched, event);
}

} // namespace ui
