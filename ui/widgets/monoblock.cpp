// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/monoblock.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int buttonSide = 26;

} // namespace

MonoBlock::MonoBlock(const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_copy(new QToolButton(this)) {
    setAccessibleName(accessibleName);
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(space::s);
    // The button stands beside the text, never on it.
    setViewportMargins(0, 0, buttonSide + space::xs, 0);
    m_copy->setIcon(icon(QStringLiteral("edit-copy"), Colour::Quiet));
    m_copy->setToolTip(tr("Copy text"));
    m_copy->setAccessibleName(tr("Copy %1").arg(accessibleName));
    m_copy->setFixedSize(buttonSide, buttonSide);
    m_copy->setAutoFillBackground(true);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(toPlainText()); });
    connect(&Theme::instance(), &Theme::changed, this, &MonoBlock::settle);
    settle();
}

void MonoBlock::settle() {
    setFont(Theme::instance().font(TextRole::Mono));
    QPalette own = palette();
    own.setColor(QPalette::Base, colour(Colour::Window));
    own.setColor(QPalette::Text, colour(Colour::Text));
    setPalette(own);
    updateGeometry();
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
    updateGeometry();
}

void MonoBlock::setMaximumLines(int lines) {
    m_maximumLines = lines;
    updateGeometry();
}

int MonoBlock::heightOf(int lines) const {
    const int text = static_cast<int>(std::ceil(lines * QFontMetricsF(font()).lineSpacing()));
    return text + 2 * static_cast<int>(document()->documentMargin()) + 2 * frameWidth();
}

QSize MonoBlock::sizeHint() const {
    const int lines = std::clamp(blockCount(), 1, m_maximumLines);
    return {QPlainTextEdit::sizeHint().width(),
            std::max(heightOf(lines) + horizontalScrollBar()->sizeHint().height(), buttonSide + 4)};
}

QSize MonoBlock::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

void MonoBlock::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeButton();
}

void MonoBlock::placeButton() {
    const int scroll = verticalScrollBar()->isVisible() ? verticalScrollBar()->width() : 0;
    m_copy->move(width() - buttonSide - space::xs - scroll, space::xs);
}

} // namespace ui
