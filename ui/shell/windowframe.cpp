// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowframe.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

constexpr int lineWidth = 3;
constexpr int hintLine = 2;

/// Lies over everything and lets the mouse through.
class DropHint final : public QWidget {
public:
    explicit DropHint(QWidget* parent)
        : QWidget(parent) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

    void setWords(const QString& words) {
        m_words = words;
        setAccessibleName(words);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        QColor veil = colour(Colour::Window);
        veil.setAlphaF(0.88F);
        painter.fillRect(rect(), veil);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colour(Colour::Accent), hintLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect().adjusted(space::l, space::l, -space::l, -space::l),
                                radius::card, radius::card);
        painter.setFont(ui::font(TextRole::Title));
        painter.setPen(colour(Colour::Text));
        const QRect inner = rect().adjusted(space::xxl, 0, -space::xxl, 0);
        painter.drawText(inner, Qt::AlignCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(m_words, Qt::ElideMiddle, inner.width()));
    }

private:
    QString m_words;
};

} // namespace

WindowFrame::WindowFrame(QWidget* parent)
    : QWidget(parent)
    , m_hint(new DropHint(this)) {
    setObjectName(QStringLiteral("windowFrame"));
}

void WindowFrame::setContent(QWidget* content) {
    auto* around = new QVBoxLayout(this);
    around->setContentsMargins(0, 0, 0, 0);
    around->addWidget(content);
    content->hide();
    m_content = content;
}

void WindowFrame::showContent() {
    QWidget* const content = std::exchange(m_content, nullptr);
    if (content == nullptr)
        return;
    content->show();
    Q_EMIT contentShown();
}

void WindowFrame::setLine(const QColor& line) {
    m_line = line;
    const int margin = line.isValid() ? lineWidth : 0;
    setContentsMargins(margin, margin, margin, margin);
    update();
}

void WindowFrame::showDropHint(const QString& words) {
    static_cast<DropHint*>(m_hint)->setWords(words);
    m_hint->setGeometry(rect());
    m_hint->setVisible(!words.isEmpty());
    m_hint->raise();
}

void WindowFrame::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_line.isValid() ? m_line : colour(Colour::Window));
    // The first drawing of a window makes its memory, and the first layout of its pages reads fonts
    // and icons: together that is longer than a frame.
    if (m_content != nullptr)
        QTimer::singleShot(0, this, &WindowFrame::showContent);
}

void WindowFrame::resizeEvent(QResizeEvent*) {
    m_hint->setGeometry(rect());
}

} // namespace ui
