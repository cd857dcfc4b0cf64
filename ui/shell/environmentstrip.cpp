// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/environmentstrip.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/wording.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QStyleOption>

#include <algorithm>

namespace ui {

namespace {

constexpr int leastCardWidth = 200;
constexpr int mostCardWidth = 380;
constexpr int cardHeight = 60;
constexpr int ringGap = 3;

QColor ownColour(const models::Environment& environment) {
    const QColor own(environment.colour);
    if (own.isValid())
        return own;
    return environment.isProtected ? colour(Colour::Fail) : colour(Colour::Line);
}

} // namespace

EnvironmentStrip::EnvironmentStrip(QWidget* parent)
    : QScrollArea(parent)
    , m_content(new QWidget)
    , m_layout(new QHBoxLayout(m_content))
    , m_cards(new QButtonGroup(this)) {
    setObjectName(QStringLiteral("environmentStrip"));
    setAccessibleName(tr("Environments"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::s);
    setWidget(m_content);
    m_cards->setExclusive(true);
    connect(m_cards, &QButtonGroup::buttonClicked, this, [this](QAbstractButton* button) {
        Q_EMIT environmentChosen(static_cast<EnvironmentCard*>(button)->name());
    });
}

void EnvironmentStrip::setEnvironments(const QList<models::Environment>& environments,
                                       const QString& chosen) {
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const models::Environment& environment : models::inPromotionOrder(environments)) {
        if (!environment.promoteFrom.isEmpty() && m_layout->count() > 0) {
            auto* arrow = new TextLabel(QStringLiteral("→"), TextRole::Body, Colour::Quiet);
            arrow->setAccessibleName(tr("is promoted to"));
            arrow->setFixedHeight(cardHeight);
            m_layout->addWidget(arrow, 0, Qt::AlignTop);
        }
        auto* card = new EnvironmentCard(environment);
        m_cards->addButton(card);
        m_layout->addWidget(card, 0, Qt::AlignTop);
    }
    m_layout->addStretch(1);
    setChosen(chosen);
    settleHeight();
}

void EnvironmentStrip::setChosen(const QString& name) {
    for (QAbstractButton* button : m_cards->buttons()) {
        if (static_cast<EnvironmentCard*>(button)->name() != name)
            continue;
        button->setChecked(true);
        ensureWidgetVisible(button);
    }
}

void EnvironmentStrip::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    settleHeight();
}

void EnvironmentStrip::settleHeight() {
    const bool scrolls = m_layout->minimumSize().width() > viewport()->width();
    setFixedHeight(cardHeight + (scrolls ? horizontalScrollBar()->sizeHint().height() + 2 : 0));
}

EnvironmentCard::EnvironmentCard(const models::Environment& environment, QWidget* parent)
    : QAbstractButton(parent)
    , m_environment(environment) {
    setText(environment.name);
    setAccessibleName(environment.isProtected ? tr("%1, protected").arg(environment.name)
                                              : environment.name);
    setAccessibleDescription(about());
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize EnvironmentCard::sizeHint() const {
    const int head = QFontMetrics(ui::font(TextRole::Body, Emphasis::Strong))
                         .horizontalAdvance(m_environment.name);
    const int below = QFontMetrics(ui::font(TextRole::Quiet)).horizontalAdvance(about());
    const int lock = m_environment.isProtected ? measure::glyph + space::s : 0;
    const int wanted = std::max(head, below) + space::s + 2 * space::m + lock + space::xs;
    return {std::clamp(wanted, leastCardWidth, mostCardWidth), cardHeight};
}

QString EnvironmentCard::about() const {
    QStringList words;
    if (m_environment.isProtected)
        words.append(tr("protected"));
    if (m_environment.hosts.isEmpty())
        words.append(tr("this machine"));
    else
        words.append(countOf(m_environment.hosts.size(), tr("%1 host"), tr("%1 hosts")));
    if (!m_environment.services.isEmpty())
        words.append(countOf(m_environment.services.size(), tr("%1 service"), tr("%1 services")));
    return words.join(QStringLiteral(" · "));
}

void EnvironmentCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    Colour ground = isChecked() ? Colour::Selection : Colour::Surface;
    if (underMouse() && !isChecked())
        ground = Colour::Hover;
    painter.setBrush(colour(ground));
    painter.setPen(QPen(isChecked() ? colour(Colour::Accent) : colour(Colour::Line), 1));
    painter.drawRoundedRect(card, radius::card, radius::card);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ownColour(m_environment));
    painter.drawRoundedRect(QRectF(space::s, space::m, 3, height() - 2 * space::m), 1.5, 1.5);

    QRect words = rect().adjusted(space::s + space::m, 0, -space::m, 0);
    if (m_environment.isProtected) {
        const QRect lock(words.right() - measure::glyph, words.center().y() - 7, measure::glyph,
                         measure::glyph);
        ui::icon(QStringLiteral("object-locked"), Colour::Fail).paint(&painter, lock);
        words.setRight(lock.left() - space::xs);
    }
    rowpaint::twoLines(painter, words, m_environment.name, about());
    if (hasFocus()) {
        QStyleOptionFocusRect ring;
        ring.initFrom(this);
        ring.rect = rect().adjusted(ringGap, ringGap, -ringGap, -ringGap);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &ring, &painter, this);
    }
}

} // namespace ui
