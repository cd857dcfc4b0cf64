// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/markdownview.h"

#include "ui/theme/theme.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QWheelEvent>

#include <cmath>

namespace ui {

namespace {

/// A step's text is long only by mistake; the document itself is where to read such.
constexpr int mostCharacters = 60'000;

} // namespace

MarkdownView::MarkdownView(QWidget* parent)
    : QTextBrowser(parent) {
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setUndoRedoEnabled(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTabChangesFocus(true);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(this, &QTextBrowser::anchorClicked, this,
            [this](const QUrl& link) { Q_EMIT linkActivated(link.toString()); });
    connect(&Theme::instance(), &Theme::changed, this, &MarkdownView::render);
}

void MarkdownView::setMarkdownText(const QString& markdown) {
    const QString text = markdown.left(mostCharacters);
    if (text == m_markdown)
        return;
    m_markdown = text;
    render();
}

void MarkdownView::render() {
    document()->setDefaultFont(ui::font(TextRole::Body));
    document()->setMarkdown(m_markdown,
                            QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                QTextDocument::MarkdownNoHTML);
    QTextCursor cursor(document());
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        cursor.setPosition(block.position());
        QTextBlockFormat format = block.blockFormat();
        format.setNonBreakableLines(false);
        format.setBottomMargin(space::xs);
        format.setTopMargin(format.headingLevel() > 0 ? space::s : 0);
        format.setLineHeight(120, QTextBlockFormat::ProportionalHeight);
        const bool isCode = format.hasProperty(QTextFormat::BlockCodeLanguage) ||
                            format.hasProperty(QTextFormat::BlockCodeFence);
        if (isCode)
            format.setBackground(colour(Colour::Window));
        cursor.setBlockFormat(format);
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            QTextCharFormat characters = part.fragment().charFormat();
            if (characters.fontFixedPitch() || isCode) {
                characters.setFont(ui::font(TextRole::Mono),
                                   QTextCharFormat::FontPropertiesSpecifiedOnly);
                if (!isCode)
                    characters.setBackground(colour(Colour::Window));
            } else if (format.headingLevel() > 0) {
                characters.setFont(
                    ui::font(format.headingLevel() < 3 ? TextRole::Title : TextRole::Body,
                             Emphasis::Strong),
                    QTextCharFormat::FontPropertiesSpecifiedOnly);
                characters.clearProperty(QTextFormat::FontSizeAdjustment);
            }
            QTextCursor span(document());
            span.setPosition(part.fragment().position());
            span.setPosition(part.fragment().position() + part.fragment().length(),
                             QTextCursor::KeepAnchor);
            span.setCharFormat(characters);
        }
    }
    updateGeometry();
}

QVariant MarkdownView::loadResource(int, const QUrl&) {
    return {};
}

int MarkdownView::heightForWidth(int width) const {
    document()->setTextWidth(width);
    return int(std::ceil(document()->size().height())) + 2;
}

QSize MarkdownView::sizeHint() const {
    return {200, int(std::ceil(document()->size().height())) + 2};
}

void MarkdownView::resizeEvent(QResizeEvent* event) {
    QTextBrowser::resizeEvent(event);
    document()->setTextWidth(viewport()->width());
    const int height = int(std::ceil(document()->size().height())) + 2;
    if (height != this->height())
        setFixedHeight(height);
}

void MarkdownView::wheelEvent(QWheelEvent* event) {
    event->ignore(); // the pane around it scrolls
}

} // namespace ui
