// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/listsheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/surfacewidget.h"
#include "ui/widgets/textlabel.h"

#include <QAction>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTextBlock>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

constexpr int sheetWidth = 680;
constexpr int contentHeight = 380;
constexpr int mostRemarks = 500;

QScrollArea* scrolled(QWidget* content) {
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    return area;
}

Chip* severityChip(models::Severity severity) {
    switch (severity) {
    case models::Severity::Error:
        return new Chip(ListSheet::tr("error"), Colour::Fail);
    case models::Severity::Warning:
        return new Chip(ListSheet::tr("warning"), Colour::Warn);
    case models::Severity::Hint:
        break;
    }
    return new Chip(ListSheet::tr("hint"), Colour::Quiet);
}

QString diffText(const QList<DiffLine>& lines) {
    QStringList text;
    for (const DiffLine& line : lines) {
        const QChar sign = line.kind == DiffKind::Added     ? QLatin1Char('+')
                           : line.kind == DiffKind::Removed ? QLatin1Char('-')
                                                            : QLatin1Char(' ');
        text << QStringLiteral("%1 %2 %3").arg(line.line, 5).arg(sign).arg(line.text);
    }
    return text.join(QLatin1Char('\n'));
}

} // namespace

ListSheet::ListSheet(const QString& title, const QString& explanation, QWidget* content,
                     QWidget* parent)
    : Sheet(QStringLiteral("listSheet"), title, parent->window()) {
    setMinimumWidth(sheetWidth);
    if (!explanation.isEmpty())
        column().addWidget(paragraph(explanation, TextRole::Body, Colour::Quiet));
    content->setMinimumHeight(contentHeight);
    column().addWidget(content, 1);
    auto* close = new ActionButton(tr("Close list"));
    addButtons({close});
    connect(close, &ActionButton::clicked, this, &QDialog::accept);
    open();
}

void ListSheet::showRemarks(QWidget* parent, const QString& path,
                            const models::Diagnostics& diagnostics) {
    auto* content = new SurfaceWidget;
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(space::s);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const models::Diagnostic& diagnostic : diagnostics.mid(0, mostRemarks)) {
        grid->addWidget(severityChip(diagnostic.severity), row, 0, Qt::AlignTop | Qt::AlignLeft);
        grid->addWidget(
            new TextLabel(QStringLiteral("%1:%2").arg(diagnostic.line).arg(diagnostic.column),
                          TextRole::Mono, Colour::Quiet),
            row, 1, Qt::AlignTop | Qt::AlignRight);
        grid->addWidget(selectable(diagnostic.message), row++, 2);
    }
    grid->setRowStretch(row, 1);
    new ListSheet(tr("Remarks on %1").arg(path),
                  tr("Line and column, and how to say it more clearly. Nothing is changed in the "
                     "document."),
                  scrolled(content), parent);
}

void ListSheet::showChanges(QWidget* parent, const QString& path, const QList<DiffLine>& lines) {
    auto* text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(ui::font(TextRole::Mono));
    text->setAccessibleName(tr("Changes"));
    text->setPlainText(diffText(lines));
    QList<QTextEdit::ExtraSelection> marks;
    for (int i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == DiffKind::Same)
            continue;
        const Colour tone = lines[i].kind == DiffKind::Added ? Colour::Pass : Colour::Fail;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(text->document()->findBlockByNumber(i));
        mark.format.setBackground(blend(colour(Colour::Surface), colour(tone), 0.15));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    text->setExtraSelections(marks);
    new ListSheet(tr("Changes to %1").arg(path),
                  tr("The run keeps the version that it started with. Start another run to use "
                     "the new one."),
                  text, parent);
}

void ListSheet::showKeys(QWidget* page) {
    QList<std::pair<QString, QString>> keys{
        {tr("Space or Enter"), tr("Do the next thing, as the filled button does")},
        {tr("Up, Down"), tr("Select a step")},
        {tr("Left, Right"), tr("Close or open what is below a step")}};
    for (const QAction* action : page->actions())
        keys.append({action->shortcut().toString(QKeySequence::NativeText), action->text()});
    keys.append({tr("Ctrl+K"), tr("Search or command…")});
    keys.append({tr("Ctrl+/"), tr("Keys of every page")});
    auto* content = new SurfaceWidget;
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(space::l);
    grid->setVerticalSpacing(space::s);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [key, meaning] : keys) {
        auto* name = new TextLabel(key);
        name->setEmphasis(Emphasis::Strong);
        grid->addWidget(name, row, 0);
        grid->addWidget(new TextLabel(meaning), row++, 1);
    }
    grid->setRowStretch(row, 1);
    new ListSheet(tr("Keys on this page"), {}, scrolled(content), page);
}

} // namespace ui
