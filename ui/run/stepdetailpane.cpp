// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stepdetailpane.h"

#include "models/run/change.h"
#include "models/run/secretname.h"
#include "models/run/standing.h"
#include "ui/run/expectationview.h"
#include "ui/run/gatereadings.h"
#include "ui/run/historyview.h"
#include "ui/run/markdownview.h"
#include "ui/run/outputpane.h"
#include "ui/run/outputstore.h"
#include "ui/run/sectiontext.h"
#include "ui/run/stephostsview.h"
#include "ui/run/steptext.h"
#include "ui/run/valuetable.h"
#include "ui/run/words.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/surfacewidget.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

using models::StepStatus;

namespace {

constexpr int commandLines = 14;

Colour statusTone(StepStatus status) {
    switch (status) {
    case StepStatus::Passed:
        return Colour::Pass;
    case StepStatus::Failed:
        return Colour::Fail;
    case StepStatus::Running:
        return Colour::Accent;
    case StepStatus::Waiting:
        return Colour::Waiting;
    case StepStatus::Unknown:
        return Colour::Unknown;
    case StepStatus::Pending:
    case StepStatus::Blocked:
    case StepStatus::Skipped:
        break;
    }
    return Colour::Quiet;
}

Chip* addChip(QHBoxLayout& row, const QString& text, Colour tone,
              Chip::Look look = Chip::Look::Outlined) {
    auto* chip = new Chip(text, tone, look);
    row.addWidget(chip);
    return chip;
}

void clearRow(QHBoxLayout& row) {
    while (QLayoutItem* item = row.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QString metaOf(const models::RunState& state, const models::PlanStep& placed) {
    const models::Step& step = placed.step;
    const QString document =
        placed.document.isEmpty() ? state.plan->context.runbookPath : placed.document;
    QStringList parts{kindWord(step.kind),
                      QStringLiteral("%1:%2").arg(document).arg(step.range.first)};
    const QString owner = state.step(step.id).owner;
    if (!owner.isEmpty())
        parts << StepDetailPane::tr("owner %1").arg(owner);
    return parts.join(QStringLiteral(" · "));
}

/// What the person typed is not shown again where its name says that it should not be.
QString withoutSecrets(QString script, const QMap<QString, QString>& variables) {
    constexpr int leastLength = 4; // shorter ones would tear other words apart
    for (auto it = variables.cbegin(); it != variables.cend(); ++it) {
        if (models::looksSecret(it.key()) && it.value().size() >= leastLength)
            script.replace(it.value(), ValueTable::hiddenWord());
    }
    return script;
}

/// Which shell runs it, where, and what it goes on from.
QString commandMeta(const app::ResolvedCommand& resolved) {
    QStringList parts{resolved.shell, resolved.place,
                      resolved.workingDirectory.isEmpty()
                          ? StepDetailPane::tr("folder and variables carried over")
                          : StepDetailPane::tr("in %1").arg(resolved.workingDirectory)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

} // namespace

StepDetailPane::StepDetailPane(OutputStore& outputs, QWidget* parent)
    : QScrollArea(parent)
    , m_outputs(outputs) {
    setObjectName(QStringLiteral("stepDetail"));
    setAccessibleName(tr("Details of the step"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(320);
    auto* content = new SurfaceWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(space::l, space::l, space::l, space::xl);
    m_column->setSpacing(space::s);

    m_title = new TextLabel({}, TextRole::Title);
    m_title->setObjectName(QStringLiteral("stepTitle"));
    m_title->setWordWrap(true);
    m_column->addWidget(m_title);
    m_chips = new QWidget;
    m_chipRow = new QHBoxLayout(m_chips);
    m_chipRow->setContentsMargins({});
    m_chipRow->setSpacing(space::xs);
    m_column->addWidget(m_chips);
    m_meta = new TextLabel({}, TextRole::Quiet, Colour::Quiet);
    m_meta->setWordWrap(true);
    m_column->addWidget(m_meta);
    m_diagnostics = new TextLabel({}, TextRole::Quiet, Colour::Warn);
    m_diagnostics->setWordWrap(true);
    m_column->addWidget(m_diagnostics);
    m_text = new MarkdownView;
    m_text->setObjectName(QStringLiteral("stepText"));
    m_text->setAccessibleName(tr("Text of the step"));
    m_column->addWidget(m_text);
    m_commandHead = addHeading(tr("What runs"));
    m_command = new MonoBlock(tr("what runs"));
    m_command->setObjectName(QStringLiteral("commandBlock"));
    m_command->setMaximumLines(commandLines);
    m_column->addWidget(m_command);
    m_commandMeta = new TextLabel({}, TextRole::Quiet, Colour::Quiet);
    m_commandMeta->setWordWrap(true);
    m_column->addWidget(m_commandMeta);
    m_values = new ValueTable;
    m_column->addWidget(m_values);
    m_hosts = new StepHostsView;
    m_column->addWidget(m_hosts);
    m_expectationHead = addHeading(tr("Expected"));
    m_expectations = new ExpectationView;
    m_column->addWidget(m_expectations);
    m_readingsHead = addHeading(tr("Last readings"));
    m_readings = new GateReadings;
    m_column->addWidget(m_readings);
    m_output = new OutputPane;
    m_column->addSpacing(space::xs);
    m_column->addWidget(m_output);
    m_historyHead = addHeading(tr("History"));
    m_history = new HistoryView;
    m_column->addWidget(m_history);
    m_column->addStretch();
    setWidget(content);

    connect(m_output, &OutputPane::inputGiven, this, [this](const QByteArray& bytes) {
        const auto host = m_hosts->chosen();
        Q_EMIT inputGiven(bytes, host ? host->host : QString());
    });
    connect(m_hosts, &StepHostsView::hostChosen, this, [this] {
        m_chosenAttempt = 0;
        Q_EMIT actRequested(Act::None);
    });
    connect(m_hosts, &StepHostsView::actRequested, this, &StepDetailPane::hostActRequested);
    connect(m_text, &MarkdownView::linkActivated, this, [this](const QString& address) {
        Q_EMIT statusMessage(tr("Links are not followed here: %1").arg(shortened(address, 160)));
    });
    connect(m_history, &HistoryView::logsRequested, this, &StepDetailPane::logsRequested);
    connect(m_history, &HistoryView::attemptChosen, this, [this](int number) {
        m_chosenAttempt = number;
        Q_EMIT actRequested(Act::None);
    });
    showNothing();
}

TextLabel* StepDetailPane::addHeading(const QString& text) {
    auto* heading = new TextLabel(text, TextRole::Quiet, Colour::Quiet);
    heading->setEmphasis(Emphasis::Strong);
    heading->setContentsMargins(0, space::s, 0, 0);
    m_column->addWidget(heading);
    return heading;
}

void StepDetailPane::showNothing() {
    m_step = {};
    m_title->setText(tr("No step selected"));
    m_text->setMarkdownText({});
    for (QWidget* part : std::initializer_list<QWidget*>{
             m_chips, m_meta, m_diagnostics, m_text, m_commandHead, m_command, m_commandMeta,
             m_values, m_hosts, m_expectationHead, m_expectations, m_readingsHead, m_readings,
             m_output, m_historyHead, m_history})
        part->hide();
    delete std::exchange(m_decision, nullptr);
    m_situation = {};
}

void StepDetailPane::showStep(const models::RunState& state, RunAccess access, int planIndex) {
    const models::PlanStep& placed = state.plan->steps[planIndex];
    if (m_step != placed.step.id) {
        m_step = placed.step.id;
        m_chosenAttempt = 0;
        verticalScrollBar()->setValue(0);
    }
    showHead(state, planIndex);
    showDiagnostics(state, placed.document.isEmpty() ? placed.step.range.first : 0,
                    placed.step.range.last);
    showDecision(state, access, planIndex);
    m_text->setMarkdownText(stepText(placed.step));
    m_text->setVisible(!m_text->isBlank());
    showCommand(state, planIndex);
    const models::StepState& standing = state.step(placed.step.id);
    if (m_chosenAttempt > 0 && m_chosenAttempt <= standing.attempts.size())
        m_hosts->choose(standing.attempts[m_chosenAttempt - 1].place);
    m_hosts->showStep(state, access, planIndex);
    const int shown = shownAttempt(standing);
    m_expectations->showStep(placed.step, shown > 0 ? &standing.attempts[shown - 1] : nullptr);
    m_expectationHead->setVisible(m_expectations->isVisibleTo(widget()));
    showReadings(state, planIndex);
    showOutput(state, access, planIndex);
}

void StepDetailPane::showHead(const models::RunState& state, int planIndex) {
    const models::PlanStep& placed = state.plan->steps[planIndex];
    const models::Step& step = placed.step;
    m_title->setText(step.title);
    clearRow(*m_chipRow);
    m_chips->show();
    m_meta->show();
    m_meta->setText(metaOf(state, placed));
    if (step.lane == models::Lane::Reference) {
        addChip(*m_chipRow, tr("reference: to read, never run"), Colour::Quiet);
    } else {
        const StepStatus status = models::effectiveStatus(state, planIndex);
        addChip(*m_chipRow, standingWord(status, models::standingWords(state, planIndex)),
                statusTone(status), Chip::Look::Tinted)
            ->setGlyph(statusGlyph(status));
    }
    if (step.urgent)
        addChip(*m_chipRow, tr("urgent"), Colour::Fail);
    if (step.options.flag(QLatin1String("required"), false))
        addChip(*m_chipRow, tr("required"), Colour::Warn);
    if (models::isIrreversible(step)) {
        addChip(*m_chipRow, tr("point of no return"), Colour::Warn)
            ->setToolTip(tr("The document says that nothing takes this step back."));
    }
    if (state.step(step.id).deviation)
        addChip(*m_chipRow, tr("deviation"), Colour::Warn);
    if (step.lane == models::Lane::Rollback)
        addChip(*m_chipRow, tr("rollback"), Colour::Fail);
    if (step.inferred)
        addChip(*m_chipRow, tr("inferred"), Colour::Quiet)
            ->setToolTip(
                tr("Read from prose or structure, not from a task item or an annotation."));
    if (step.wasChecked)
        addChip(*m_chipRow, tr("was ticked"), Colour::Quiet)
            ->setToolTip(tr("Saved as [x] in the document. The run starts clean."));
    m_chipRow->addStretch();
}

void StepDetailPane::showDiagnostics(const models::RunState& state, int first, int last) {
    QStringList lines;
    for (const models::Diagnostic& diagnostic : state.plan->runbook.diagnostics) {
        if (first > 0 && diagnostic.line >= first && diagnostic.line <= last)
            lines << tr("%1:%2  %3")
                         .arg(diagnostic.line)
                         .arg(diagnostic.column)
                         .arg(diagnostic.message);
    }
    m_diagnostics->setText(lines.join(QLatin1Char('\n')));
    m_diagnostics->setVisible(!lines.isEmpty());
}

void StepDetailPane::showDecision(const models::RunState& state, RunAccess access, int planIndex) {
    const bool isOurs =
        access == RunAccess::Driving && !state.paused && state.status != models::RunStatus::Closed;
    const DecisionCard::Situation situation =
        isOurs ? DecisionCard::situationOf(state, planIndex) : DecisionCard::Situation();
    if (situation == m_situation) {
        if (m_decision)
            m_decision->showState(state);
        return;
    }
    m_situation = situation;
    if (m_decision) {
        // It may be the card's own button that led here.
        m_decision->hide();
        m_decision->deleteLater();
    }
    m_decision = isOurs ? DecisionCard::make(state, planIndex) : nullptr;
    if (!m_decision)
        return;
    m_column->insertWidget(m_column->indexOf(m_diagnostics) + 1, m_decision);
    connect(m_decision, &DecisionCard::filledInChanged, this, &StepDetailPane::filledInChanged);
    connect(m_decision, &DecisionCard::actRequested, this, &StepDetailPane::actRequested);
    connect(m_decision, &DecisionCard::valuesGiven, this, &StepDetailPane::valuesGiven);
    connect(m_decision, &DecisionCard::startRequested, this, &StepDetailPane::startRequested);
    connect(m_decision, &DecisionCard::approvalGiven, this, &StepDetailPane::approvalGiven);
    connect(m_decision, &DecisionCard::answerPasted, this, &StepDetailPane::answerPasted);
    connect(m_decision, &DecisionCard::signRequested, this, &StepDetailPane::signRequested);
}

void StepDetailPane::showReading(const models::StepId& step, const models::GateStanding& standing) {
    if (m_decision && m_situation.step == step)
        m_decision->showStanding(standing);
}

/// The card of a gate that waits has its own.
void StepDetailPane::showReadings(const models::RunState& state, int planIndex) {
    const models::StepId id = state.plan->steps[planIndex].step.id;
    const bool isAsked =
        m_decision && models::effectiveStatus(state, planIndex) == StepStatus::Waiting;
    const bool isRead =
        state.gates.contains(id) && !isAsked && state.step(id).status != StepStatus::Pending;
    m_readingsHead->setVisible(isRead);
    m_readings->setVisible(isRead);
    if (isRead)
        m_readings->showPast(state.gates[id]);
}

void StepDetailPane::showCommand(const models::RunState& state, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    const bool hasCommand = !step.commands.isEmpty() || step.http.has_value();
    m_commandHead->setVisible(hasCommand);
    m_command->setVisible(hasCommand);
    m_commandMeta->setVisible(hasCommand);
    m_values->setVisible(false);
    if (!hasCommand)
        return;
    const bool isReference = step.lane == models::Lane::Reference;
    const app::ResolvedCommand resolved = app::RunService::resolve(state, step.id, {});
    QString script = resolved.script;
    if (script.isEmpty()) {
        QStringList texts;
        for (const models::Command& command : step.commands)
            texts << (command.choice.isEmpty()
                          ? command.text
                          : QStringLiteral("# %1\n%2").arg(command.choice, command.text));
        if (step.http)
            texts << step.http->method + QLatin1Char(' ') + step.http->url;
        script = texts.join(QLatin1Char('\n'));
    }
    m_commandHead->setText(isReference ? tr("Commands, for reference") : tr("What runs"));
    m_command->setWords(withoutSecrets(script, state.variables));
    const bool isReady = !isReference && resolved.missing.isEmpty() && !resolved.script.isEmpty();
    m_commandMeta->setText(isReady ? commandMeta(resolved) : QString());
    m_commandMeta->setVisible(!m_commandMeta->text().isEmpty());
    const bool isCarriedOver = resolved.workingDirectory.isEmpty();
    if (isReady)
        m_values->showValues(resolved.variables,
                             isCarriedOver ? state.variables : QMap<QString, QString>(),
                             resolved.secrets, script);
}

/// 0 for none.
int StepDetailPane::shownAttempt(const models::StepState& state) const {
    const int last = int(state.attempts.size());
    if (m_chosenAttempt > 0 && m_chosenAttempt <= last)
        return m_chosenAttempt;
    const auto host = m_hosts->chosen();
    return host ? host->attempt : last;
}

void StepDetailPane::showOutput(const models::RunState& state, RunAccess access, int planIndex) {
    const models::StepId id = state.plan->steps[planIndex].step.id;
    const models::StepState& stepState = state.step(id);
    const int number = shownAttempt(stepState);
    m_output->setVisible(number > 0);
    if (number > 0) {
        const models::Attempt& attempt = stepState.attempts[number - 1];
        // Of others the standard input is empty: what is typed would be refused.
        const bool takesInput =
            models::isUnderWay(attempt) && attempt.interactive && access == RunAccess::Driving;
        const auto host = m_hosts->chosen();
        QString caption = tr("Output");
        if (host)
            caption = tr("Output of %1").arg(host->host);
        if (host ? host->attempt != number || host->tries > 1 : stepState.attempts.size() > 1)
            caption += tr(" · attempt %1").arg(number);
        if (attempt.outputCut)
            caption += tr(", its middle left out");
        m_output->showOutput(m_outputs.buffer({state.id, id, number}), caption,
                             takesInput ? OutputPane::Input::Open : OutputPane::Input::Closed);
    }
    m_history->showStep(stepState, number,
                        m_decision && m_decision->tellsReason()
                            ? HistoryView::LastReason::ToldElsewhere
                            : HistoryView::LastReason::Shown);
    m_historyHead->setVisible(m_history->isVisibleTo(widget()));
}

void StepDetailPane::showSection(const models::RunState& state, int section) {
    showNothing();
    verticalScrollBar()->setValue(0);
    const models::Plan& plan = *state.plan;
    m_title->setText(section < 0 ? plan.runbook.title : plan.sections[section].title);
    m_text->setMarkdownText(sectionText(plan, section));
    m_text->setVisible(!m_text->isBlank());
    const int line = section < 0 ? 1 : plan.sections[section].line;
    m_meta->setText(QStringLiteral("%1:%2").arg(plan.context.runbookPath).arg(line));
    m_meta->show();
}

void StepDetailPane::answer(Act act) {
    if (!m_decision)
        return;
    ensureWidgetVisible(m_decision);
    m_decision->answer(act);
}

bool StepDetailPane::isFilledIn() const {
    return m_decision && m_decision->isFilledIn();
}

void StepDetailPane::focusSearch() {
    if (m_output->isVisible())
        m_output->focusSearch();
}

} // namespace ui
