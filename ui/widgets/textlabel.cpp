// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/textlabel.h"

#include <QPainter>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int leastWrapped = 96; ///< px that words which may be broken want at least

/// Lays the text out in lines of this width, breaking words where that must be; gives its height.
qreal layOut(QTextLayout& layout, qreal width) {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(layout.text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

QString withLineSeparators(QString text) {
    return text.replace(QLatin1Char('\n'), QChar(QChar::LineSeparator));
}

} // namespace

TextLabel::TextLabel(const QString& text, TextRole role, Colour tone, QWidget* parent)
    : QLabel(parent)
    , m_role(role)
    , m_tone(tone) {
    setTextFormat(Qt::PlainText);
    setText(text);
    connect(&Theme::instance(), &Theme::changed, this, &TextLabel::settle);
    settle();
}

void TextLabel::setTone(Colour tone) {
    m_tone = tone;
    settle();
}

void TextLabel::setEmphasis(Emphasis emphasis) {
    m_emphasis = emphasis;
    settle();
}

bool TextLabel::mayBreakWords() const {
    return wordWrap() && !(textInteractionFlags() & Qt::TextSelectableByMouse);
}

bool TextLabel::hasWordLongerThan(int width) const {
    const QRect room(0, 0, width, QWIDGETSIZE_MAX);
    return mayBreakWords() &&
           fontMetrics().boundingRect(room, int(Qt::TextWordWrap), text()).width() > width;
}

int TextLabel::heightForWidth(int width) const {
    const QMargins around = contentsMargins();
    const int room = width - around.left() - around.right();
    if (room <= 0 || !hasWordLongerThan(room))
        return QLabel::heightForWidth(width);
    QTextLayout layout(withLineSeparators(text()), font());
    return qCeil(layOut(layout, room)) + around.top() + around.bottom();
}

QSize TextLabel::minimumSizeHint() const {
    const QSize least = QLabel::minimumSizeHint();
    return mayBreakWords() ? QSize(std::min(least.width(), leastWrapped), least.height()) : least;
}

void TextLabel::paintEvent(QPaintEvent* event) {
    const QRect room = contentsRect();
    if (room.width() <= 0 || !hasWordLongerThan(room.width())) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    QTextLayout layout(withLineSeparators(text()), font());
    const qreal height = layOut(layout, room.width());
    const QRect at = QStyle::alignedRect(layoutDirection(), alignment() & Qt::AlignVertical_Mask,
                                         {room.width(), qCeil(height)}, room);
    layout.draw(&painter, at.topLeft());
}

void TextLabel::settle() {
    setFont(Theme::instance().font(m_role, m_emphasis));
    QPalette own = palette();
    own.setColor(QPalette::WindowText, colour(m_tone));
    setPalette(own);
}

QString plainToolTip(const QString& text) {
    return text.isEmpty() ? QString() : QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped());
}

} // namespace ui
