// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/outputpane.h"

#include "ui/run/outputbuffer.h"
#include "ui/run/outputview.h"
#include "ui/run/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textlabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

namespace ui {

namespace {
constexpr int viewHeight = 220;
constexpr int searchWidth = 150;
} // namespace

OutputPane::OutputPane(QWidget* parent)
    : QWidget(parent)
    , m_caption(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_search(new SearchField(tr("Find")))
    , m_noHit(new TextLabel(tr("not found"), TextRole::Quiet, Colour::Warn))
    , m_view(new OutputView)
    , m_pill(new ActionButton({}, ButtonKind::Filled, m_view))
    , m_inputRow(new QWidget)
    , m_input(new QLineEdit) {
    setObjectName(QStringLiteral("outputPane"));
    m_search->setMaximumWidth(searchWidth);
    m_search->setAccessibleName(tr("Find in output"));
    m_noHit->hide();
    auto* copy = new QToolButton;
    copy->setIcon(icon(QStringLiteral("edit-copy"), Colour::Quiet));
    copy->setToolTip(tr("Copy output"));
    copy->setAccessibleName(tr("Copy output"));
    auto* head = new QHBoxLayout;
    head->setSpacing(space::s);
    head->addWidget(m_caption, 1);
    head->addWidget(m_noHit);
    head->addWidget(m_search);
    head->addWidget(copy);
    m_view->setFixedHeight(viewHeight);
    m_pill->setObjectName(QStringLiteral("newLinesPill"));
    m_pill->hide();
    m_input->setObjectName(QStringLiteral("inputLine"));
    m_input->setPlaceholderText(tr("Input for the command"));
    m_input->setAccessibleName(tr("Input for the command"));
    auto* send = new ActionButton(tr("Send line"));
    auto* inputRow = new QHBoxLayout(m_inputRow);
    inputRow->setContentsMargins({});
    inputRow->addWidget(m_input, 1);
    inputRow->addWidget(send);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::xs);
    column->addLayout(head);
    column->addWidget(m_view);
    column->addWidget(m_inputRow);

    connect(copy, &QToolButton::clicked, m_view, &OutputView::copy);
    connect(m_search, &SearchField::textChanged, this, [this](const QString& text) {
        m_view->setSearch(text);
        m_noHit->hide();
        if (!text.isEmpty())
            m_view->goToHit(1);
    });
    connect(m_search, &SearchField::returnPressed, this, [this] { m_view->goToHit(1); });
    connect(m_view, &OutputView::hitSought, this,
            [this](bool found) { m_noHit->setVisible(!found && !m_search->text().isEmpty()); });
    connect(m_pill, &ActionButton::clicked, m_view, &OutputView::scrollToEnd);
    connect(m_view, &OutputView::followingChanged, this, &OutputPane::placePill);
    const auto sendLine = [this] {
        Q_EMIT inputGiven(m_input->text().toUtf8() + '\n');
        m_input->clear();
    };
    connect(m_input, &QLineEdit::returnPressed, this, sendLine);
    connect(send, &ActionButton::clicked, this, sendLine);
}

void OutputPane::showOutput(OutputBuffer* buffer, const QString& caption, Input input) {
    m_view->setBuffer(buffer);
    m_caption->setText(caption);
    m_inputRow->setVisible(input == Input::Open);
    placePill();
}

void OutputPane::focusSearch() {
    m_search->setFocus();
}

void OutputPane::placePill() {
    const qint64 count = m_view->newLines();
    m_pill->setVisible(count > 0);
    if (count == 0)
        return;
    m_pill->setText(count == 1 ? tr("1 new line")
                               : tr("%1 new lines").arg(QLocale().toString(count)));
    m_pill->adjustSize();
    m_pill->move((m_view->width() - m_pill->width()) / 2,
                 m_view->height() - m_pill->height() - space::m);
    m_pill->raise();
}

void OutputPane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placePill();
}

} // namespace ui
