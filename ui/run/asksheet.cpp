// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/asksheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace ui {

namespace {
constexpr int sheetWidth = 480;
constexpr int codeWidth = 640;
constexpr int linesHeight = 96;
constexpr int codeHeight = 220;
} // namespace

AskSheet::AskSheet(const Question& question, Done done, QWidget* parent)
    : Sheet(QStringLiteral("askSheet"), question.title, parent)
    , m_question(question)
    , m_confirm(new ActionButton(question.confirmText, question.confirmKind)) {
    const bool isCode = question.form == AnswerForm::Code;
    setMinimumWidth(isCode ? codeWidth : sheetWidth);

    if (!question.explanation.isEmpty())
        column().addWidget(paragraph(question.explanation, TextRole::Body, Colour::Quiet));
    const QString hint =
        question.need == AnswerNeed::Required ? tr("Needed") : tr("May be left empty");
    if (question.form == AnswerForm::Line) {
        m_line = new QLineEdit(question.initial);
        m_line->setPlaceholderText(hint);
        connect(m_line, &QLineEdit::textChanged, this, &AskSheet::settle);
    } else {
        m_lines = new QPlainTextEdit(question.initial);
        m_lines->setPlaceholderText(hint);
        m_lines->setTabChangesFocus(true);
        m_lines->setFixedHeight(isCode ? codeHeight : linesHeight);
        if (isCode) {
            m_lines->setFont(ui::font(TextRole::Mono));
            m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
        }
        connect(m_lines, &QPlainTextEdit::textChanged, this, &AskSheet::settle);
    }
    QWidget* field = m_line ? static_cast<QWidget*>(m_line) : m_lines;
    field->setObjectName(QStringLiteral("askField"));
    addField(column(), question.label, field);
    field->setFocus();
    m_confirm->setObjectName(QStringLiteral("askConfirm"));
    addFoot(*m_confirm);
    connect(m_confirm, &ActionButton::clicked, this, &QDialog::accept);
    // Return makes a new line in a field of several; Ctrl+Return answers.
    auto* answerKey = new QShortcut(QKeySequence(QStringLiteral("Ctrl+Return")), this);
    connect(answerKey, &QShortcut::activated, m_confirm, &ActionButton::click);
    connect(this, &QDialog::accepted, this, [this, done] { done(answer()); });
    settle();
}

void AskSheet::ask(QWidget* parent, const Question& question, Done done) {
    auto* sheet = new AskSheet(question, std::move(done), parent->window());
    sheet->open();
}

QString AskSheet::answer() const {
    const QString text = m_line ? m_line->text() : m_lines->toPlainText();
    return m_question.form == AnswerForm::Code ? text : text.trimmed();
}

void AskSheet::settle() {
    const QString text = answer().trimmed();
    const bool isTaken = m_question.exactly.isEmpty() || text == m_question.exactly;
    m_confirm->setEnabled(isTaken && (m_question.need == AnswerNeed::Optional || !text.isEmpty()));
}

} // namespace ui
