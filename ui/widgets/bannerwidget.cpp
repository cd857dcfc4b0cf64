// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bannerwidget.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

#include <utility>

namespace ui {

namespace {

constexpr int signSize = 16;
constexpr int edgeWidth = 3;
constexpr qreal groundStrength = 0.08;

Colour toneOf(BannerWidget::Level level) {
    switch (level) {
    case BannerWidget::Level::Info:
        return Colour::Accent;
    case BannerWidget::Level::Warning:
        return Colour::Warn;
    case BannerWidget::Level::Error:
        return Colour::Fail;
    }
    return Colour::Accent;
}

QString iconOf(BannerWidget::Level level) {
    switch (level) {
    case BannerWidget::Level::Info:
        return QStringLiteral("dialog-information");
    case BannerWidget::Level::Warning:
        return QStringLiteral("dialog-warning");
    case BannerWidget::Level::Error:
        return QStringLiteral("dialog-error");
    }
    return {};
}

} // namespace

BannerWidget::BannerWidget(QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel)
    , m_text(new TextLabel)
    , m_actions(new QHBoxLayout)
    , m_close(new QToolButton) {
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_close->setIcon(icon(QStringLiteral("window-close"), Colour::Quiet));
    m_close->setAccessibleName(tr("Dismiss message"));
    m_close->setToolTip(tr("Dismiss"));
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
    connect(&Theme::instance(), &Theme::changed, this, &BannerWidget::settle);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::l, space::s, space::s, space::s);
    layout->setSpacing(space::m);
    layout->addWidget(m_sign, 0, Qt::AlignVCenter);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_actions);
    layout->addWidget(m_close, 0, Qt::AlignVCenter);
    m_actions->setSpacing(space::s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
}

void BannerWidget::showMessage(Level level, const QString& text) {
    m_isFocusLost = false;
    while (QLayoutItem* item = m_actions->takeAt(0)) {
        m_isFocusLost = m_isFocusLost || item->widget()->hasFocus();
        item->widget()->deleteLater();
        delete item;
    }
    m_level = level;
    setText(text);
    settle();
    show();
}

void BannerWidget::setText(const QString& text) {
    m_text->setText(text);
    setAccessibleName(text);
}

ActionButton* BannerWidget::addAction(const QString& text) {
    auto* button = new ActionButton(text, ButtonKind::Plain);
    m_actions->addWidget(button);
    if (std::exchange(m_isFocusLost, false)) {
        button->show();
        button->setFocus();
    }
    return button;
}

QString BannerWidget::text() const {
    return m_text->text();
}

void BannerWidget::settle() {
    const QIcon sign = icon(iconOf(m_level), toneOf(m_level));
    m_sign->setPixmap(sign.pixmap(QSize(signSize, signSize), devicePixelRatioF()));
    update();
}

void BannerWidget::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor tone = colour(toneOf(m_level));
    painter.fillRect(rect(), blend(colour(Colour::Surface), tone, groundStrength));
    painter.fillRect(QRect(0, 0, edgeWidth, height()), tone);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colour(Colour::Line));
}

} // namespace ui
