// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/filterchip.h"

#include "ui/log/filterwords.h"
#include "ui/log/levelsign.h"
#include "ui/theme/theme.h"
#include "ui/widgets/textlabel.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <bit>

namespace ui {

namespace {

constexpr int crossWidth = 16;
constexpr int crossSize = 6;
constexpr int tickWidth = 3;
constexpr int widestChip = 220;
constexpr qreal groundStrength = 0.12;
constexpr qreal hoverStrength = 0.2;

} // namespace

FilterChip::FilterChip(const models::LogFilter& part, const QColor& tick, QWidget* parent)
    : QAbstractButton(parent)
    , m_part(part)
    , m_tick(tick)
    , m_widest(widestChip) {
    setObjectName(QStringLiteral("filterChip"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    settle();
    connect(&Theme::instance(), &Theme::changed, this, &FilterChip::settle);
}

/// Words with a time in them are others in another zone.
void FilterChip::settle() {
    const QString sentence = filterSentence(m_part);
    const QString keys =
        m_part.times ? tr("F2 writes it anew, Delete takes it away.")
                     : tr("A click turns it round, F2 writes it anew, Delete takes it away.");
    setText(chipWords(m_part));
    setAccessibleName(sentence);
    setAccessibleDescription(keys);
    setToolTip(plainToolTip(sentence + QStringLiteral(".\n") + keys));
    updateGeometry();
    update();
}

void FilterChip::setWidest(int width) {
    if (m_widest == width)
        return;
    m_widest = width;
    updateGeometry();
}

bool FilterChip::excludes() const {
    return !m_part.excludedSources.isEmpty() ||
           (!m_part.terms.isEmpty() &&
            m_part.terms.first().sense == models::LogFilter::Sense::Exclude);
}

int FilterChip::signWidth() const {
    if (m_part.levels != models::allLevels)
        return levelSignSize + space::xs;
    return m_tick.isValid() ? tickWidth + space::xs : 0;
}

QSize FilterChip::sizeHint() const {
    const QFontMetrics metrics(ui::font(TextRole::Quiet));
    const int wide =
        space::s + signWidth() + metrics.horizontalAdvance(text()) + crossWidth + space::xs;
    return {std::min(wide, m_widest), metrics.height() + space::s};
}

QRect FilterChip::cross() const {
    return {width() - crossWidth - 2, 0, crossWidth, height()};
}

void FilterChip::paintSign(QPainter& painter) const {
    if (m_part.levels != models::allLevels && m_part.levels != 0) {
        const auto least = static_cast<models::LogLevel>(std::countr_zero(m_part.levels + 0U));
        paintLevel(painter,
                   QRectF(space::s, (height() - levelSignSize) / 2.0, levelSignSize, levelSignSize),
                   least);
    } else if (m_tick.isValid()) {
        painter.fillRect(QRect(space::s, height() / 4, tickWidth, height() / 2), m_tick);
    }
}

void FilterChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor tone = colour(excludes() ? Colour::Fail : Colour::Accent);
    const QColor surface = colour(Colour::Surface);
    const QRectF pill = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(hasFocus()   ? QPen(colour(Colour::Accent), 2)
                   : excludes() ? QPen(tone, 1)
                                : QPen(Qt::NoPen));
    painter.setBrush(blend(surface, tone, underMouse() ? hoverStrength : groundStrength));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    paintSign(painter);
    const QRect words(space::s + signWidth(), 0, cross().left() - space::s - signWidth(), height());
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(colour(excludes() ? Colour::Fail : Colour::Text));
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, words.width()));
    painter.setPen(QPen(colour(m_isCrossHovered ? Colour::Text : Colour::Quiet), 1.4));
    const QRectF box(cross().center().x() - crossSize / 2.0 + 0.5, (height() - crossSize) / 2.0,
                     crossSize, crossSize);
    painter.drawLine(box.topLeft(), box.bottomRight());
    painter.drawLine(box.topRight(), box.bottomLeft());
}

void FilterChip::mousePressEvent(QMouseEvent* event) {
    m_isCrossPressed = event->button() == Qt::LeftButton && cross().contains(event->pos());
    if (!m_isCrossPressed)
        QAbstractButton::mousePressEvent(event);
}

void FilterChip::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_isCrossPressed) {
        QAbstractButton::mouseReleaseEvent(event);
        return;
    }
    m_isCrossPressed = false;
    if (cross().contains(event->pos()))
        Q_EMIT removeRequested();
}

void FilterChip::mouseMoveEvent(QMouseEvent* event) {
    m_isCrossHovered = cross().contains(event->pos());
    update();
    QAbstractButton::mouseMoveEvent(event);
}

void FilterChip::leaveEvent(QEvent* event) {
    m_isCrossHovered = false;
    QAbstractButton::leaveEvent(event);
}

void FilterChip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT removeRequested();
        break;
    case Qt::Key_F2:
        Q_EMIT editRequested();
        break;
    case Qt::Key_Left:
        Q_EMIT neighbourRequested(-1);
        break;
    case Qt::Key_Right:
        Q_EMIT neighbourRequested(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        break;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

} // namespace ui
