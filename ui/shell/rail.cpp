// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QFontInfo>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int buttonHeight = 56;
constexpr int pictureSize = 22;
constexpr int edgeWidth = 3;
constexpr int leastStretch = 80;
constexpr int leastPixels = 8;

/// A long word is drawn narrower, and where that is not enough smaller, rather than cut off.
QFont fitted(QFont font, const QString& word, int room) {
    const auto width = [&word](const QFont& candidate) {
        return QFontMetrics(candidate).horizontalAdvance(word);
    };
    if (const int wanted = width(font); wanted > room)
        font.setStretch(std::max(leastStretch, 100 * room / wanted));
    for (int pixels = QFontInfo(font).pixelSize() - 1; pixels >= leastPixels && width(font) > room;
         --pixels)
        font.setPixelSize(pixels);
    return font;
}

} // namespace

Rail::Rail(QWidget* parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this))
    , m_head(new QVBoxLayout)
    , m_foot(new QVBoxLayout) {
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Pages"));
    setFixedWidth(measure::rail);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::s, 1, space::s);
    layout->setSpacing(0);
    m_head->setSpacing(space::xs);
    layout->addLayout(m_head);
    layout->addStretch(1);
    layout->addLayout(m_foot);
    m_buttons->setExclusive(true);
    connect(m_buttons, &QButtonGroup::idClicked, this, &Rail::pageChosen);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QAbstractButton* Rail::addPlace(int id, const QString& iconName, const QString& word, End end) {
    auto* button = new RailButton(iconName, word);
    m_buttons->addButton(button, id);
    (end == End::Head ? m_head : m_foot)->addWidget(button);
    return button;
}

void Rail::setCurrent(int id) {
    QAbstractButton* button = m_buttons->button(id);
    m_buttons->setExclusive(button != nullptr);
    if (button != nullptr)
        button->setChecked(true);
    else if (m_buttons->checkedButton() != nullptr)
        m_buttons->checkedButton()->setChecked(false);
    m_buttons->setExclusive(true);
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Window));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), colour(Colour::Line));
}

RailButton::RailButton(const QString& iconName, const QString& word, QWidget* parent)
    : QAbstractButton(parent)
    , m_iconName(iconName) {
    setText(word);
    setAccessibleName(word);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RailButton::sizeHint() const {
    return {measure::rail - 1, buttonHeight};
}

void RailButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const bool enabled = isEnabled();
    if (underMouse() && enabled && !isChecked())
        painter.fillRect(rect(), colour(Colour::Hover));
    if (isChecked()) {
        painter.fillRect(rect(), colour(Colour::Selection));
        painter.fillRect(QRect(0, 0, edgeWidth, height()), colour(Colour::Accent));
    }
    const Colour tone = isChecked() ? Colour::Accent : Colour::Quiet;
    const QFontMetrics words(ui::font(TextRole::Quiet));
    const int block = pictureSize + space::xs + words.height();
    const int top = (height() - block) / 2;
    ui::icon(m_iconName, tone)
        .paint(&painter, QRect((width() - pictureSize) / 2, top, pictureSize, pictureSize),
               Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    painter.setFont(fitted(ui::font(TextRole::Quiet), text(), width() - 2 * edgeWidth));
    painter.setPen(enabled ? colour(tone) : palette().color(QPalette::Disabled, QPalette::Text));
    const QRect line(0, top + pictureSize + space::xs, width(), words.height());
    painter.drawText(line, Qt::AlignCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, width()));
    if (hasFocus()) {
        QStyleOptionFocusRect ring;
        ring.initFrom(this);
        ring.rect = rect().adjusted(2, 2, -2, -2);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &ring, &painter, this);
    }
}

} // namespace ui
