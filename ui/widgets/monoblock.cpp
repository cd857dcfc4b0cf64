// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/monoblock.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int buttonSide = 26;

} // namespace

MonoBlock::MonoBlock(const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_band(new QWidget(this))
    , m_copy(new QToolButton(this)) {
    setAccessibleName(accessibleName);
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(space::s);
    // The button stands beside the text, never on it, on the same ground.
    m_band->setAutoFillBackground(true);
    m_band->setBackgroundRole(QPalette::Window); // the block's, whatever it stands on
    setViewportMargins(0, 0, buttonSide + space::xs, 0);
    m_copy->setIcon(icon(QStringLiteral("edit-copy"), Colour::Quiet));
    m_copy->setToolTip(tr("Copy text"));
    m_copy->setAccessibleName(tr("Copy %1").arg(accessibleName));
    m_copy->setFixedSize(buttonSide, buttonSide);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(toPlainText()); });
    connect(&Theme::instance(), &Theme::changed, this, &MonoBlock::settle);
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, &MonoBlock::fit);
    settle();
}

void MonoBlock::settle() {
    setFont(Theme::instance().font(TextRole::Mono));
    QPalette own = palette();
    own.setColor(QPalette::Base, colour(Colour::Window));
    own.setColor(QPalette::Window, colour(Colour::Window));
    own.setColor(QPalette::Text, colour(Colour::Text));
    setPalette(own);
    fit();
}

void MonoBlock::setWords(const QString& text) {
    const QString before = toPlainText();
    if (text == before)
        return;
    if (!before.isEmpty() && text.startsWith(before)) {
        QTextCursor end(document());
        end.movePosition(QTextCursor::End);
        end.insertText(text.mid(before.size()));
    } else {
        setPlainText(text);
    }
    fit();
}

void MonoBlock::setMaximumLines(int lines) {
    m_maximumLines = lines;
    fit();
}

void MonoBlock::setLongLines(LongLines lines) {
    setLineWrapMode(lines == LongLines::Whole ? QPlainTextEdit::NoWrap
                                              : QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    fit();
}

/// Lines as they stand at this width, counted up to one more than may be shown.
int MonoBlock::laidOutLines() const {
    int lines = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && lines <= m_maximumLines;
         block = block.next()) {
        static_cast<void>(blockBoundingRect(block)); // lays it out
        lines += std::max(1, block.layout()->lineCount());
    }
    return std::max(lines, 1);
}

void MonoBlock::fit() {
    setVerticalScrollBarPolicy(laidOutLines() > m_maximumLines ? Qt::ScrollBarAsNeeded
                                                               : Qt::ScrollBarAlwaysOff);
    const int wanted = sizeHint().height();
    if (wanted == m_fitted)
        return;
    m_fitted = wanted;
    updateGeometry();
}

int MonoBlock::heightOf(int lines) const {
    const int text = static_cast<int>(std::ceil(lines * QFontMetricsF(font()).lineSpacing()));
    return text + 2 * static_cast<int>(document()->documentMargin()) + 2 * frameWidth();
}

QSize MonoBlock::sizeHint() const {
    const bool isCut = horizontalScrollBar()->maximum() > 0;
    const int bar = isCut ? horizontalScrollBar()->sizeHint().height() : 0;
    return {QPlainTextEdit::sizeHint().width(),
            std::max(heightOf(std::min(laidOutLines(), m_maximumLines)) + bar,
                     buttonSide + 2 * space::xs)};
}

QSize MonoBlock::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

void MonoBlock::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeButton();
    fit();
}

void MonoBlock::placeButton() {
    const int scroll = verticalScrollBar()->isVisible() ? verticalScrollBar()->width() : 0;
    const QRect text = viewport()->geometry();
    m_band->setGeometry(text.right() + 1, text.top(), buttonSide + space::xs, text.height());
    m_copy->move(width() - buttonSide - space::xs - scroll, space::xs);
}

} // namespace ui
