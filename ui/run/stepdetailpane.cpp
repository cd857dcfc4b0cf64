// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stepdetailpane.h"

#include "ui/run/markdownview.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/textlabel.h"

#include <QVBoxLayout>

namespace ui {

StepDetailPane::StepDetailPane(app::RunService& service, QWidget* parent)
    : QScrollArea(parent)
    , m_service(service) {
    setObjectName(QStringLiteral("stepDetail"));
    setAccessibleName(tr("Step"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(space::l, space::l, space::l, space::l);
    m_layout->setSpacing(space::m);
    m_title = new TextLabel({}, TextRole::Title);
    m_title->setWordWrap(true);
    m_meta = new TextLabel({}, TextRole::Quiet, Colour::Quiet);
    m_text = new MarkdownView;
    m_commandTitle = new TextLabel(tr("What will run"), TextRole::Quiet, Colour::Quiet);
    m_command = new MonoBlock(tr("what will run"));
    for (QWidget* part : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_meta),
                          static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_commandTitle),
                          static_cast<QWidget*>(m_command)})
        m_layout->addWidget(part);
    m_layout->addStretch();
    setWidget(content);
}

void StepDetailPane::showStep(const models::RunState& state, RunAccess, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    m_title->setText(step.title);
    m_meta->setText(
        tr("%1 · %2 · line %3")
            .arg(statusWord(models::effectiveStatus(state, planIndex)), kindWord(step.kind))
            .arg(step.range.first));
    m_text->setMarkdownText(step.body);
    m_text->setVisible(!m_text->isBlank());
    const bool hasCommands = !step.commands.isEmpty();
    m_commandTitle->setVisible(hasCommands);
    m_command->setVisible(hasCommands);
    if (hasCommands)
        m_command->setWords(m_service.resolve(state, step.id, {}).value_or(app::ResolvedCommand{}).script);
}

void StepDetailPane::showSection(const models::RunState& state, int section) {
    m_title->setText(section < 0 ? state.plan->runbook.title : state.plan->sections[section].title);
    m_meta->clear();
    m_text->hide();
    m_commandTitle->hide();
    m_command->hide();
}

} // namespace ui
