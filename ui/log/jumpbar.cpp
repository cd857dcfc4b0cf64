// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/jumpbar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

#include <utility>

namespace ui {

namespace {
constexpr int fieldWidth = 200;
}

JumpBar::JumpBar(std::function<models::MomentFrame()> frame, QWidget* parent)
    : QWidget(parent)
    , m_frame(std::move(frame))
    , m_field(new QLineEdit)
    , m_go(new ActionButton(tr("Go to time")))
    , m_words(new TextLabel({}, TextRole::Quiet, Colour::Quiet)) {
    setObjectName(QStringLiteral("jumpBar"));
    m_field->setObjectName(QStringLiteral("jumpField"));
    m_field->setPlaceholderText(tr("14:02, -5m, 10 min ago"));
    m_field->setAccessibleName(tr("Time to go to"));
    m_field->setFixedWidth(fieldWidth);
    m_words->setObjectName(QStringLiteral("jumpWords"));
    m_words->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, space::xs, space::m, space::xs);
    row->setSpacing(space::s);
    row->addWidget(m_field);
    row->addWidget(m_go);
    row->addWidget(m_words, 1);
    connect(m_field, &QLineEdit::textChanged, this, &JumpBar::explain);
    connect(m_field, &QLineEdit::returnPressed, this, &JumpBar::go);
    connect(m_go, &ActionButton::clicked, this, &JumpBar::go);
    hide();
}

void JumpBar::open() {
    explain();
    show();
    m_field->setFocus();
    m_field->selectAll();
}

void JumpBar::close() {
    hide();
    Q_EMIT closed();
}

void JumpBar::tell(const QString& words) {
    m_words->setTone(Colour::Quiet);
    m_words->setText(words);
}

models::Result<models::Instant> JumpBar::moment() const {
    models::MomentFrame frame = m_frame();
    frame.now = presentInstant();
    frame.zone = shownZone();
    return models::momentOf(m_field->text(), frame);
}

/// What is typed so far may become a time yet: only Return complains.
void JumpBar::explain() {
    const models::Result<models::Instant> at = moment();
    tell(at ? tr("%1, %2").arg(formatDate(*at), formatTime(*at))
            : tr("14:02, 14:02:11.5, 2026-11-20 14:02, -5m from the present line, 10 min ago"));
}

void JumpBar::go() {
    const models::Result<models::Instant> at = moment();
    if (at) {
        Q_EMIT chosen(*at);
        return;
    }
    m_words->setTone(Colour::Warn);
    m_words->setText(at.error().message);
    m_field->selectAll();
}

void JumpBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void JumpBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), colour(Colour::Line));
}

} // namespace ui
