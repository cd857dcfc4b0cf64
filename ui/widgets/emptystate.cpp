// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QIcon>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int pictureSize = 48;
constexpr int sentenceWidth = 420;

/// Drawn when it is seen: most pages are never empty.
class Picture final : public QWidget {
public:
    explicit Picture(const QString& iconName)
        : m_icon(icon(iconName, Colour::Quiet)) {
        setFixedSize(pictureSize, pictureSize);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        m_icon.paint(&painter, rect());
    }

private:
    QIcon m_icon;
};

} // namespace

EmptyState::EmptyState(const QString& iconName, const QString& sentence, const QString& actionText,
                       QWidget* parent)
    : QWidget(parent)
    , m_sentence(new TextLabel(sentence, TextRole::Body, Colour::Quiet))
    , m_action(new ActionButton(actionText, ButtonKind::Filled)) {
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setFixedWidth(sentenceWidth);
    m_action->setObjectName(QStringLiteral("emptyAction"));
    if (actionText.isEmpty())
        m_action->hide();
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
    connect(&Theme::instance(), &Theme::changed, this, &EmptyState::fit);
    fit();

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(space::l);
    layout->addStretch(2);
    layout->addWidget(new Picture(iconName), 0, Qt::AlignHCenter);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
}

void EmptyState::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
    fit();
}

void EmptyState::setAction(const QString& text) {
    m_action->setText(text);
    m_action->setHidden(text.isEmpty());
}

/// A label that wraps asks for the height of a wider one.
void EmptyState::fit() {
    const int height = m_sentence->heightForWidth(sentenceWidth); // -1: there are no words
    m_sentence->setFixedHeight(std::max(0, height));
}

} // namespace ui
