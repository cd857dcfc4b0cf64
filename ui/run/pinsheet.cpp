// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/pinsheet.h"

#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/monoblock.h"

#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {

namespace {
constexpr int sheetWidth = 640;
constexpr int titleLength = 80;
} // namespace

PinSheet::PinSheet(const models::RunState& state, const QList<models::PinnedLine>& lines, int step,
                   QWidget* parent)
    : Sheet(QStringLiteral("pinSheet"), tr("Pin log lines"), parent)
    , m_steps(new QComboBox)
    , m_remark(new QLineEdit) {
    setMinimumWidth(sheetWidth);
    const models::Pin pin{{}, {}, {}, lines};
    const QString refusal = models::pinRefusal(lines);

    column().addWidget(paragraph(
        refusal.isEmpty() ? tr("%1. The run keeps them as evidence, and its report shows them.")
                                .arg(models::pinSummary(pin))
                          : refusal,
        TextRole::Body, refusal.isEmpty() ? Colour::Quiet : Colour::Warn));
    if (refusal.isEmpty()) {
        auto* words = new MonoBlock(tr("Lines to pin"));
        words->setMaximumLines(8);
        words->setLongLines(MonoBlock::LongLines::Wrapped);
        words->setWords(models::pinText(pin));
        column().addWidget(words);
    }
    addField(column(), tr("Step"), m_steps);
    addField(column(), tr("What they show (optional)"), m_remark);
    m_steps->setObjectName(QStringLiteral("pinStep"));
    m_remark->setObjectName(QStringLiteral("pinRemark"));
    fillSteps(state, step);

    auto* confirm = new ActionButton(tr("Pin lines"), ButtonKind::Filled);
    confirm->setObjectName(QStringLiteral("pinConfirm"));
    confirm->setEnabled(refusal.isEmpty());
    connect(m_steps, &QComboBox::editTextChanged, this, [this, confirm, refusal] {
        confirm->setEnabled(refusal.isEmpty() && chosenStep() >= 0);
    });
    addFoot(*confirm);
    connect(confirm, &ActionButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] {
        Q_EMIT pinRequested(models::StepId(m_steps->itemData(chosenStep()).toString()),
                            m_remark->text().trimmed());
    });
    m_remark->setFocus();
}

/// The entry that the box says; -1 where what was typed is none. Of equal titles the chosen one.
int PinSheet::chosenStep() const {
    const QString text = m_steps->currentText();
    return m_steps->itemText(m_steps->currentIndex()) == text
               ? m_steps->currentIndex()
               : m_steps->findText(text, Qt::MatchFixedString);
}

/// Typing in the box finds a step by any of its words: there may be thousands.
void PinSheet::fillSteps(const models::RunState& state, int step) {
    m_steps->setEditable(true);
    m_steps->lineEdit()->setAccessibleName(tr("Step"));
    m_steps->setInsertPolicy(QComboBox::NoInsert);
    m_steps->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_steps->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_steps->completer()->setFilterMode(Qt::MatchContains);
    m_steps->addItem(tr("The run as a whole"), QString());
    int chosen = 0;
    for (int index = 0; index < int(state.plan->steps.size()); ++index) {
        const models::Step& planned = state.plan->steps[index].step;
        if (index == step)
            chosen = m_steps->count();
        m_steps->addItem(shortened(planned.title, titleLength), planned.id.text());
    }
    m_steps->setCurrentIndex(chosen);
}

} // namespace ui
