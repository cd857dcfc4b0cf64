// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostquestionsheet.h"

#include "ui/host/hostwords.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/textlabel.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ui {

namespace {

using Kind = app::SshQuestion::Kind;

constexpr int sheetWidth = 560;

} // namespace

Comparison compareFingerprints(const QString& pasted, const QString& fingerprint) {
    // Base64 without padding: nothing of it may be lost between two words.
    static const QRegularExpression shape(QStringLiteral("SHA256:([A-Za-z0-9+/]+)"));
    const QRegularExpressionMatch match = shape.match(pasted);
    if (match.hasMatch())
        return match.captured() == fingerprint ? Comparison::Same : Comparison::Different;
    return pasted.trimmed().isEmpty() ? Comparison::Nothing : Comparison::Different;
}

HostQuestionSheet::HostQuestionSheet(const app::SshQuestion& question, Done done, QWidget* parent)
    : Sheet(QStringLiteral("hostQuestionSheet"), questionTitle(question), parent)
    , m_question(question)
    , m_done(std::move(done))
    , m_confirm(new ActionButton(confirmText(question), ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    addHead();
    if (question.kind == Kind::UnknownHostKey)
        addComparison();
    else
        addFields();
    addChoices();
    connect(this, &QDialog::finished, this, &HostQuestionSheet::answer);
    settle();
}

void HostQuestionSheet::addHead() {
    column().addWidget(paragraph(questionExplanation(m_question), TextRole::Body, Colour::Quiet));
    if (const QString wrong = wrongAnswerText(m_question); !wrong.isEmpty())
        column().addWidget(paragraph(wrong, TextRole::Body, Colour::Warn));
    if (m_question.instruction.isEmpty())
        return;
    auto* words = new MonoBlock(tr("What the host says"));
    words->setLongLines(MonoBlock::LongLines::Wrapped);
    words->setMaximumLines(6);
    words->setWords(m_question.instruction);
    column().addWidget(words);
}

void HostQuestionSheet::addComparison() {
    auto* fingerprint = new MonoBlock(tr("Fingerprint"));
    fingerprint->setObjectName(QStringLiteral("hostFingerprint"));
    fingerprint->setWords(m_question.hostKey.fingerprint);
    column().addWidget(new TextLabel(fingerprintLabel(m_question), TextRole::Quiet, Colour::Quiet));
    column().addWidget(fingerprint);

    column().addWidget(paragraph(tr("Ask for the fingerprint on the host itself, through its own "
                                    "console rather than over this network:"),
                                 TextRole::Quiet, Colour::Quiet));
    auto* command = new MonoBlock(tr("Command that prints the fingerprint"));
    command->setWords(fingerprintCommand(m_question));
    column().addWidget(command);

    auto* pasted = new QLineEdit;
    pasted->setObjectName(QStringLiteral("pastedFingerprint"));
    pasted->setPlaceholderText(tr("SHA256:…"));
    addField(column(), tr("Paste what it prints, to compare"), pasted);
    m_verdict = paragraph({}, TextRole::Body, Colour::Quiet);
    m_verdict->setObjectName(QStringLiteral("fingerprintVerdict"));
    column().addWidget(m_verdict);
    connect(pasted, &QLineEdit::textChanged, this, &HostQuestionSheet::compare);
    compare({});
}

void HostQuestionSheet::addFields() {
    for (const app::SshQuestion::Prompt& prompt : m_question.prompts) {
        auto* field = new QLineEdit;
        field->setObjectName(QStringLiteral("hostAnswer%1").arg(m_fields.size()));
        field->setEchoMode(prompt.isSecret ? QLineEdit::Password : QLineEdit::Normal);
        connect(field, &QLineEdit::textChanged, this, &HostQuestionSheet::settle);
        addField(column(), promptLabel(m_question, prompt), field);
        m_fields.append(field);
    }
    if (!m_fields.isEmpty())
        m_fields.first()->setFocus();
    if (m_question.kind != Kind::Passphrase)
        return;
    m_keep = new QCheckBox(tr("Keep it in the keychain"));
    m_keep->setObjectName(QStringLiteral("keepPassphrase"));
    column().addWidget(m_keep);
}

void HostQuestionSheet::addChoices() {
    auto* decline = new ActionButton(tr("Do not connect"), ButtonKind::Plain);
    decline->setObjectName(QStringLiteral("hostDecline"));
    m_confirm->setObjectName(QStringLiteral("hostConfirm"));
    addButtons({decline, m_confirm});
    connect(decline, &ActionButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &ActionButton::clicked, this, &QDialog::accept);
    // Trust is never given by a key that was pressed for something else.
    const bool isTrust = m_question.kind == Kind::UnknownHostKey;
    m_confirm->setAutoDefault(!isTrust);
    m_confirm->setDefault(!isTrust);
    decline->setDefault(isTrust);
    if (isTrust)
        decline->setFocus();
}

void HostQuestionSheet::compare(const QString& pasted) {
    const Comparison comparison = compareFingerprints(pasted, m_question.hostKey.fingerprint);
    m_verdict->setText(comparisonText(comparison));
    m_verdict->setTone(comparison == Comparison::Same        ? Colour::Pass
                       : comparison == Comparison::Different ? Colour::Fail
                                                             : Colour::Quiet);
    m_confirm->setEnabled(comparison != Comparison::Different);
}

void HostQuestionSheet::settle() {
    if (m_question.kind == Kind::Passphrase || m_question.kind == Kind::Password)
        m_confirm->setEnabled(!m_fields.isEmpty() && !m_fields.first()->text().isEmpty());
}

void HostQuestionSheet::withdraw() {
    m_done = {};
    reject();
}

void HostQuestionSheet::answer(int result) {
    app::SshAnswer given;
    if (result == QDialog::Accepted) {
        given.decision = app::SshAnswer::Decision::Continue;
        for (const QLineEdit* field : m_fields)
            given.texts.append(field->text().toUtf8());
    }
    for (QLineEdit* field : m_fields)
        field->clear();
    const Done done = std::exchange(m_done, {});
    if (done)
        done(given, m_keep && m_keep->isChecked() ? Keep::InKeychain : Keep::No);
}

} // namespace ui
