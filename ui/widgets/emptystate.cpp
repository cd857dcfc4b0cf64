// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int pictureSize = 48;
constexpr int sentenceWidth = 420;

} // namespace

EmptyState::EmptyState(const QString& iconName, const QString& sentence, const QString& actionText,
                       QWidget* parent)
    : QWidget(parent)
    , m_sentence(new TextLabel(sentence, TextRole::Body, Colour::Quiet))
    , m_action(new ActionButton(actionText, ButtonKind::Filled)) {
    auto* picture = new QLabel;
    const auto draw = [picture, iconName] {
        const QIcon drawn = icon(iconName, Colour::Quiet);
        picture->setPixmap(
            drawn.pixmap(QSize(pictureSize, pictureSize), picture->devicePixelRatioF()));
    };
    connect(&Theme::instance(), &Theme::changed, picture, draw);
    draw();
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setFixedWidth(sentenceWidth);
    m_action->setVisible(!actionText.isEmpty());
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(space::l);
    layout->addStretch(2);
    layout->addWidget(picture, 0, Qt::AlignHCenter);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
}

void EmptyState::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
}

} // namespace ui
